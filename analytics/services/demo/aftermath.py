"""What happened to orders after they were written down: paid ones were cancelled, and money went back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from analytics.services.demo.plan import PlannedOrder
from config.kernel import scope
from config.kernel.actors import Actor
from config.kernel.money import Money, Rate
from fulfillment.models import Order
from fulfillment.services import orders, refunds
from fulfillment.states import OrderStatus
from merchants.accounts.models import Merchant

HUNDREDTH = 10_000  # millionths


def follow(
    placed: Sequence[PlannedOrder], merchants: Mapping[str, Merchant], *, handlers: Mapping[str, Actor]
) -> None:  # fmt: skip
    """Cancel and refund by the services that people do it by, oldest first."""
    for each in sorted(filter(_at, placed), key=lambda order: (_at(order), order.number)):
        with scope.acting_for(merchants[each.shop.slug]):
            _undo(each, by=handlers[each.shop.slug], now=_at(each))


def _at(each: PlannedOrder) -> datetime | None:
    went = each.course
    return went.refunded_at or (went.cancelled_at if went.status == OrderStatus.PAID else None)


def _undo(each: PlannedOrder, *, by: Actor, now: datetime) -> None:
    order = Order.objects.defer("recipient", "phone", "street").get(number=each.number)
    if each.course.cancelled_for:
        orders.cancel(order=order, reason=each.course.cancelled_for, note="", by=by, now=now)
        return
    amount = Money(each.total_minor, each.shop.currency).portion(Rate(each.course.refunded_share * HUNDREDTH))
    refunds.issue(
        order=order, amount=amount, reason=each.course.refunded_for, key=f"demo:{each.number}", by=by, now=now
    )  # fmt: skip
