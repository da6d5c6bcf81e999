"""The index in a real browser: views, columns, choosing, acts on many rows, the quick look, by pointer and by key."""

import pytest

from catalog.models import Listing
from config.kernel import clock, scope
from merchants.accounts.permissions import Role
from merchants.desk.models import SavedView
from merchants.desk.states import ChangeStatus
from tests.conftest import person
from tests.factories.catalog import make_product
from tests.factories.desk import make_change, make_saved_view
from tests.factories.inventory import make_stock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


class Hand:
    """Counts what a person does: clicks, keys, fields filled in."""

    def __init__(self, page):
        self.page, self.clicks, self.keys, self.fields = page, 0, 0, 0

    def click(self, target):
        target.click()
        self.clicks += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1

    def fill(self, target, text):
        target.fill(text)
        self.fields += 1


@pytest.fixture
def shop(acme, olive):
    with scope.acting_for(acme):
        for number in range(60):
            make_product(title=f"Trekking tent {number}", code=f"TENT-{number:02}", sku=f"TENT-{number:02}-G")
        make_product(title="Storm stove", code="STOVE", sku="STOVE-1", listing=None)
        make_saved_view(olive, name="Tents", query="q=tent", is_shared=True)
        make_stock()
        Listing.objects.exclude(variant__product__title__startswith="Trekking").delete()
        make_change(status=ChangeStatus.APPLIED, applied_at=clock.now())
    return acme


def states(acme) -> dict[str, int]:
    with scope.acting_for(acme):
        found = list(Listing.objects.values_list("status", flat=True))
    return {status: found.count(status) for status in set(found)}


