"""Orders that were placed here are paid, shipped in parts, delivered, cancelled: stock, money and facts go along."""

from datetime import timedelta
from threading import Barrier

import pytest

from config.kernel import invariants, scope
from config.kernel.actors import Actor
from config.kernel.errors import DomainError
from config.kernel.flow import IllegalMove
from config.kernel.money import Money
from fulfillment.errors import (
    AllRefunded,
    MoreThanIsLeft,
    NothingShipped,
    OutOfOrder,
    ParcelUnknown,
    PartlyShipped,
    PaymentKeyReused,
    WaybillUsed,
)
from fulfillment.models import Cancellation, Order, OrderLine, Parcel, ParcelLine, PaymentPart, Refund, Shipment
from fulfillment.services import orders, payments, placing, refunds
from fulfillment.states import CancellationReason, Cause, OrderStatus, PaymentKind, RefundReason
from inventory.errors import ReservationEnded
from inventory.models import StockLevel
from inventory.services import reservations
from merchants.activity.models import DomainEvent
from merchants.activity.services import outbox
from merchants.money.models import LedgerLine, LedgerTransaction
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock
from tests.factories.placing import place_order

SAM = Actor("user:7")
STOCK, BUYER = CancellationReason.STOCK, CancellationReason.BUYER


@pytest.fixture
def shelf(acting, now):
    for sku, units in (("MUG", 10), ("LAMP", 10)):
        make_stock(units, variant=make_product(sku=sku).variants.select_related("product").get())


def facts(order) -> list[str]:
    rows = DomainEvent.objects.filter(about=order.about).order_by("pk")
    return [row.name.removeprefix("fulfillment.") for row in rows]


def numbers() -> dict[str, tuple[int, int]]:
    rows = StockLevel.objects.values_list("variant__sku", "on_hand", "reserved")
    return {sku: (on_hand, reserved) for sku, on_hand, reserved in rows}


def owed() -> int:
    """What the merchant's account comes to."""
    return sum(LedgerLine.objects.filter(account="merchant_payable").values_list("amount_minor", flat=True))


def ship(order, waybill, at, **units) -> Order:
    return orders.ship(order=order, carrier="Post", waybill=waybill, at=at, by=SAM, now=at, **units)


# ---------------------------------------------------------------- paying
def test_a_placed_order_is_paid_once(shelf, now):
    order = place_order(("MUG", 2, 1_000), paid=False)
    for _ in range(2):
        payments.pay(order=order, kind=PaymentKind.WALLET, key="ch_1", by=SAM, now=now)

    order.refresh_from_db()
    assert (order.status, order.paid_minor, order.paid_at, order.version) == (OrderStatus.PAID, 2_000, now, 2)
    assert (PaymentPart.objects.count(), LedgerTransaction.objects.count()) == (1, 1)
    assert facts(order) == ["order.placed", "order.paid"]
    assert reservations.expire(now=now + timedelta(days=1)) == 0
    with pytest.raises(PaymentKeyReused):
        payments.pay(order=order, kind=PaymentKind.CARD, key="ch_1", by=SAM, now=now)
    with pytest.raises(IllegalMove):
        payments.pay(order=order, kind=PaymentKind.WALLET, key="ch_2", by=SAM, now=now)
    assert PaymentPart.objects.count() == 1


def test_what_is_not_paid_in_time_is_cancelled_and_cannot_be_paid(shelf, now):
    order = place_order(("MUG", 2, 1_000), paid=False)
    late = now + placing.HELD_UNPAID
    reservations.expire(now=late)
    with pytest.raises(ReservationEnded):
        payments.pay(order=order, kind=PaymentKind.CARD, by=SAM, now=late)
    assert numbers()["MUG"] == (10, 0)

    with scope.acting_for_nobody():
        outbox.deliver_due(now=late)

    order.refresh_from_db()
    kept = Cancellation.objects.get(order=order)
    assert (order.status, kept.reason, kept.cause, kept.by) == ("cancelled", "unpaid_in_time", "buyer", "system")
    assert facts(order) == ["order.placed", "inventory.reservation.expired", "order.cancelled"]
    assert (PaymentPart.objects.count(), LedgerTransaction.objects.count()) == (0, 0)


