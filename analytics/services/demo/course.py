"""What became of an order: paid, shipped, delivered, cancelled, or still waiting, as its age allows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from analytics.services.demo.rhythm import in_working_hours
from analytics.services.demo.shops import Shop
from fulfillment.states import CancellationReason, OrderStatus

REASONS = [CancellationReason.BUYER] * 6 + [
    CancellationReason.STOCK, CancellationReason.STOCK, CancellationReason.ADDRESS, CancellationReason.FRAUD,
]  # fmt: skip
UNPAID_FOR = timedelta(hours=20)  # then it is paid, or gone
FRESH = timedelta(hours=100)  # in which a slow order still waits
SOON = timedelta(hours=8)  # the end of the time in which it has to leave, when nearly every order still waits
SLOW, SLOW_FRESH, SLOW_SOON, CANCELLED, LATE = 0.07, 0.4, 0.9, 0.06, 0.07


@dataclass(frozen=True)
class Course:
    """Moments are None where they have not come; a cancelled order has a reason."""

    status: OrderStatus
    deliver_by_on: date
    paid_at: datetime | None = None
    ship_by_at: datetime | None = None
    handed_over_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_for: CancellationReason | None = None
    cancelled_at: datetime | None = None


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
            return Course(
                OrderStatus.CANCELLED, promised, paid_at, ship_by_at, cancelled_for=chance.choice(REASONS),
                cancelled_at=cancelled_at,
            )  # fmt: skip
    slow = SLOW_SOON if now < ship_by_at < now + SOON else SLOW_FRESH if age < FRESH else SLOW
    handed_over_at = _handed_over(shop, paid_at, is_slow=chance.random() < slow, chance=chance)
    if handed_over_at > now:
        return Course(OrderStatus.PAID, promised, paid_at, ship_by_at)
    delivered_at = _delivered(shop, handed_over_at, chance)
    if delivered_at > now:
        return Course(OrderStatus.SHIPPED, promised, paid_at, ship_by_at, handed_over_at)
    return Course(OrderStatus.DELIVERED, promised, paid_at, ship_by_at, handed_over_at, delivered_at)


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
