"""What can be done to an order, and what is refused."""

from datetime import timedelta
from threading import Barrier

import pytest

from config.kernel import scope
from config.kernel.actors import Actor
from config.kernel.flow import IllegalMove
from fulfillment.errors import AlreadyCancelled, NotOurReason, OutOfOrder
from fulfillment.models import Cancellation, Order, Shipment
from fulfillment.services import orders
from fulfillment.states import CancellationReason, OrderStatus
from merchants.activity.models import DomainEvent
from tests.factories.accounts import THEN
from tests.factories.fulfillment import make_order

SAM = Actor("user:7")
BUYER = CancellationReason.BUYER


def facts(order) -> list[tuple]:
    rows = DomainEvent.objects.filter(about=order.about).order_by("pk")
    return [(row.name, row.actor, row.occurred_at, row.payload) for row in rows]


@pytest.mark.parametrize("status", [OrderStatus.PLACED, OrderStatus.PAID])
def test_an_order_that_has_not_shipped_is_cancelled_with_who_when_and_why(acting, now, status):
    order = make_order(status=status)

    orders.cancel(order=order, reason=BUYER, note="Called at ten.", by=SAM, now=now)

    order.refresh_from_db()
    assert (order.status, order.version) == (OrderStatus.CANCELLED, 2)
    kept = Cancellation.objects.get(order=order)
    said = (kept.reason, kept.cause, kept.note, kept.by, kept.at)
    assert said == ("buyer_request", "buyer", "Called at ten.", "user:7", now)
    payload = {"order_id": str(order.public_id), "reason": "buyer_request", "cause": "buyer"}
    assert facts(order) == [("fulfillment.order.cancelled", "user:7", now, payload)]


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (OrderStatus.SHIPPED, IllegalMove), (OrderStatus.DELIVERED, IllegalMove),
        (OrderStatus.CANCELLED, AlreadyCancelled),
    ],
)  # fmt: skip
def test_what_has_shipped_or_is_cancelled_is_not_cancelled(acting, now, status, refusal):
    order = make_order(status=status)
    cancellations = Cancellation.objects.count()

    with pytest.raises(refusal):
        orders.cancel(order=order, reason=BUYER, note="", by=SAM, now=now)

    order.refresh_from_db()
    assert (order.status, order.version) == (status, 1)
    assert (Cancellation.objects.count(), facts(order)) == (cancellations, [])


@pytest.mark.parametrize("reason", [CancellationReason.SOURCE_CANCELLED, CancellationReason.SOURCE_UNAVAILABLE])
def test_a_reason_of_a_source_is_not_ours_to_give(acting, now, reason):
    order = make_order()
    with pytest.raises(NotOurReason):
        orders.cancel(order=order, reason=reason, note="", by=SAM, now=now)
    order.refresh_from_db()
    assert order.status == OrderStatus.PLACED


def test_a_paid_order_is_shipped_with_its_waybill(acting, now):
    order = make_order(status=OrderStatus.PAID)
    at = now - timedelta(minutes=5)

    orders.ship(order=order, carrier="Post", waybill="W-1", at=at, by=SAM, now=now)

    order.refresh_from_db()
    parcel = Shipment.objects.get(order=order)
    assert (order.status, order.version) == (OrderStatus.SHIPPED, 2)
    assert (parcel.carrier, parcel.waybill, parcel.handed_over_at) == ("Post", "W-1", at)
    assert parcel.ship_by_at == THEN + timedelta(days=3)  # the promise stays
    assert facts(order) == [("fulfillment.order.shipped", "user:7", at, {"order_id": str(order.public_id)})]


def test_an_order_without_a_parcel_gets_one_when_it_ships(acting, now):
    order = make_order(status=OrderStatus.PAID)
    Shipment.objects.filter(order=order).delete()

    orders.ship(order=order, carrier="Post", waybill="W-1", at=now, by=SAM, now=now)

    assert Shipment.objects.get(order=order).handed_over_at == now


@pytest.mark.parametrize("status", [OrderStatus.PLACED, OrderStatus.SHIPPED, OrderStatus.CANCELLED])
def test_only_a_paid_order_ships(acting, now, status):
    order = make_order(status=status)
    with pytest.raises(IllegalMove):
        orders.ship(order=order, carrier="Post", waybill="W-1", at=now, by=SAM, now=now)
    order.refresh_from_db()
    assert (order.status, facts(order), Shipment.objects.get(order=order).waybill) == (status, [], "")


@pytest.mark.parametrize("at", [THEN - timedelta(minutes=1), THEN + timedelta(hours=1, minutes=1)])
def test_nothing_ships_before_it_was_ordered_or_in_the_future(acting, now, at):
    order = make_order(status=OrderStatus.PAID)
    with pytest.raises(OutOfOrder):
        orders.ship(order=order, carrier="Post", waybill="W-1", at=at, by=SAM, now=now)
    order.refresh_from_db()
    assert (order.status, facts(order)) == (OrderStatus.PAID, [])


def test_a_shipped_order_is_delivered(acting, now):
    now += timedelta(days=2)
    order = make_order(status=OrderStatus.SHIPPED)
    at = now - timedelta(hours=1)

    orders.deliver(order=order, at=at, by=SAM, now=now)

    order.refresh_from_db()
    assert (order.status, Shipment.objects.get(order=order).delivered_at) == (OrderStatus.DELIVERED, at)
    assert facts(order) == [("fulfillment.order.delivered", "user:7", at, {"order_id": str(order.public_id)})]


def test_nothing_arrives_before_it_was_handed_over(acting, now):
    order = make_order(status=OrderStatus.SHIPPED)  # handed over a day after THEN
    with pytest.raises(OutOfOrder):
        orders.deliver(order=order, at=THEN + timedelta(hours=23), by=SAM, now=now + timedelta(days=5))
    order.refresh_from_db()
    assert (order.status, facts(order)) == (OrderStatus.SHIPPED, [])


def test_who_still_sees_the_order_as_it_was_does_not_cancel_it_again(acting, now):
    order = make_order()
    seen_by_another = Order.objects.get(pk=order.pk)
    orders.cancel(order=order, reason=BUYER, note="", by=SAM, now=now)
    with pytest.raises(AlreadyCancelled):
        orders.cancel(order=seen_by_another, reason=BUYER, note="", by=SAM, now=now)
    assert len(facts(order)) == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_who_cancel_and_ship_at_once_one_is_refused(acme, now, in_thread):
    with scope.acting_for(acme):
        order = make_order(status=OrderStatus.PAID)
    together, refused = Barrier(2), []

    def act(do):
        with scope.acting_for(acme):
            together.wait(timeout=10)
            try:
                do()
            except IllegalMove as refusal:
                refused.append(refusal)

    waits = [
        in_thread(lambda: act(lambda: orders.cancel(order=order, reason=BUYER, note="", by=SAM, now=now))),
        in_thread(lambda: act(lambda: orders.ship(order=order, carrier="P", waybill="W", at=now, by=SAM, now=now))),
    ]
    for wait in waits:
        wait()

    with scope.acting_for(acme):
        order.refresh_from_db()
        won = order.status
        assert (len(refused), len(facts(order)), order.version) == (1, 1, 2)
        assert Cancellation.objects.exists() is (won == OrderStatus.CANCELLED)
        assert (Shipment.objects.get(order=order).waybill == "W") is (won == OrderStatus.SHIPPED)