# ---------------------------------------------------------------- shipping
def test_an_order_ships_in_several_parcels(shelf, now):
    order = place_order(("MUG", 3, 1_000), ("LAMP", 1, 5_000))

    order = ship(order, "W-1", now, units={1: 2})
    assert (order.status, facts(order)[-1], numbers()) == ("paid", "parcel.shipped", {"MUG": (8, 1), "LAMP": (10, 1)})
    order = ship(order, "W-2", now + timedelta(hours=1))

    assert (order.status, facts(order)[-1], numbers()) == ("shipped", "order.shipped", {"MUG": (7, 0), "LAMP": (9, 0)})
    rows = ParcelLine.objects.order_by("parcel", "line").values_list("parcel__waybill", "line__sku", "quantity")
    assert list(rows) == [("W-1", "MUG", 2), ("W-2", "MUG", 1), ("W-2", "LAMP", 1)]
    whole = Shipment.objects.get(order=order)
    assert (whole.waybill, whole.handed_over_at) == ("W-2", now + timedelta(hours=1))
    assert not any(invariants.broken().values())


def test_the_same_parcel_twice_is_one(shelf, now):
    order = place_order(("MUG", 3, 1_000))
    for _ in range(2):
        ship(order, "W-1", now, units={1: 2})
    assert (Parcel.objects.count(), numbers()["MUG"], facts(order).count("parcel.shipped")) == (1, (8, 1), 1)
    with pytest.raises(WaybillUsed):
        ship(order, "W-1", now, units={1: 1})
    ship(order, "W-2", now)
    assert ship(order, "W-2", now).status == OrderStatus.SHIPPED
    assert facts(order).count("order.shipped") == 1


@pytest.mark.parametrize("units", [{1: 4}, {2: 1}, {1: -1}, {}, {1: 0}])
def test_no_more_ships_than_was_ordered(shelf, now, units):
    order = place_order(("MUG", 3, 1_000))
    with pytest.raises(MoreThanIsLeft):
        ship(order, "W-1", now, units=units)
    assert (Parcel.objects.count(), numbers()["MUG"]) == (0, (10, 3))


def test_each_parcel_arrives_by_itself(shelf, now):
    order = place_order(("MUG", 2, 1_000))
    for number in (1, 2):
        ship(order, f"W-{number}", now, units={1: 1})
    first, second = Parcel.objects.order_by("pk")
    later = now + timedelta(days=2)

    orders.deliver(order=order, at=later, parcel_id=first.public_id, by=SAM, now=later)
    orders.deliver(order=order, at=later, parcel_id=first.public_id, by=SAM, now=later)
    order.refresh_from_db()
    assert (order.status, facts(order)[-2:]) == ("shipped", ["order.shipped", "parcel.delivered"])
    order = orders.deliver(order=order, at=later, parcel_id=second.public_id, by=SAM, now=later)

    assert (order.status, facts(order)[-1]) == ("delivered", "order.delivered")
    assert Shipment.objects.get(order=order).delivered_at == later
    with pytest.raises(ParcelUnknown):
        orders.deliver(order=order, at=later, parcel_id=order.public_id, by=SAM, now=later)


def test_a_parcel_may_arrive_before_the_last_one_leaves(shelf, now):
    order = place_order(("MUG", 2, 1_000))
    ship(order, "W-1", now, units={1: 1})
    orders.deliver(order=order, at=now, parcel_id=Parcel.objects.get().public_id, by=SAM, now=now)
    order = ship(order, "W-2", now + timedelta(hours=1))
    assert order.status == OrderStatus.SHIPPED
    order = orders.deliver(order=order, at=now + timedelta(hours=2), by=SAM, now=now + timedelta(hours=2))
    assert [parcel.delivered_at for parcel in Parcel.objects.order_by("pk")] == [now, now + timedelta(hours=2)]
    assert order.status == OrderStatus.DELIVERED


