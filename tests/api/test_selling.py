"""An order's whole life by API: placed, paid, sent in parcels, delivered, cancelled, its money given back."""

import pytest

from config.kernel import clock, scope
from fulfillment.models import Order, OrderLine, Parcel, PaymentPart, Refund
from inventory.models import StockLevel
from merchants.activity.models import DomainEvent
from tests.api.routes import ORDER
from tests.factories.catalog import make_product
from tests.factories.fulfillment import make_order, make_payment
from tests.factories.inventory import make_stock
from tests.factories.money import make_schedule

AT = "2025-03-05T18:00:00Z"  # as late as it is


def euros(amount: str) -> dict:
    return {"amount": amount, "currency": "EUR"}


@pytest.fixture
def shelf(acting, now, monkeypatch):
    """Ten mugs at 19.90 and five lamps at 50.00, a tenth of which is the operator's. It is the fifth of March."""
    monkeypatch.setattr(clock, "now", lambda: now.replace(day=5, hour=18))
    make_schedule({"rate_ppm": 100_000})
    for sku, units, price in (("MUG", 10, 1_990), ("LAMP", 5, 5_000)):
        make_stock(units, variant=make_product(sku=sku, price=price).variants.select_related("product").get())


@pytest.fixture
def act(system, shelf):
    """Act on an order, each time under a key of its own; answers the body of what had to be answered."""
    keys = iter(range(1_000))

    def do(path: str, sent=None, *, status: int = 201, key: str = "") -> dict:
        response = system.post(path, sent, Idempotency_Key=key or f"k-{next(keys)}")
        assert response.status_code == status, response.content
        return response.json()

    return do


def asked(*lines: tuple, **changes) -> dict:
    wanted = [{"sku": sku, "quantity": quantity} for sku, quantity in lines or [("MUG", 2), ("LAMP", 1)]]
    return {**ORDER, "lines": wanted, "freight": euros("10.02")} | changes


def stock(sku: str) -> tuple[int, int]:
    return StockLevel.objects.values_list("on_hand", "reserved").get(variant__sku=sku)


def facts(order: dict) -> list[str]:
    about = f"order:{order['id']}"
    names = DomainEvent.objects.filter(about=about).order_by("pk").values_list("name", flat=True)
    return [name.removeprefix("fulfillment.") for name in names]


def test_an_order_is_placed_at_the_prices_of_its_channel(system, act):
    response = system.post("orders/", asked(), Idempotency_Key="k")
    told = response.json()
    assert (response.status_code, response["Location"]) == (201, f"/api/v1/orders/{told['id']}/")
    assert (response["ETag"], response["Content-Type"]) == ('"1"', "application/json")
    assert (told["number"], told["status"], told["source"], told["units"]) == ("A-1", "paid", "direct", 3)
    assert (told["items"], told["freight"], told["total"]) == (euros("89.80"), euros("10.02"), euros("99.82"))
    assert told["ship_to"] == {"city": "Berlin", "region": "", "postcode": "10115", "country": "DE"}
    assert [(line["sku"], line["quantity"], line["unit_price"], line["freight"]) for line in told["lines"]] == [
        ("MUG", 2, euros("19.90"), euros("4.44")), ("LAMP", 1, euros("50.00"), euros("5.58")),
    ]  # fmt: skip
    assert (stock("MUG"), stock("LAMP")) == ((10, 2), (5, 1))
    assert system.get(f"orders/{told['id']}/").json() == told


def test_the_same_number_is_the_same_order_whatever_the_key(system, act):
    first = act("orders/", asked())
    again = act("orders/", asked(), status=200)
    assert again == first
    refused = act("orders/", asked(("MUG", 3)), status=409)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("order_number_taken", "/number")
    assert (Order.objects.count(), stock("MUG")) == (1, (10, 2))


def test_a_number_is_made_up_where_there_is_none(act):
    sent = asked()
    del sent["number"]
    made = {act("orders/", sent)["number"] for _ in range(2)}
    assert len(made) == 2


