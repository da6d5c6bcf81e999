import pytest

from catalog.models import Product
from config.kernel import scope
from tests.factories.catalog import make_product, make_variant
from tests.factories.marketplace import make_category, usual_channel

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


@pytest.fixture
def shop(acme):
    with scope.acting_for(acme):
        for number in range(12):
            make_product(title=f"Trekking tent {number}", code=f"TENT-{number}", sku=f"TENT-{number}-G")
        make_variant(make_product(title="A rather long title of a tent " * 5, code="LONG"), sku="LONG-2")
        make_category(code="camping", name="Camping")
        usual_channel()
    return acme


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_product_pages_are_sound(shop, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    for name, path in {"list": "", "detail": "LONG/", "new": "new/", "change": "LONG/change/", "none": "?q=zz"}.items():
        page.goto(f"/m/acme/products/{path}")
        sound(page, f"products-{name}-{language}-{width}-{scheme}")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_product_is_made_and_put_on_sale(shop, olive, open_page, sound, script):
    page = open_page(olive, script=script)
    page.goto("/m/acme/products/")
    page.get_by_role("link", name="New product").click()
    page.get_by_role("button", name="Create product").click()
    if script:
        sound(page, "products-errors")
    assert page.title().startswith("Error:")
    page.get_by_label("Title").fill("Storm stove")
    page.get_by_label("Category").select_option(label="Camping")
    page.get_by_label("Product code").fill("STOVE")
    page.get_by_label("SKU").fill("STOVE-1")
    page.get_by_label("Sales channel").select_option(index=1)
    page.get_by_label("Price in EUR").fill("49.50")
    page.get_by_role("button", name="Create product").click()
    page.wait_for_url("**/products/STOVE/")
    page.get_by_role("button", name="Mark ready").click()
    page.get_by_role("link", name="Put on sale").click()
    page.get_by_label("Variant").select_option(index=1)
    page.get_by_label("Sales channel").select_option(index=1)
    page.get_by_role("button", name="Put on sale").click()
    page.wait_for_url("**/products/STOVE/")
    assert page.get_by_role("region", name="Prices").get_by_text("€49.50").is_visible()
    page.goto("/m/acme/products/?on_sale=yes&q=stove")
    assert page.get_by_role("row").filter(has_text="Storm stove").count() == 1


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
@pytest.mark.parametrize("script", [True, False])
def test_who_saves_second_sees_both_values_and_chooses(
    acme, olive, open_page, sound, language, width, scheme, script
):  # fmt: skip
    with scope.acting_for(acme):
        make_product(code="TENT", title="Old title")
    first, second = (
        open_page(olive, language=language, width=width, scheme=scheme, script=each) for each in (True, script)
    )
    for page, title in ((first, "Title of the first"), (second, "Title of the second")):
        page.goto("/m/acme/products/TENT/change/")
        page.locator("#id_title").fill(title)
    first.locator("form.flow button.button--primary").click()
    first.wait_for_url("**/products/TENT/")
    second.locator("form.flow button.button--primary").click()
    second.locator("[name=choice-title][value=theirs]").check()
    if script:
        sound(second, f"conflict-{language}-{width}-{scheme}")
    second.locator("form.flow button.button--primary").click()
    second.wait_for_url("**/products/TENT/")
    with scope.acting_for(acme):
        assert Product.objects.get().title == "Title of the first"