def test_parcels_that_are_noted_out_of_turn_do_not_make_an_order_earlier(shelf, now):
    """The order left the house with its last parcel and arrived with its last one, whichever was written down last."""
    order, hour = place_order(("MUG", 2, 1_000)), timedelta(hours=1)
    for waybill, at in (("W-1", now + 2 * hour), ("W-2", now + hour)):
        orders.ship(
            order=order, carrier="Post", waybill=waybill, at=at, units={1: 1}, by=SAM, now=now + 9 * hour
        )  # fmt: skip
    sent = Shipment.objects.get(order=order)
    assert (sent.waybill, sent.handed_over_at) == ("W-1", now + 2 * hour)

    first, second = Parcel.objects.order_by("pk")
    for parcel, at in ((first, now + 5 * hour), (second, now + 3 * hour)):
        orders.deliver(order=order, at=at, parcel_id=parcel.public_id, by=SAM, now=now + 9 * hour)
    order.refresh_from_db()
    assert order.status == OrderStatus.DELIVERED
    assert Shipment.objects.get(order=order).delivered_at == now + 5 * hour


# ---------------------------------------------------------------- cancelling
def test_a_cancelled_order_gives_back_its_stock_and_its_money(shelf, now):
    order = place_order(("MUG", 2, 1_000), ("LAMP", 1, 5_000))
    assert owed() == 7_000
    order = orders.cancel(order=order, reason=STOCK, note="", by=SAM, now=now)

    assert (order.status, numbers()) == ("cancelled", {"MUG": (10, 0), "LAMP": (10, 0)})
    assert Cancellation.objects.get().cause == Cause.MERCHANT
    order.refresh_from_db()
    assert (order.refunded_minor, Refund.objects.get().reason, owed()) == (7_000, "cancelled", 0)
    assert facts(order)[-2:] == ["order.refunded", "order.cancelled"]


def test_who_cancels_may_say_who_caused_it(shelf, now):
    order = place_order(("MUG", 2, 1_000), paid=False)
    orders.cancel(order=order, reason=STOCK, note="", cause=Cause.CARRIER, by=SAM, now=now)
    assert Cancellation.objects.get().cause == Cause.CARRIER
    assert (Refund.objects.count(), numbers()["MUG"]) == (0, (10, 0))


def test_an_order_that_has_left_in_part_is_not_cancelled(shelf, now):
    order = place_order(("MUG", 2, 1_000))
    ship(order, "W-1", now, units={1: 1})
    with pytest.raises(PartlyShipped):
        orders.cancel(order=order, reason=BUYER, note="", by=SAM, now=now)
    order.refresh_from_db()
    assert (order.status, numbers()["MUG"], Cancellation.objects.count()) == ("paid", (9, 1), 0)


def test_the_rest_of_what_has_left_in_part_is_cancelled(shelf, now):
    order = place_order(("MUG", 3, 1_000), ("LAMP", 1, 5_000))
    ship(order, "W-1", now, units={1: 1})
    order = orders.cancel_rest(order=order, reason=STOCK, note="", by=SAM, now=now)

    order.refresh_from_db()
    assert (order.status, order.refunded_minor, owed()) == ("shipped", 7_000, 1_000)
    assert numbers() == {"MUG": (9, 0), "LAMP": (10, 0)}
    shares = Refund.objects.get().lines.order_by("line__position").values_list("line__sku", "goods_minor")
    assert list(shares) == [("MUG", 2_000), ("LAMP", 5_000)]
    kept = Cancellation.objects.get()
    assert (kept.reason, kept.cause) == (STOCK, Cause.MERCHANT)
    assert Shipment.objects.get(order=order).waybill == "W-1"
    assert facts(order)[-2:] == ["order.refunded", "order.rest_cancelled"]
    assert DomainEvent.objects.latest("pk").payload["units"] == 3
    with pytest.raises(IllegalMove):
        ship(order, "W-2", now)
    assert not any(invariants.broken().values())


