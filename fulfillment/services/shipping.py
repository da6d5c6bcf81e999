"""Parcels leave and arrive: an order is shipped once nothing is left of it, and delivered once all of it is."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.events import Event, Past
from fulfillment import rules
from fulfillment.errors import AllRefunded, MoreThanIsLeft, OutOfOrder, ParcelUnknown, WaybillUsed
from fulfillment.events import OrderDelivered, OrderShipped, ParcelDelivered, ParcelShipped
from fulfillment.models import Order, OrderLine, Parcel, ParcelLine, Shipment
from fulfillment.states import ORDER_FLOW, OrderStatus
from inventory.services import reservations
from inventory.services.reservations import Sent


@transaction.atomic
def ship(
    *, order: Order, carrier: str, waybill: str, at: datetime, units: Mapping[int, int] | None = None, by: Actor,
    now: datetime,
) -> Order:  # fmt: skip
    """Note that a parcel of a paid order was handed over at a moment, with `units` by the position of their line, or
    with all that is left. The same parcel said twice is one.

    Raises IllegalMove, OutOfOrder, MoreThanIsLeft, WaybillUsed, AllRefunded, ReservationEnded.
    """
    order = Order.objects.locked().get(pk=order.pk)
    if standing := Parcel.objects.filter(order=order, carrier=carrier, waybill=waybill).first():
        return _same(order, standing, units)
    ORDER_FLOW.check(OrderStatus(order.status), OrderStatus.SHIPPED)
    if order.refunded_minor and order.refunded_minor >= order.paid_minor:
        raise AllRefunded(_("All of this order was refunded. Cancel what is not sent."))
    if not rules.may_have_happened(at, after=order.placed_at, now=now):
        raise OutOfOrder(_("A parcel is handed over after the order was placed, and not in the future."), field="at")
    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    packed = _packed(lines, units)
    parcel = Parcel.objects.create(order=order, carrier=carrier, waybill=waybill, handed_over_at=at)
    _send(order, parcel, packed, by=by, now=now)
    if all(line.shipped == line.quantity for line in lines):
        _all_left(order)
        fact: Event = OrderShipped(order_id=str(order.public_id))
    else:
        sent = sum(packed.values())
        fact = ParcelShipped(order_id=str(order.public_id), parcel_id=str(parcel.public_id), units=sent)
    _keep(order, now=now)
    events.record_past([Past(fact, at)], by=by, now=now)
    return order


def _all_left(order: Order) -> None:
    """Nothing of it is left to send: it travels as its last parcel does."""
    order.move_to(OrderStatus.SHIPPED)
    last = Parcel.objects.filter(order=order).latest("handed_over_at", "pk")
    values = {"carrier": last.carrier, "waybill": last.waybill, "handed_over_at": last.handed_over_at}
    Shipment.objects.update_or_create(order=order, defaults=values)


def end_here(*, order: Order) -> None:
    """Send nothing more of a locked order that left in part; where all of that arrived, it is delivered.

    Raises IllegalMove.
    """
    _all_left(order)
    parcels = list(Parcel.objects.filter(order=order))
    if all(parcel.delivered_at for parcel in parcels):
        order.move_to(OrderStatus.DELIVERED)
        arrived = max(parcel.delivered_at for parcel in parcels)
        Shipment.objects.filter(order=order).update(delivered_at=arrived)


def _packed(lines: Sequence[OrderLine], units: Mapping[int, int] | None) -> dict[OrderLine, int]:
    """Raises MoreThanIsLeft."""
    left = {line.position: line.quantity - line.shipped for line in lines}
    wanted = left if units is None else {position: number for position, number in units.items() if number}
    for position, number in wanted.items():
        if not 0 <= number <= left.get(position, 0):
            raise MoreThanIsLeft(_("There is less than that left to ship."), field="units", line=position)
    packed = {line: wanted[line.position] for line in lines if wanted.get(line.position)}
    if not packed:
        raise MoreThanIsLeft(_("Put at least one unit into the parcel."), field="units")
    return packed


def _send(order: Order, parcel: Parcel, packed: Mapping[OrderLine, int], *, by: Actor, now: datetime) -> None:
    ParcelLine.objects.bulk_create(
        ParcelLine(parcel=parcel, line=line, quantity=number) for line, number in packed.items()
    )
    sent = []
    for line, number in packed.items():
        line.shipped += number
        line.save(update_fields=["shipped"])
        key = rules.reservation_key(order.public_id, line.position)
        sent.append(Sent(key, number, f"parcel:{parcel.public_id}:{line.position}"))
    reservations.ship(sent, by=by, now=now)


def _same(order: Order, parcel: Parcel, units: Mapping[int, int] | None) -> Order:
    """Raises WaybillUsed."""
    held = dict(ParcelLine.objects.filter(parcel=parcel).values_list("line__position", "quantity"))
    if units is not None and {position: number for position, number in units.items() if number} != held:
        raise WaybillUsed(_("A parcel with this waybill was noted already, with other contents."), field="waybill")
    return order


@transaction.atomic
def deliver(
    *, order: Order, at: datetime, parcel_id: uuid.UUID | None = None, by: Actor, now: datetime
) -> Order:  # fmt: skip
    """Note that a parcel, or without one all that is under way, reached the buyer at a moment. The same said twice of
    a parcel is one.

    Raises IllegalMove, OutOfOrder, ParcelUnknown.
    """
    order = Order.objects.locked().get(pk=order.pk)
    parcels = list(Parcel.objects.filter(order=order).locked())
    arrived = _arrived(parcels, parcel_id)
    if parcel_id and arrived[0].delivered_at:
        if arrived[0].delivered_at != at:
            raise OutOfOrder(_("The arrival of this parcel was noted already, at another moment."), field="at")
        return order
    is_last = all(parcel.delivered_at or parcel in arrived for parcel in parcels)
    if not parcel_id or (is_last and order.status == OrderStatus.SHIPPED):
        order.move_to(OrderStatus.DELIVERED)
        fact: Event = OrderDelivered(order_id=str(order.public_id))
    else:
        fact = ParcelDelivered(order_id=str(order.public_id), parcel_id=str(parcel_id))
    _note_arrival(order, arrived, at=at, now=now)
    _keep(order, now=now)
    events.record_past([Past(fact, at)], by=by, now=now)
    return order


def _arrived(parcels: Sequence[Parcel], parcel_id: uuid.UUID | None) -> list[Parcel]:
    """Raises ParcelUnknown."""
    if parcel_id is None:
        return [parcel for parcel in parcels if parcel.delivered_at is None]
    found = [parcel for parcel in parcels if parcel.public_id == parcel_id]
    if not found:
        raise ParcelUnknown(_("This order has no such parcel."), field="parcel")
    return found


def _note_arrival(order: Order, arrived: Sequence[Parcel], *, at: datetime, now: datetime) -> None:
    """Raises OutOfOrder."""
    shipment, _is_new = Shipment.objects.get_or_create(order=order)
    sent_at = max((parcel.handed_over_at for parcel in arrived), default=shipment.handed_over_at or order.placed_at)
    if not rules.may_have_happened(at, after=sent_at, now=now):
        raise OutOfOrder(_("A parcel arrives after it was handed over, and not in the future."), field="at")
    Parcel.objects.filter(pk__in=[parcel.pk for parcel in arrived]).update(delivered_at=at)
    if order.status == OrderStatus.DELIVERED:
        # parcels are not always noted in the order in which they arrived
        shipment.delivered_at = (
            Parcel.objects.filter(order=order).aggregate(Max("delivered_at"))["delivered_at__max"] or at
        )
        shipment.save(update_fields=["delivered_at"])


def _keep(order: Order, *, now: datetime) -> None:
    order.version, order.updated_at = order.version + 1, now
    order.save(update_fields=["status", "version", "updated_at"])