def test_an_order_is_paid_shipped_in_parts_delivered_and_given_back(system, act):
    sent = asked()
    del sent["paid_by"]
    order = act("orders/", sent)
    path = f"orders/{order['id']}/"
    assert order["status"] == "placed"

    paid = act(f"{path}payments/", {"kind": "wallet", "reference": "W-1"})
    assert (paid["kind"], paid["amount"]) == ("wallet", euros("99.82"))
    assert act(f"{path}payments/", {"kind": "wallet", "reference": "W-1"}) == paid  # the provider says so again
    assert PaymentPart.objects.count() == 1

    first = {"carrier": "DHL", "waybill": "1", "at": AT, "lines": [{"position": 1, "quantity": 1}]}
    parcel = act(f"{path}parcels/", first)
    assert parcel["lines"] == [{"position": 1, "sku": "MUG", "quantity": 1}]
    assert system.get(path).json()["status"] == "paid"
    act(f"{path}parcels/", {"carrier": "DHL", "waybill": "2", "at": AT})
    shown = system.get(path).json()
    assert (shown["status"], [line["shipped"] for line in shown["lines"]]) == ("shipped", [2, 1])
    parcels = system.get(f"{path}parcels/").json()["data"]
    assert [[(line["sku"], line["quantity"]) for line in each["lines"]] for each in parcels] == [
        [("MUG", 1)], [("MUG", 1), ("LAMP", 1)],
    ]  # fmt: skip
    assert (stock("MUG"), stock("LAMP")) == ((8, 0), (4, 0))

    act(f"{path}delivery/", {"at": AT, "parcel": parcel["id"]}, status=200)
    assert act(f"{path}delivery/", {"at": AT}, status=200)["status"] == "delivered"
    assert {each.delivered_at.isoformat() for each in Parcel.objects.all()} == {"2025-03-05T18:00:00+00:00"}

    lines = [{"position": 1, "goods": euros("19.90"), "returned": 1, "damaged": 1}]
    back = act(f"{path}refunds/", {"amount": euros("19.90"), "reason": "damaged", "lines": lines})
    assert back["lines"] == [{"position": 1, "sku": "MUG", "goods": euros("19.90"), "freight": euros("0.00")}]
    half = act(f"{path}refunds/", {"amount": euros("49.91"), "reason": "goodwill"})
    assert [(line["sku"], line["goods"], line["freight"]) for line in half["lines"]] == [
        ("MUG", euros("12.43"), euros("2.77")), ("LAMP", euros("31.23"), euros("3.48")),
    ]  # fmt: skip
    level = StockLevel.objects.get(variant__sku="MUG")
    assert (level.on_hand, level.damaged, OrderLine.objects.get(sku="MUG").returned) == (9, 1, 1)
    assert system.get("refunds/").json()["data"] == [back, half] == system.get(f"{path}refunds/").json()["data"]
    assert system.get(f"refunds/{back['id']}/").json() == back
    assert facts(order) == [
        "order.placed", "order.paid", "parcel.shipped", "order.shipped", "parcel.delivered", "order.delivered",
        "order.refunded", "order.refunded",
    ]  # fmt: skip


def test_an_order_is_cancelled_with_reason_and_cause(act):
    order = act("orders/", asked())
    sent = {"reason": "out_of_stock", "cause": "platform", "note": "Fell from the shelf"}
    told = act(f"orders/{order['id']}/cancellation/", sent, status=200)
    assert told["status"] == "cancelled"
    assert (told["cancellation"]["reason"], told["cancellation"]["cause"]) == ("out_of_stock", "platform")
    assert (stock("MUG"), stock("LAMP"), Refund.objects.get().amount_minor) == ((10, 0), (5, 0), 9_982)
    usual = act("orders/", asked(number="A-2"))
    told = act(f"orders/{usual['id']}/cancellation/", {"reason": "out_of_stock"}, status=200)
    assert told["cancellation"]["cause"] == "merchant"