def test_what_went_back_of_a_line_counts_for_what_is_not_sent_of_it(shelf, now):
    order = place_order(("MUG", 3, 1_000))
    ship(order, "W-1", now, units={1: 1})
    refunds.issue(order=order, amount=Money(1_500, "EUR"), reason=RefundReason.MISSING, key="1", by=SAM, now=now)
    orders.cancel_rest(order=order, reason=STOCK, note="", by=SAM, now=now)
    assert list(Refund.objects.order_by("pk").values_list("amount_minor", flat=True)) == [1_500, 500]


def test_where_all_that_was_sent_has_arrived_the_rest_ends_the_order(shelf, now):
    order = place_order(("MUG", 2, 1_000))
    ship(order, "W-1", now, units={1: 1})
    orders.deliver(order=order, at=now, parcel_id=Parcel.objects.get().public_id, by=SAM, now=now)
    order = orders.cancel_rest(order=order, reason=BUYER, note="", by=SAM, now=now)
    order.refresh_from_db()
    assert (order.status, Shipment.objects.get(order=order).delivered_at) == ("delivered", now)


def test_without_a_part_that_left_there_is_no_rest(shelf, now):
    order = place_order(("MUG", 2, 1_000))
    with pytest.raises(NothingShipped):
        orders.cancel_rest(order=order, reason=BUYER, note="", by=SAM, now=now)
    ship(order, "W-1", now)
    with pytest.raises(IllegalMove):
        orders.cancel_rest(order=order, reason=BUYER, note="", by=SAM, now=now)
    assert (Cancellation.objects.count(), Refund.objects.count()) == (0, 0)


def test_what_was_refunded_as_a_whole_is_not_sent_any_more(shelf, now):
    order = place_order(("MUG", 2, 1_000))
    ship(order, "W-1", now, units={1: 1})
    refunds.issue(order=order, amount=Money(2_000, "EUR"), reason=RefundReason.GOODWILL, key="1", by=SAM, now=now)
    with pytest.raises(AllRefunded):
        ship(order, "W-2", now)
    orders.cancel_rest(order=order, reason=BUYER, note="", by=SAM, now=now)
    order.refresh_from_db()
    assert (order.status, order.refunded_minor, numbers()["MUG"], owed()) == ("shipped", 2_000, (9, 0), 0)


def test_an_arrival_is_not_noted_twice_at_different_moments(shelf, now):
    order = place_order(("MUG", 2, 1_000))
    ship(order, "W-1", now)
    parcel = Parcel.objects.get().public_id
    for _ in range(2):
        orders.deliver(order=order, at=now, parcel_id=parcel, by=SAM, now=now)
    later = now + timedelta(hours=1)
    with pytest.raises(OutOfOrder):
        orders.deliver(order=order, at=later, parcel_id=parcel, by=SAM, now=later)
    assert Parcel.objects.get().delivered_at == now
    assert facts(order).count("order.delivered") == 1


# ---------------------------------------------------------------- at once
@pytest.fixture
def at_once(acme, in_thread):
    """Let everybody do something for acme in the same moment; what each came to."""

    def do(*acts) -> list:
        together, came = Barrier(len(acts)), [None] * len(acts)

        def run(place, act):
            with scope.acting_for(acme):
                together.wait(timeout=20)
                try:
                    act()
                except DomainError as refusal:
                    came[place] = refusal.code

        for wait in [in_thread(lambda place=place, act=act: run(place, act)) for place, act in enumerate(acts)]:
            wait()
        return came

    return do


