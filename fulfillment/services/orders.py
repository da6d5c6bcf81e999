"""What can be done to an order."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.events import Past
from fulfillment import rules
from fulfillment.errors import AlreadyCancelled, NotOurReason, OutOfOrder
from fulfillment.events import OrderCancelled, OrderDelivered, OrderShipped
from fulfillment.models import Cancellation, Order, Shipment
from fulfillment.states import OURS, CancellationReason, OrderStatus


@transaction.atomic
def cancel(*, order: Order, reason: CancellationReason, note: str, by: Actor, now: datetime) -> Order:
    """Cancel an order that has not shipped. What becomes of money that was paid is not decided here.

    Raises NotOurReason, AlreadyCancelled, IllegalMove.
    """
    if reason not in OURS:
        raise NotOurReason(_("Choose one of the reasons."), field="reason")
    order = Order.objects.locked().get(pk=order.pk)
    if order.status == OrderStatus.CANCELLED:
        raise AlreadyCancelled(_("This order is cancelled already."))
    _move(order, OrderStatus.CANCELLED, now=now)
    Cancellation.objects.create(order=order, reason=reason, note=note, by=by.label, at=now)
    events.record(OrderCancelled(order_id=str(order.public_id), reason=reason.value), by=by, now=now)
    return order


@transaction.atomic
def ship(*, order: Order, carrier: str, waybill: str, at: datetime, by: Actor, now: datetime) -> Order:
    """Note that the parcel of a paid order was handed over at a moment. Raises IllegalMove, OutOfOrder."""
    order = Order.objects.locked().get(pk=order.pk)
    _move(order, OrderStatus.SHIPPED, now=now)
    if not rules.may_have_happened(at, after=order.placed_at, now=now):
        raise OutOfOrder(_("A parcel is handed over after the order was placed, and not in the future."), field="at")
    values = {"carrier": carrier, "waybill": waybill, "handed_over_at": at}
    Shipment.objects.update_or_create(order=order, defaults=values)
    events.record_past([Past(OrderShipped(order_id=str(order.public_id)), at)], by=by, now=now)
    return order


@transaction.atomic
def deliver(*, order: Order, at: datetime, by: Actor, now: datetime) -> Order:
    """Note that a shipped order reached its buyer at a moment. Raises IllegalMove, OutOfOrder."""
    order = Order.objects.locked().get(pk=order.pk)
    _move(order, OrderStatus.DELIVERED, now=now)
    shipment, _is_new = Shipment.objects.get_or_create(order=order)
    if not rules.may_have_happened(at, after=shipment.handed_over_at or order.placed_at, now=now):
        raise OutOfOrder(_("A parcel arrives after it was handed over, and not in the future."), field="at")
    shipment.delivered_at = at
    shipment.save(update_fields=["delivered_at"])
    events.record_past([Past(OrderDelivered(order_id=str(order.public_id)), at)], by=by, now=now)
    return order


def _move(order: Order, to: OrderStatus, *, now: datetime) -> None:
    order.move_to(to)
    order.version, order.updated_at = order.version + 1, now
    order.save(update_fields=["status", "version", "updated_at"])
