"""How deadlines and the money of an order are judged."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from config.kernel.clock import day_starts
from config.kernel.money import Money
from fulfillment.states import MatchRule, MoneyState, OrderStatus

SURCHARGE_ABOVE = 5  # minor units: a smaller gap is the rounding of shares


class Promise(StrEnum):
    """What a deadline is about."""

    SHIP = "ship"
    DELIVER = "deliver"


@dataclass(frozen=True)
class Due:
    """A deadline and how it stands, or stood when it was met at `done_at`.

    A ship-by is a moment, `ends_at`. A deliver-by is a date, `on`, which is missed once it has ended in the merchant's
    zone: at `ends_at`.
    """

    promise: Promise
    ends_at: datetime
    done_at: datetime | None
    is_late: bool
    on: date | None = None


def ship_due(*, by: datetime | None, done_at: datetime | None, now: datetime) -> Due | None:
    """How the hand-over stands to its deadline; None where there is none."""
    return Due(Promise.SHIP, by, done_at, is_late=(done_at or now) > by) if by else None


def deliver_due(*, by: date | None, done_at: datetime | None, now: datetime, zone: ZoneInfo) -> Due | None:
    """How the delivery stands to its date; None where there is none."""
    if by is None:
        return None
    ended = day_starts(by + timedelta(days=1), zone=zone)
    return Due(Promise.DELIVER, ended, done_at, is_late=(done_at or now) >= ended, on=by)


def next_due(
    *, status: str, ship_by_at: datetime | None, deliver_by_on: date | None, now: datetime, zone: ZoneInfo
) -> Due | None:
    """The deadline that an order has to meet next: a missed one first, else the ship-by before the deliver-by.

    Nothing is due for an order that is not paid yet, delivered or cancelled.
    """
    deliver = deliver_due(by=deliver_by_on, done_at=None, now=now, zone=zone)
    if status == OrderStatus.SHIPPED:
        return deliver
    if status != OrderStatus.PAID:
        return None
    waiting = [due for due in (ship_due(by=ship_by_at, done_at=None, now=now), deliver) if due]
    return next((due for due in waiting if due.is_late), waiting[0] if waiting else None)


def money_state(
    *, status: str, total_minor: int, paid_minor: int, instalments: int, refunded_minor: int = 0
) -> MoneyState:  # fmt: skip
    """What to call the gap between paid and total; `instalments` is the highest count among the payments."""
    gap = paid_minor - total_minor
    if refunded_minor:
        return MoneyState.REFUNDED if refunded_minor >= min(paid_minor, total_minor) else MoneyState.PARTLY_REFUNDED
    if status == OrderStatus.CANCELLED:
        return MoneyState.CANCELLED if paid_minor else MoneyState.CANCELLED_UNPAID
    if not paid_minor and gap:
        return MoneyState.UNPAID
    if not gap:
        return MoneyState.MATCHED
    if instalments > 1 and gap > SURCHARGE_ABOVE:
        return MoneyState.SURCHARGE
    if abs(gap) <= SURCHARGE_ABOVE:
        return MoneyState.ROUNDING
    return MoneyState.ABOVE if gap > 0 else MoneyState.BELOW


def may_have_happened(at: datetime, *, after: datetime, now: datetime) -> bool:
    """Whether a moment that a person gives to the minute lies between two that a clock gave to the microsecond."""
    return after.replace(second=0, microsecond=0) <= at <= now


def reservation_key(order_id: uuid.UUID, position: int) -> str:
    """Under which a line's units are set aside."""
    return f"{order_id}:{position}"


MILLION = 1_000_000


def goods_minor(*, unit_price_minor: int, unit_price_ppm: int, quantity: int) -> int:
    """What units cost together, rounded once, half up; `unit_price_ppm` are millionths of a minor unit of each."""
    exact = (unit_price_minor * MILLION + unit_price_ppm) * quantity
    return (exact + MILLION // 2) // MILLION


class Left(NamedTuple):
    """What of a line is not refunded yet, in minor units."""

    goods: int
    freight: int


def shares(amount: Money, left: Sequence[Left]) -> list[Left]:
    """Spread a refund over lines by what is left of each, goods and freight alike; no share is above what is left.

    Raises ValueError for more than is left altogether.
    """
    if amount.minor > sum(sum(each) for each in left):
        raise ValueError("more than is left")
    parts = amount.split([sum(each) for each in left])
    return [
        Left(*(each.minor for each in part.split(rest))) if part else Left(0, 0)
        for part, rest in zip(parts, left, strict=True)
    ]


class Sold(NamedTuple):
    """A line of an earlier sale of the same goods, to the same customer, at the same price."""

    line_id: int
    left: int  # units of it that nothing took back yet


class Match(NamedTuple):
    """Which lines a cancellation takes units back from, and by which rule these were chosen."""

    rule: MatchRule
    taken: Sequence[Sold]  # of each line, so many


def match(quantity: int, sales: Sequence[Sold]) -> Match | None:
    """Find what a cancellation without a link takes back; `sales` are the earlier ones, the oldest first.

    The latest of which exactly so many are left, else the latest of which there are enough, else several, the newest
    first. None where all of them together have too few left: then it is not known what it takes back.
    """
    open_ = [sale for sale in sales if sale.left > 0]
    for rule, fits in ((MatchRule.EQUAL, quantity), (MatchRule.COVERS, None)):
        if found := [sale for sale in open_ if (sale.left == fits if fits else sale.left >= quantity)]:
            return Match(rule, [Sold(found[-1].line_id, quantity)])
    if sum(sale.left for sale in open_) < quantity:
        return None
    taken, missing = [], quantity
    for sale in reversed(open_):
        units = min(missing, sale.left)
        taken.append(Sold(sale.line_id, units))
        missing -= units
        if not missing:
            break
    return Match(MatchRule.SPREAD, taken)


def unmatched(*, has_customer: bool, was_sold: bool, is_sold_later: bool, has_other_price: bool) -> MatchRule:
    """Why a cancellation takes back nothing that is known. `was_sold` earlier, to the customer and at the price."""
    if not has_customer:
        return MatchRule.NO_CUSTOMER
    if was_sold:
        return MatchRule.USED_UP
    if is_sold_later:
        return MatchRule.LATER
    return MatchRule.OTHER_PRICE if has_other_price else MatchRule.NEVER