transactional = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@transactional
def test_of_two_payments_at_once_one_is_captured(acme, at_once, now):
    """The buyer's browser and the payment provider both confirm (B7)."""
    with scope.acting_for(acme):
        make_stock(10)
        order = place_order(paid=False)

    def pay(key):
        return lambda: payments.pay(order=order, kind=PaymentKind.CARD, key=key, by=SAM, now=now)

    assert at_once(pay("ch_1"), pay("ch_1"), pay("ch_1")) == [None] * 3
    assert at_once(pay("ch_2"), pay("ch_1")) == ["illegal_move", None]
    with scope.acting_for(acme):
        assert (PaymentPart.objects.count(), facts(order)) == (1, ["order.placed", "order.paid"])
        assert LedgerTransaction.objects.count() == 1


@transactional
@pytest.mark.parametrize("rounds", [5, pytest.param(2_000, marks=pytest.mark.nightly)])
def test_paying_and_running_out_of_time_agree(acme, at_once, now, rounds):
    """Either it is paid and its stock stays, or it is free and it cannot be paid (INV-01d)."""
    with scope.acting_for(acme):
        make_stock(10)
    late = now + placing.HELD_UNPAID
    for _ in range(rounds):
        with scope.acting_for(acme):
            order = place_order(paid=False)
        paid, _freed = at_once(
            lambda order=order: payments.pay(order=order, kind=PaymentKind.CARD, by=SAM, now=late),
            lambda: reservations.expire(now=late),
        )
        with scope.acting_for(acme):
            order.refresh_from_db()
            reserved = StockLevel.objects.get().reserved
            assert (paid, order.status, reserved) in [(None, "paid", 2), ("reservation_ended", "placed", 0)]
            if paid is None:
                orders.cancel(order=order, reason=BUYER, note="", by=SAM, now=late)
    assert not any(invariants.broken().values())


@transactional
@pytest.mark.parametrize("rounds", [5, pytest.param(2_000, marks=pytest.mark.nightly)])
def test_cancelling_and_shipping_agree(acme, at_once, now, rounds):
    """Either its stock is back or it has left the house, and the books know which (INV-01d)."""
    with scope.acting_for(acme):
        make_stock(2 * rounds)
    left = 2 * rounds
    for _ in range(rounds):
        with scope.acting_for(acme):
            order = place_order()
        came = at_once(
            lambda order=order: orders.cancel(order=order, reason=BUYER, note="", by=SAM, now=now),
            lambda order=order: ship(order, "W-1", now),
        )
        with scope.acting_for(acme):
            order.refresh_from_db()
            left -= 2 * (order.status == OrderStatus.SHIPPED)
            level, line = StockLevel.objects.get(), OrderLine.objects.get(order=order)
            assert (level.on_hand, level.reserved) == (left, 0)
            assert (order.status, order.refunded_minor, line.shipped, came) in [
                ("cancelled", 3_980, 0, [None, "illegal_move"]), ("shipped", 0, 2, ["illegal_move", None]),
            ]  # fmt: skip
    assert not any(invariants.broken().values())


@transactional
def test_the_last_unit_goes_to_one_of_three_orders_and_nothing_is_left_of_the_others(acme, at_once, now):
    """B1, B3."""
    with scope.acting_for(acme):
        make_stock(2)

    def order(number):
        return lambda: place_order(number=number)

    assert sorted(map(str, at_once(order("A"), order("B"), order("C")))) == ["None", *["insufficient_stock"] * 2]
    with scope.acting_for(acme):
        assert (Order.objects.count(), OrderLine.objects.count(), LedgerTransaction.objects.count()) == (1, 1, 1)
        assert (StockLevel.objects.get().reserved, PaymentPart.objects.count()) == (2, 1)


@transactional
def test_the_same_number_from_two_sides_is_one_order(acme, at_once, now):
    with scope.acting_for(acme):
        make_stock(10)
    assert at_once(*[lambda: place_order(number="A-1")] * 4) == [None] * 4
    with scope.acting_for(acme):
        assert (Order.objects.count(), StockLevel.objects.get().reserved) == (1, 2)
    assert not any(invariants.broken().values())
