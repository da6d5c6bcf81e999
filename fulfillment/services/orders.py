"""What can be done to an order."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.errors import ChangedMeanwhile
from fulfillment.errors import AlreadyCancelled, NotOurReason, PartlyShipped
from fulfillment.events import OrderCancelled
from fulfillment.models import Cancellation, Order, OrderLine
from fulfillment.services import refunds, shipping
from fulfillment.states import OURS, USUAL_CAUSE, CancellationReason, Cause, OrderStatus
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
        raise PartlyShipped(_("A part of this order has left the house. Refund what is not sent instead."))
    order.version, order.updated_at = order.version + 1, now
    order.save(update_fields=["status", "version", "updated_at"])
    Cancellation.objects.create(order=order, reason=reason, cause=cause, note=note, by=by.label, at=now)
    reservations.release(owner=order.about)
    refunds.issue_rest(order=order, by=by, now=now)
    fact = OrderCancelled(order_id=str(order.public_id), reason=reason.value, cause=cause.value)
    events.record(fact, by=by, now=now)
    return order