def opened(page, element):
    """Open a menu and see that it lies within the window."""
    element.locator("summary").click()
    box = element.locator(".menu__pop").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_lists_are_sound_with_whatever_is_open(shop, acme, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    with scope.acting_for(acme):
        view = SavedView.objects.get()
    shot = f"{language}-{width}-{scheme}"
    page.goto(f"/m/acme/products/?view={view.public_id}&q=tent&status=ready")
    sound(page, f"lists-view-changed-{shot}")
    opened(page, page.locator("details:has(#view-name)"))
    sound(page, f"lists-save-{shot}")
    page.keyboard.press("Escape")
    opened(page, page.locator("details:has([name=density])"))
    sound(page, f"lists-display-{shot}")
    page.keyboard.press("Escape")
    for box in page.locator("[name=names]").all()[:4]:
        box.check()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where the bar lies over nothing
    sound(page, f"lists-chosen-{shot}")
    page.get_by_role("toolbar").get_by_role("button").nth(0).click()
    page.wait_for_url("**/changes/*/")
    sound(page, f"lists-look-{shot}")
    page.locator("[data-focus-first]").click()
    page.locator(".toast").wait_for()
    sound(page, f"lists-undo-{shot}")
    page.locator("tbody tr").first.hover()
    page.locator("a[data-look]").first.click()
    page.locator("#look[open] .columns").wait_for()
    sound(page, f"lists-drawer-{shot}")
    page.keyboard.press("Escape")
    page.locator("[name=names]").first.check()
    page.get_by_role("toolbar").get_by_role("button").nth(3).click()
    page.wait_for_url("**/changes/*/")
    page.locator("#id_change").press("Enter")
    page.locator(".errors").wait_for()
    sound(page, f"lists-error-{shot}")
    page.locator("#id_change").fill("-5%")
    page.locator("#id_change").press("Enter")
    page.locator("[data-focus-first]").wait_for()
    sound(page, f"lists-price-{shot}")
    rest = {"changes": "changes/", "views": "views/", "stock": "stock/", "view": f"views/{view.public_id}/"}
    for name, path in rest.items():
        page.goto(f"/m/acme/{path}")
        sound(page, f"lists-{name}-{shot}")


def test_saving_a_shared_view_takes_two_clicks_and_a_field(shop, acme, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/products/?status=ready&q=tent&sort=title")
    hand = Hand(page)
    hand.click(page.get_by_text("Save view", exact=True))
    page.wait_for_function("document.activeElement.id === 'view-name'")  # a menu tells a moment later that it opened
    hand.fill(page.locator("#view-name"), "Ready tents")
    hand.click(page.get_by_role("button", name="Save for everybody"))
    page.wait_for_url("**/products/?view=*")
    assert (hand.clicks, hand.keys, hand.fields) == (2, 0, 1)
    assert page.locator(".views [aria-current]").inner_text().split("\n")[1] == "Ready tents"
    with scope.acting_for(acme):
        assert SavedView.objects.get(name="Ready tents").is_shared is True

    page.get_by_role("searchbox", name="Title, code or SKU").fill("stove")
    page.keyboard.press("Enter")
    page.locator(".views__changed").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".views__changed").wait_for(state="detached")
    with scope.acting_for(acme):
        assert "q=stove" in SavedView.objects.get(name="Ready tents").query


def test_ten_products_off_sale_and_back(shop, acme, olive, open_page):
    """Three clicks where the ten are listed, and one key takes it back."""
    page = open_page(olive)
    hand = Hand(page)
    page.goto("/m/acme/products/?q=TENT-0")
    assert page.locator("tbody tr").count() == 10
    hand.click(page.locator("[data-choose-page]"))
    assert page.locator("[data-chosen-words]").inner_text() == "10 chosen"
    hand.click(page.get_by_role("button", name="Take off sale"))
    page.wait_for_url("**/changes/*/")
    hand.click(page.get_by_role("button", name="Apply"))
    page.locator('.toast [data-key="z"]').wait_for()
    assert states(acme) == {"paused": 10, "live": 50}
    assert (hand.clicks, hand.keys, hand.fields) == (3, 0, 0)
    assert page.url.endswith("/products/?q=TENT-0")
    page.wait_for_load_state()
    hand.press("z")
    page.get_by_text("10 things are as they were.").wait_for()
    assert states(acme) == {"live": 60}
    assert (hand.clicks, hand.keys, hand.fields) == (3, 1, 0)


def test_by_keys_alone(shop, acme, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/products/?sort=title&q=trekking")
    row = page.locator("tr.is-current")
    for key in "jjj":
        page.keyboard.press(key)
    assert "Trekking tent 10" in row.inner_text()
    page.keyboard.press("k")
    page.keyboard.press("x")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    assert page.locator("[data-chosen-words]").inner_text() == "3 chosen"
    assert "Trekking tent 11" in row.inner_text()
    page.keyboard.press("Enter")
    page.locator("#look[open] .columns").wait_for()
    page.keyboard.press("j")
    assert "Trekking tent 11" in row.inner_text()  # nothing moves behind a dialog
    page.keyboard.press("Escape")
    assert row.evaluate("row => row === document.activeElement")
    page.keyboard.press("Space")
    page.locator("#look[open]").wait_for()
    page.keyboard.press("Escape")

    page.keyboard.press("f")
    page.keyboard.type("jxkf/")
    assert page.get_by_role("searchbox", name="Title, code or SKU").input_value() == "jxkf/"
    assert page.locator("[data-chosen-words]").inner_text() == "3 chosen"


def test_keys_wait_while_somebody_composes(shop, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/products/")
    sent = """(composing) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", {key: "j", bubbles: true, isComposing: composing}))"""
    page.evaluate(sent, True)
    assert page.locator("tr.is-current").count() == 0
    page.evaluate(sent, False)
    assert page.locator("tr.is-current").count() == 1


def test_a_range_and_the_whole_list(shop, acme, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/products/?q=tent")
    boxes = page.locator("[name=names]")
    boxes.nth(2).click()
    boxes.nth(6).click(modifiers=["Shift"])
    assert page.locator("[data-chosen-words]").inner_text() == "5 chosen"
    page.get_by_label("All 60 of the list").check()
    assert page.locator("[data-chosen-words]").inner_text() == "50 chosen"
    with scope.acting_for(acme):
        make_product(title="One more tent")
    page.get_by_role("button", name="Take off sale").click()
    page.get_by_text("The list had 60 rows when you chose them; it has 61 now.").wait_for()
    page.get_by_role("button", name="Apply").click()
    page.get_by_text("61 listings were taken off sale.").wait_for()
    assert states(acme) == {"paused": 61}


def test_all_of_it_without_a_script(shop, acme, olive, open_page):
    page = open_page(olive, script=False)
    page.goto("/m/acme/products/?q=tent")
    page.locator("[name=names]").first.check()
    page.get_by_label("All 60 of the list").check()
    page.get_by_role("button", name="Change price").click()
    page.get_by_label("Change prices by").fill("-5%")
    page.get_by_role("button", name="Show what would happen").click()
    page.get_by_text("60 things would change.").wait_for()
    page.get_by_role("button", name="Apply").click()
    page.get_by_text("60 prices were changed.").wait_for()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.get_by_text("60 things are as they were.").wait_for()

    page.locator("summary", has_text="Columns and density").click()
    page.get_by_role("checkbox", name="Category").uncheck()
    page.locator("form:has([name=columns])").get_by_role("button", name="Apply").click()
    assert page.get_by_role("columnheader", name="Category").count() == 0
    page.locator("summary", has_text="Columns and density").click()
    page.get_by_role("button", name="Compact").click()
    assert page.locator("html").get_attribute("data-density") == "compact"
    page.locator("summary", has_text="Save view").click()
    page.locator("#view-name").fill("Narrow")
    page.get_by_role("button", name="Save for me").click()
    assert page.locator(".views [aria-current]").inner_text().split("\n")[1] == "Narrow"
    page.locator("a[data-look]").first.click()
    page.wait_for_url("**/products/TENT-*/")


def test_who_may_not_share_is_not_asked(shop, acme, open_page):
    page = open_page(person("cara", acme, Role.CATALOG))
    page.goto("/m/acme/products/?q=tent&status=ready")
    page.get_by_text("Save view", exact=True).click()
    assert page.get_by_role("button", name="Save for everybody").count() == 0


def test_a_dozen_rows_are_seen_at_once_and_more_when_compact(shop, olive, open_page):
    """As many as the house asks for on a desk of 1440 × 900: 12 standard, 17 compact."""
    page = open_page(olive)
    seen = """() => [...document.querySelectorAll("tbody tr")]
        .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"""
    page.goto("/m/acme/products/")
    assert page.evaluate(seen) >= 12
    page.locator("summary", has_text="Columns and density").click()
    page.get_by_role("button", name="Compact").click()
    page.locator("html[data-density=compact]").wait_for()
    assert page.evaluate(seen) >= 17


def test_from_one_product_to_the_next_in_the_order_of_the_list(shop, olive, open_page, sound):
    page = open_page(olive)
    page.goto("/m/acme/products/TENT-05/")
    assert page.locator(".neighbors").is_hidden()  # one came from nowhere
    page.goto("/m/acme/products/?q=TENT-0&sort=title")
    page.get_by_role("link", name="Trekking tent 8", exact=True).click()
    page.wait_for_url("**/TENT-08/")
    place = page.locator(".neighbors [data-place]")
    assert place.inner_text() == "9 of 10"
    sound(page, "lists-neighbors")
    page.locator(".neighbors [data-next]").click()
    page.wait_for_url("**/TENT-09/")
    assert page.locator(".neighbors [data-next]").get_attribute("aria-disabled") == "true"
    page.wait_for_load_state()
    page.keyboard.press("k")
    page.wait_for_url("**/TENT-08/")
    page.get_by_role("link", name="Back to the list").click()
    page.wait_for_url("**/products/?q=TENT-0&sort=title")
