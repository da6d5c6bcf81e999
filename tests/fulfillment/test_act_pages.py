"""Orders are placed, paid, sent in parts, refunded and cancelled by form."""

import pytest
from django.utils import timezone

from config.kernel import scope
from fulfillment.models import Cancellation, Order, Parcel, Refund
from inventory.models import StockLevel
from merchants.accounts.permissions import Role
from tests.conftest import person
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock
from tests.factories.marketplace import usual_channel
from tests.factories.placing import place_order

AT = "2025-03-03T12:00"
BUYER = {"name": "Nia", "street": "Lindenweg 1", "city": "Berlin", "country": "de", "customer_number": "C-7"}


@pytest.fixture
def shelf(acme):
    with scope.acting_for(acme):
        for sku, price in (("MUG", 1_990), ("LAMP", 5_000)):
            product = make_product(sku=sku, title=sku.title(), price=price)
            make_stock(10, variant=product.variants.select_related("product").get())
        return usual_channel()


@pytest.fixture
def desk(olive, client_for):
    return client_for(olive)


def find(acme, number="A-1") -> Order:
    with scope.acting_for(acme):
        return Order.objects.get(number=number)


def stock(acme) -> dict:
    with scope.acting_for(acme):
        rows = StockLevel.objects.values_list("variant__sku", "on_hand", "reserved")
        return {sku: (on_hand, reserved) for sku, on_hand, reserved in rows}


def test_an_order_is_placed_paid_sent_in_two_parcels_and_refunded(acme, shelf, desk):
    sent = BUYER | {"channel": shelf.pk, "number": "A-1", "freight": "4.90", "sku_1": "MUG", "quantity_1": "2",
                    "sku_3": "LAMP", "price_3": "45.00"}  # fmt: skip
    response = desk.post("/m/acme/orders/new/", sent)
    assert response.headers["Location"] == "/m/acme/orders/A-1/"
    order = find(acme)
    assert (order.status, order.total_minor, order.units, order.country) == ("placed", 2 * 1_990 + 4_500 + 490, 3, "DE")

    assert desk.post("/m/acme/orders/A-1/payment/", {"kind": "transfer"}).status_code == 302
    at = timezone.localtime(timezone=acme.zone).strftime("%Y-%m-%dT%H:%M")
    parcel = {"carrier": "Post", "at": at}
    desk.post("/m/acme/orders/A-1/handover/", parcel | {"waybill": "W-1", "units_1": "1", "units_2": "0"})
    assert (find(acme).status, stock(acme)) == ("paid", {"MUG": (9, 1), "LAMP": (10, 1)})
    page = desk.get("/m/acme/orders/A-1/").content.decode()
    for shown in ("W-1", "1 of 2 sent", "A parcel with 1 unit handed over"):
        assert shown in page
    desk.post("/m/acme/orders/A-1/handover/", parcel | {"waybill": "W-2", "units_1": "1", "units_2": "1"})
    assert (find(acme).status, stock(acme)) == ("shipped", {"MUG": (8, 0), "LAMP": (9, 0)})

    with scope.acting_for(acme):
        first = Parcel.objects.get(waybill="W-1")
    desk.post("/m/acme/orders/A-1/delivery/", {"at": at, "parcel": str(first.public_id)})
    assert find(acme).status == "shipped"
    desk.post("/m/acme/orders/A-1/delivery/", {"at": at})
    assert find(acme).status == "delivered"

    sent = {"amount": "19.90", "reason": "returned", "returned_1": "1", "damaged_1": "1"}
    assert desk.post("/m/acme/orders/A-1/refunds/", sent).status_code == 302
    assert find(acme).refunded_minor == 1_990
    assert stock(acme)["MUG"] == (9, 0)
    page = desk.get("/m/acme/orders/A-1/").content.decode()
    for shown in ("€19.90 refunded: Goods came back", "Refunded in part", "1 came back"):
        assert shown in page


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"sku_1": "NEVER"}, 422, "sku_1"), ({"sku_1": ""}, 422, "sku_1"), ({"quantity_2": "2"}, 422, "sku_2"),
        ({"quantity_1": "0"}, 422, "quantity_1"), ({"price_1": "1.999"}, 422, "price_1"),
        ({"price_1": "-1"}, 422, "price_1"), ({"quantity_1": "11"}, 409, None), ({"number": "a/b"}, 422, "number"),
        ({"country": "Germany"}, 422, "country"), ({"channel": "0"}, 422, "channel"),
    ],
)  # fmt: skip
def test_what_is_no_order_is_said_beside_its_field(acme, shelf, desk, sent, status, field):
    response = desk.post("/m/acme/orders/new/", BUYER | {"channel": shelf.pk, "sku_1": "MUG"} | sent)
    assert response.status_code == status
    assert list(response.context["form"].errors) == [field or "__all__"]
    assert stock(acme)["MUG"] == (10, 0)
    with scope.acting_for(acme):
        assert not Order.objects.exists()


