"""What became of an order: paid, shipped, delivered, cancelled, or still waiting, as its age allows."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from analytics.services.demo.rhythm import in_working_hours
from analytics.services.demo.shops import Shop
from fulfillment.states import CancellationReason, OrderStatus, RefundReason

REASONS = [CancellationReason.BUYER] * 6 + [
    CancellationReason.STOCK, CancellationReason.STOCK, CancellationReason.ADDRESS, CancellationReason.FRAUD,
]  # fmt: skip
UNPAID_FOR = timedelta(hours=20)  # then it is paid, or gone
FRESH = timedelta(hours=100)  # in which a slow order still waits
SOON = timedelta(hours=8)  # the end of the time in which it has to leave, when nearly every order still waits
SLOW, SLOW_FRESH, SLOW_SOON, CANCELLED, LATE = 0.07, 0.4, 0.9, 0.04, 0.07
NEVER_PAID = 0.4  # of those that are cancelled
REFUNDED = 0.02  # of what was delivered
WHY_BACK = [
    RefundReason.DAMAGED, RefundReason.DAMAGED, RefundReason.MISSING, RefundReason.PRICE, RefundReason.GOODWILL,
    RefundReason.RETURNED,
]  # fmt: skip
SHARES = (10, 15, 20, 30, 50, 100)  # hundredths of what was paid


@dataclass(frozen=True)
class Course:
    """Moments are None where they have not come; a cancelled order has a reason.

    One that was paid and then cancelled is PAID at first: it is cancelled afterwards, and its money goes back. So does
    a part of the money of a delivered one that has a `refunded_for`, in hundredths of it.
    """

    status: OrderStatus
    deliver_by_on: date
    paid_at: datetime | None = None
    ship_by_at: datetime | None = None
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_for: CancellationReason | None = None
    cancelled_at: datetime | None = None
    refunded_for: RefundReason | None = None
    refunded_at: datetime | None = None
    refunded_share: int = 0


def of_order(shop: Shop, *, placed_at: datetime, now: datetime, chance: Random) -> Course:
    promised = placed_at.astimezone(shop.zone).date() + timedelta(days=shop.deliver_within)
    age = now - placed_at
    if age < UNPAID_FOR and chance.random() < 0.35:
        return Course(OrderStatus.PLACED, promised)
    paid_at = placed_at + timedelta(seconds=chance.randint(20, 1_500))
    if paid_at > now:
        return Course(OrderStatus.PLACED, promised)
    ship_by_at = paid_at + timedelta(hours=shop.ship_within)
    if chance.random() < CANCELLED:
        cancelled_at = paid_at + timedelta(minutes=chance.randint(15, 900))
        if cancelled_at <= now:
            return _cancelled(promised, paid_at, ship_by_at, cancelled_at, chance)
    slow = SLOW_SOON if now < ship_by_at < now + SOON else SLOW_FRESH if age < FRESH else SLOW
    handed_over_at = _handed_over(shop, paid_at, is_slow=chance.random() < slow, chance=chance)
    if handed_over_at > now:
        return Course(OrderStatus.PAID, promised, paid_at, ship_by_at)
    delivered_at = _delivered(shop, handed_over_at, chance)
    if delivered_at > now:
        return Course(OrderStatus.SHIPPED, promised, paid_at, ship_by_at, handed_over_at)
    went = Course(OrderStatus.DELIVERED, promised, paid_at, ship_by_at, handed_over_at, delivered_at)
    return _refunded(went, now=now, chance=chance)


def _cancelled(
    promised: date, paid_at: datetime, ship_by_at: datetime, cancelled_at: datetime, chance: Random
) -> Course:  # fmt: skip
    if chance.random() < NEVER_PAID:
        return Course(
            OrderStatus.CANCELLED, promised, cancelled_for=CancellationReason.UNPAID, cancelled_at=cancelled_at
        )  # fmt: skip
    return Course(
        OrderStatus.PAID, promised, paid_at, ship_by_at, cancelled_for=chance.choice(REASONS), cancelled_at=cancelled_at
    )  # fmt: skip


def _refunded(went: Course, *, now: datetime, chance: Random) -> Course:
    lucky, reason, share = chance.random() >= REFUNDED, chance.choice(WHY_BACK), chance.choice(SHARES)
    at = went.delivered_at + timedelta(hours=chance.uniform(6, 150))
    if lucky or at > now:
        return went
    return replace(went, refunded_for=reason, refunded_at=at, refunded_share=share)


def _handed_over(shop: Shop, paid_at: datetime, *, is_slow: bool, chance: Random) -> datetime:
    """Most are quick; some take longer than promised, and of the fresh ones enough to have work to do today."""
    limit = shop.ship_within
    hours = chance.uniform(limit - 2, limit + 42) if is_slow else chance.triangular(3, limit - 12, limit * 0.5)
    minutes = timedelta(minutes=chance.randrange(55))
    return in_working_hours(paid_at + timedelta(hours=hours), shop=shop) + minutes


def _delivered(shop: Shop, handed_over_at: datetime, chance: Random) -> datetime:
    days = chance.uniform(1.0, shop.deliver_within - 2.5)
    if chance.random() < LATE:
        days += chance.uniform(2, 5)
    return in_working_hours(handed_over_at + timedelta(days=days), shop=shop)