def test_all_that_is_left_is_handed_over_in_one_parcel(act):
    order = act("orders/", asked())
    sent = {"carrier": "DHL", "waybill": "1", "at": AT}
    told = act(f"orders/{order['id']}/handover/", sent, status=200)
    assert (told["status"], told["shipment"]["waybill"]) == ("shipped", "1")


@pytest.mark.parametrize(
    ("path", "sent", "status", "code", "pointer"),
    [
        ("payments/", {"kind": "wallet", "reference": "W-2"}, 409, "illegal_move", None),
        ("payments/", {"kind": "boleto"}, 409, "payment_key_reused", "/kind"),
        ("payments/", {"kind": "not_defined"}, 400, "invalid", "/kind"),
        ("parcels/", {"carrier": "DHL", "waybill": "1"}, 400, "invalid", "/at"),
        ("parcels/", {"lines": []}, 400, "invalid", "/lines"),
        ("parcels/", {"lines": [{"position": 1, "quantity": 3}]}, 409, "more_than_is_left", "/lines/0/quantity"),
        ("parcels/", {"lines": [{"position": 2, "quantity": 1}, {"position": 9, "quantity": 1}]}, 409,
         "more_than_is_left", "/lines/1/quantity"),
        ("parcels/", {"lines": [{"position": 1, "quantity": 0}]}, 400, "invalid", "/lines/0/quantity"),
        ("parcels/", {"lines": [{"position": 1, "quantity": 1}] * 2}, 400, "invalid", "/lines/1/position"),
        ("parcels/", {"at": "2025-02-03T12:00:00Z"}, 400, "out_of_order", "/at"),
        ("parcels/", {"at": "2999-01-01T12:00:00Z"}, 400, "out_of_order", "/at"),
        ("delivery/", {"at": AT}, 409, "illegal_move", None),
        ("delivery/", {"at": AT, "parcel": "0190b3a0-0000-7000-8000-000000000000"}, 404, "parcel_unknown", "/parcel"),
        ("delivery/", {"at": "yesterday"}, 400, "invalid", "/at"),
        ("cancellation/", {"reason": "unpaid_in_time"}, 400, "invalid", "/reason"),
        ("cancellation/", {"reason": "out_of_stock", "cause": "unknown"}, 400, "invalid", "/cause"),
        ("refunds/", {"amount": euros("99.83")}, 409, "refund_above_paid", "/amount"),
        ("refunds/", {"amount": euros("0.00")}, 400, "invalid", "/amount/amount"),
        ("refunds/", {"amount": euros("-1.00")}, 400, "invalid", "/amount/amount"),
        ("refunds/", {"amount": euros("1.005")}, 400, "invalid", "/amount/amount"),
        ("refunds/", {"amount": {"amount": "1.00", "currency": "USD"}}, 400, "not_an_order", "/amount"),
        ("refunds/", {"reason": "cancelled"}, 400, "invalid", "/reason"),
        ("refunds/", {"lines": [{"position": 1, "goods": euros("0.50")}]}, 400, "not_an_order", "/amount"),
        ("refunds/", {"lines": [{"position": 1, "goods": {"amount": "1.00", "currency": "USD"}}]}, 400, "invalid",
         "/lines/0/goods/currency"),
        ("refunds/", {"lines": [{"position": 2}, {"position": 1, "returned": 1}]}, 409, "more_than_is_left",
         "/lines/1/returned"),
        ("refunds/", {"lines": [{"position": 1, "returned": 1, "damaged": 2}]}, 400, "invalid", "/lines/0/damaged"),
    ],
)  # fmt: skip
def test_what_is_refused_says_where_and_does_nothing(act, path, sent, status, code, pointer):
    order = act("orders/", asked())
    before = facts(order), stock("MUG"), Order.objects.get().version
    usual = {"parcels/": {"carrier": "DHL", "waybill": "1", "at": AT},
             "refunds/": {"amount": euros("1.00"), "reason": "goodwill"}}.get(path, {})  # fmt: skip
    wanted = sent if "waybill" in sent else usual | sent
    told = act(f"orders/{order['id']}/{path}", wanted, status=status)
    assert (told["code"], [each["pointer"] for each in told["errors"]]) == (code, [pointer] if pointer else [])
    assert (facts(order), stock("MUG"), Order.objects.get().version) == before