def test_a_variant_without_a_price_is_refused_beside_its_price(acme, shelf, desk):
    with scope.acting_for(acme):
        make_stock(5, variant=make_product(sku="FREE", price=None).variants.select_related("product").get())
    sent = BUYER | {"channel": shelf.pk, "sku_1": "MUG", "sku_4": "FREE"}
    response = desk.post("/m/acme/orders/new/", sent)
    assert (response.status_code, list(response.context["form"].errors)) == (409, ["price_4"])


def test_an_order_form_sent_twice_places_one_order(acme, shelf, desk):
    form = desk.get("/m/acme/orders/new/").context["form"]
    sent = BUYER | {"channel": shelf.pk, "sku_1": "MUG", "made_up_number": form["made_up_number"].value()}
    goals = {desk.post("/m/acme/orders/new/", sent).url for _ in range(2)}
    with scope.acting_for(acme):
        assert goals == {f"/m/acme/orders/{Order.objects.get().number}/"}
    assert stock(acme)["MUG"] == (10, 1)


def test_a_parcel_with_nothing_in_it_is_not_the_rest_of_the_order(acme, shelf, desk):
    with scope.acting_for(acme):
        place_order(("MUG", 2, 1_000), number="A-1")
    parcel = {"carrier": "Post", "at": AT, "waybill": "W-1", "units_1": ""}
    assert desk.post("/m/acme/orders/A-1/handover/", parcel).status_code == 409
    assert (find(acme).status, stock(acme)["MUG"]) == ("paid", (10, 2))


def test_pressing_twice_refunds_once(acme, shelf, desk):
    with scope.acting_for(acme):
        place_order(("MUG", 2, 1_000), number="A-1")
    key = desk.get("/m/acme/orders/A-1/refunds/").context["form"]["key"].value()
    for _ in range(2):
        desk.post("/m/acme/orders/A-1/refunds/", {"amount": "15.00", "reason": "goodwill", "key": str(key)})
    response = desk.post("/m/acme/orders/A-1/refunds/", {"amount": "15.00", "reason": "goodwill"})
    assert response.status_code == 409
    assert list(response.context["form"].errors) == ["amount"]
    with scope.acting_for(acme):
        assert [refund.amount_minor for refund in Refund.objects.all()] == [1_500]


def test_who_cancels_says_why_and_who_caused_it(acme, shelf, desk):
    with scope.acting_for(acme):
        place_order(("MUG", 2, 1_000), number="A-1")
    desk.post("/m/acme/orders/A-1/cancellation/", {"reason": "out_of_stock", "cause": "carrier"})
    with scope.acting_for(acme):
        kept = Cancellation.objects.get()
        assert (kept.reason, kept.cause) == ("out_of_stock", "carrier")
    page = desk.get("/m/acme/orders/A-1/").content.decode()
    for shown in ("caused by: The carrier", "Refunded in full", "Refund: The order was cancelled"):
        assert shown in page
    assert stock(acme)["MUG"] == (10, 0)


def test_what_has_left_in_part_is_cancelled_for_the_rest(acme, shelf, desk):
    with scope.acting_for(acme):
        place_order(("MUG", 2, 1_000), ("LAMP", 1, 500), number="A-1")
    desk.post("/m/acme/orders/A-1/handover/", {"carrier": "Post", "at": AT, "waybill": "W-1", "units_1": "1"})
    assert "Cancel the rest" in desk.get("/m/acme/orders/A-1/").content.decode()
    assert "Cancel what is not sent" in desk.get("/m/acme/orders/A-1/cancellation/").content.decode()
    desk.post("/m/acme/orders/A-1/cancellation/", {"reason": "out_of_stock"})
    page = desk.get("/m/acme/orders/A-1/").content.decode()
    assert "0 of 1 sent" in page
    assert "The rest was cancelled: Out of stock" in page and "Refunded in part" in page
    assert (find(acme).status, find(acme).refunded_minor, stock(acme)["MUG"]) == ("shipped", 1_500, (9, 0))


def test_who_may_not_refund_does_not(acme, shelf, client_for):
    with scope.acting_for(acme):
        place_order(("MUG", 2, 1_000), number="A-1")
    browser = client_for(person("fay", acme, Role.FULFILLMENT))
    assert "refunds/" not in browser.get("/m/acme/orders/A-1/").content.decode()
    assert browser.post("/m/acme/orders/A-1/refunds/", {"amount": "1", "reason": "goodwill"}).status_code == 403
    assert find(acme).refunded_minor == 0


def test_an_order_is_found_by_the_waybill_of_any_parcel(acme, shelf, desk):
    with scope.acting_for(acme):
        place_order(("MUG", 2, 1_000), number="A-1")
    for number in (1, 2):
        desk.post(
            "/m/acme/orders/A-1/handover/", {"carrier": "Post", "at": AT, "waybill": f"W-{number}", "units_1": "1"}
        )
    for number in (1, 2):
        rows = desk.get(f"/m/acme/orders/?q=W-{number}").context["index"].rows
        assert [order.number for order in rows] == ["A-1"]
