"""What can be done to an order."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.errors import ChangedMeanwhile
from fulfillment.errors import AlreadyCancelled, NothingShipped, NotOurReason, PartlyShipped
from fulfillment.events import OrderCancelled, RestCancelled
from fulfillment.models import Cancellation, Order, OrderLine
from fulfillment.services import refunds, shipping
from fulfillment.states import ORDER_FLOW, OURS, USUAL_CAUSE, CancellationReason, Cause, OrderStatus
from inventory.services import reservations

ship, deliver = shipping.ship, shipping.deliver


@transaction.atomic
def hold_as_seen(*, order: Order, version: int) -> None:
    """Keep an order as somebody saw it until what they do to it is done. Raises ChangedMeanwhile."""
    if Order.objects.locked().get(pk=order.pk).version != version:
        raise ChangedMeanwhile(_("It was changed meanwhile."))


@transaction.atomic
def cancel(
    *, order: Order, reason: CancellationReason, note: str, cause: Cause | None = None, by: Actor, now: datetime
) -> Order:
    """Cancel an order of which nothing has shipped, give back its stock and what of its money is in the books.

    Without a `cause` it is the usual one of the reason. Raises NotOurReason, AlreadyCancelled, PartlyShipped,
    IllegalMove.
    """
    if reason not in OURS:
        raise NotOurReason(_("Choose one of the reasons."), field="reason")
    order = Order.objects.locked().get(pk=order.pk)
    if order.status == OrderStatus.CANCELLED:
        raise AlreadyCancelled(_("This order is cancelled already."))
    return _cancel(order, reason, note, cause or USUAL_CAUSE[reason], by=by, now=now)


@transaction.atomic
def cancel_rest(
    *, order: Order, reason: CancellationReason, note: str, cause: Cause | None = None, by: Actor, now: datetime
) -> Order:
    """Send nothing more of a paid order that left in part: what was set aside for it is free again, and what is not
    sent is given back, less what was given back of the same lines before.

    Raises NotOurReason, IllegalMove, NothingShipped.
    """
    if reason not in OURS:
        raise NotOurReason(_("Choose one of the reasons."), field="reason")
    order, cause = Order.objects.locked().get(pk=order.pk), cause or USUAL_CAUSE[reason]
    ORDER_FLOW.check(OrderStatus(order.status), OrderStatus.CANCELLED)
    lines = OrderLine.objects.filter(order=order)
    if not lines.filter(shipped__gt=0).exists():
        raise NothingShipped(_("Nothing of this order has left the house. Cancel it as a whole."))
    shipping.end_here(order=order)
    _note(order, reason, note, cause, by=by, now=now)
    refunds.issue_unsent(order=order, by=by, now=now)
    unsent = sum(line.quantity - line.shipped for line in lines)
    fact = RestCancelled(order_id=str(order.public_id), reason=reason.value, cause=cause.value, units=unsent)
    events.record(fact, by=by, now=now)
    return order


@transaction.atomic
def cancel_unpaid(*, order_ids: Sequence[str], by: Actor, now: datetime) -> int:
    """Cancel those of the orders that were not paid while their stock was set aside; say how many."""
    unpaid = list(Order.objects.filter(public_id__in=order_ids, status=OrderStatus.PLACED).locked())
    for order in unpaid:
        reason = CancellationReason.UNPAID
        _cancel(order, reason, "", USUAL_CAUSE[reason], by=by, now=now)
    return len(unpaid)


def _cancel(order: Order, reason: CancellationReason, note: str, cause: Cause, *, by: Actor, now: datetime) -> Order:
    order.move_to(OrderStatus.CANCELLED)
    if OrderLine.objects.filter(order=order, shipped__gt=0).exists():
        raise PartlyShipped(_("A part of this order has left the house. Cancel the rest of it instead."))
    _note(order, reason, note, cause, by=by, now=now)
    refunds.issue_rest(order=order, by=by, now=now)
    fact = OrderCancelled(order_id=str(order.public_id), reason=reason.value, cause=cause.value)
    events.record(fact, by=by, now=now)
    return order


def _note(order: Order, reason: CancellationReason, note: str, cause: Cause, *, by: Actor, now: datetime) -> None:
    """Keep why, and free what is still set aside."""
    order.version, order.updated_at = order.version + 1, now
    order.save(update_fields=["status", "version", "updated_at"])
    Cancellation.objects.create(order=order, reason=reason, cause=cause, note=note, by=by.label, at=now)
    reservations.release(owner=order.about)
