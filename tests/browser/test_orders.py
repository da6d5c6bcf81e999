import pytest

from config.kernel import scope
from fulfillment.states import OrderStatus
from tests.factories.accounts import make_buyer
from tests.factories.fulfillment import make_order
from tests.factories.support import make_review

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


@pytest.fixture
def shop(acme, platform):
    with scope.acting_for(acme):
        for number, status in enumerate([*OrderStatus, *OrderStatus], start=1):
            make_order(number=f"A-{number}", status=status)
        order = make_order(number="LONG", status=OrderStatus.DELIVERED, buyer=make_buyer(name="A. Buyer"))
        make_review(order, score=2, title="Late", text="It came late, but it came. " * 5)
        make_order(number="OPEN", status=OrderStatus.PAID)
    return acme


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_order_pages_are_sound(shop, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    paths = {
        "list": "orders/", "late": "orders/?late=yes", "detail": "orders/LONG/", "open": "orders/OPEN/",
        "cancel": "orders/OPEN/cancellation/", "reviews": "reviews/", "menu": "menu/",
    }  # fmt: skip
    for name, path in paths.items():
        page.goto(f"/m/acme/{path}")
        sound(page, f"orders-{name}-{language}-{width}-{scheme}")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_order_is_found_and_cancelled(shop, olive, open_page, script):
    page = open_page(olive, script=script)
    page.goto("/m/acme/orders/")
    search = page.get_by_role("main").get_by_role("searchbox")
    search.fill("OPEN")
    search.press("Enter")
    page.get_by_role("link", name="OPEN", exact=True).click()
    page.get_by_role("link", name="Cancel").first.click()
    page.get_by_label("Out of stock").check()
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url("**/orders/OPEN/")
    assert page.get_by_role("main").get_by_text("Out of stock").first.is_visible()
    assert page.get_by_role("link", name="Cancel").count() == 0
