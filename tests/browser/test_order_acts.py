from datetime import timedelta

import pytest

from config.kernel import scope
from config.kernel.money import Money
from fulfillment.services import orders, refunds
from fulfillment.services.refunds import Returned
from fulfillment.states import CancellationReason, RefundReason
from tests.factories.catalog import make_product
from tests.factories.inventory import BY, make_stock
from tests.factories.placing import place_order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


@pytest.fixture
def shop(acme, platform, now):
    """An order in two parcels and refunded in part, one not paid yet, one cancelled with its money."""
    with scope.acting_for(acme):
        for sku, title in (("MUG-RED", "Mug of stoneware"), ("LAMP-1", "Lamp with a very long name for a small lamp")):
            make_stock(40, variant=make_product(sku=sku, title=title).variants.select_related("product").get())
        order = place_order(("MUG-RED", 3, 1_990), ("LAMP-1", 1, 5_000), number="PARTS", freight=Money(490, "EUR"))
        sent = {"order": order, "carrier": "Post", "by": BY, "now": now}
        orders.ship(**sent, waybill="RR123456785DE", at=now, units={1: 2})
        place_order(("MUG-RED", 1, 1_990), number="UNPAID", paid=False)
        gone = place_order(("LAMP-1", 1, 5_000), number="GONE")
        orders.cancel(order=gone, reason=CancellationReason.STOCK, note="", by=BY, now=now)
        back = {"returned": {1: Returned(1, damaged=1)}, "by": BY, "now": now + timedelta(minutes=1)}
        refunds.issue(order=order, amount=Money(1_990, "EUR"), reason=RefundReason.RETURNED, key="r", **back)
    return acme


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_pages_of_acts_are_sound(shop, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    paths = {
        "new": "orders/new/", "parts": "orders/PARTS/", "hand-over": "orders/PARTS/handover/",
        "refund": "orders/PARTS/refunds/", "unpaid": "orders/UNPAID/", "payment": "orders/UNPAID/payment/",
        "cancel": "orders/UNPAID/cancellation/", "gone": "orders/GONE/",
    }  # fmt: skip
    for name, path in paths.items():
        page.goto(f"/m/acme/{path}")
        sound(page, f"acts-{name}-{language}-{width}-{scheme}")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_order_is_taken_and_paid(shop, olive, open_page, script):
    page = open_page(olive, script=script)
    page.goto("/m/acme/orders/")
    page.get_by_role("link", name="New order").click()
    page.get_by_label("SKU").first.fill("MUG-RED")
    for label, text in {"Street": "Lindenweg 1", "City": "Berlin", "Country": "DE", "Order number": "FAIR-1"}.items():
        page.get_by_label(label).fill(text)
    page.locator("[name=name]").fill("Nia")
    page.get_by_label("Sales channel").select_option(index=1)
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url("**/orders/FAIR-1/")
    page.get_by_role("link", name="Note the payment").click()
    page.get_by_role("button", name="Mark as paid").click()
    page.wait_for_url("**/orders/FAIR-1/")
    assert page.get_by_role("link", name="Ship").is_visible()
