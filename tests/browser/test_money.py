import pytest

from config.kernel import scope
from fulfillment.states import OrderStatus
from merchants.money.services import sales
from tests.factories.accounts import THEN
from tests.factories.fulfillment import make_order
from tests.factories.money import SYSTEM, a_sale, make_books, make_schedule

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


@pytest.fixture
def books(acme, platform):
    with scope.acting_for(acme):
        make_schedule({"rate_ppm": 125_000, "tax_ppm": 60_000})
        for number in range(1, 4):
            order = make_order(number=f"A-{number}", status=OrderStatus.PAID)
            lines = [
                {"goods_minor": 4_990 * number, "sku": f"TENT-{number}-GREEN"},
                {"goods_minor": 1_250, "sku": "MUG"},
            ]
            sold = a_sale(*lines, order_id=order.public_id, order_number=order.number, is_payable=number != 2)
            sales.post([sold], by=SYSTEM, now=THEN)
        return make_books()


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_money_pages_are_sound(books, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    paths = {"home": "", "entries": "entries/", "statements": "statements/", "statement": "statements/2025-03-EUR/"}
    for name, path in paths.items():
        page.goto(f"/m/acme/money/{path}")
        sound(page, f"money-{name}-{language}-{width}-{scheme}")
    page.goto("/m/acme/money/entries/?kind=sale")
    page.locator("th a:has(.badge)").last.click()
    sound(page, f"money-entry-{language}-{width}-{scheme}")


def test_a_line_of_a_statement_opens_its_order(books, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/money/")
    page.get_by_role("link", name="2025-03-EUR").click()
    page.get_by_role("link", name="A-3", exact=True).click()
    page.wait_for_url("**/m/acme/orders/A-3/")
    assert page.get_by_role("heading", name="A-3").is_visible()