def test_an_order_whose_payments_came_with_it_has_these(system, act):
    full, part = (make_order(payments=[{"amount_minor": minor}], source="olist") for minor in (1_990, 990))
    told = act(f"orders/{full.public_id}/payments/", {"kind": "wallet"})
    assert (told["kind"], told["amount"], PaymentPart.objects.filter(order=full).count()) == (
        "credit_card",
        euros("19.90"),
        1,
    )
    assert system.get(f"orders/{full.public_id}/").json()["status"] == "paid"
    told = act(f"orders/{part.public_id}/payments/", {"kind": "wallet"}, status=409)
    assert (told["code"], Order.objects.get(pk=part.pk).status) == ("paid_in_part", "placed")


def test_an_order_that_came_without_a_payment_is_paid(act, rival):
    """What its buyer sent to another shop at the same time may have been paid: the platform counts these together."""
    order = make_order(source="olist")
    with scope.acting_for(rival):
        make_payment(make_order(group=order.group), sequence=1, amount_minor=500)
    act(f"orders/{order.public_id}/payments/", {"kind": "wallet"})
    assert PaymentPart.objects.get(order=order).sequence == 2


def test_a_refund_under_a_key_that_was_forgotten_is_still_one(system, act):
    """What was answered is kept for thirty days; the refund's own row knows its key for good."""
    order = act("orders/", asked())
    path, sent = f"orders/{order['id']}/refunds/", {"amount": euros("40.00"), "reason": "goodwill"}
    first = act(path, sent, key="r")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("merchants.activity.services.answers.find", lambda **_: None)
        patched.setattr("merchants.activity.services.answers.keep", lambda **_: None)
        assert act(path, sent, key="r") == first
    assert Refund.objects.get().amount_minor == 4_000


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("cancellation/", {"reason": "out_of_stock"}), ("refunds/", {"amount": euros("1.00"), "reason": "goodwill"}),
        ("parcels/", {"carrier": "DHL", "waybill": "1", "at": AT}),
    ],
)  # fmt: skip
def test_an_act_heeds_what_was_seen(system, act, path, sent):
    address = f"orders/{act('orders/', asked())['id']}/"
    seen = system.get(address)["ETag"]
    act(f"{address}refunds/", {"amount": euros("2.00"), "reason": "goodwill"})
    for tag in (seen, '"x"', '"1", "2"'):
        told = system.post(address + path, sent, Idempotency_Key=f"k{tag}".replace(" ", ""), If_Match=tag)
        assert (told.status_code, told.json()["code"]) == (412, "changed_meanwhile")
    assert Order.objects.get().version == 2
    # the key of what was not done is still good, as it is the same act
    key = f"k{seen}"
    told = system.post(address + path, sent, Idempotency_Key=key, If_Match=system.get(address)["ETag"])
    assert told.status_code in (200, 201)
    assert Order.objects.get().version > 2


def test_a_rival_finds_nothing_of_it(system_of, rival, act):
    order = act("orders/", asked())
    rivals = system_of(rival)
    for path in ("", "payments/", "parcels/", "refunds/"):
        assert rivals.get(f"orders/{order['id']}/{path}").status_code == 404
    told = rivals.post("orders/", asked(), Idempotency_Key="k")
    assert (told.status_code, [each["pointer"] for each in told.json()["errors"]]) == (404, ["/lines/0/sku"])
