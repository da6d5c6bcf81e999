"""The arithmetic of commissions and periods: values in, values out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from config.kernel.clock import day_starts
from config.kernel.money import Money, Rate
from merchants.money.states import Bound


class Terms(Protocol):
    """A rule of the operator; its bounds are minor units of one line's fee."""

    rate_ppm: int
    tax_ppm: int
    least_minor: int | None
    most_minor: int | None


@dataclass(frozen=True, slots=True)
class Fee:
    """What the operator takes of one line: the fee, the tax on it, and the bound it met."""

    fee: Money
    tax: Money
    bound: Bound

    @property
    def total(self) -> Money:
        return self.fee + self.tax


def commission(base: Money, terms: Terms | None) -> Fee:
    """The share of `base`, kept within the bounds, and tax on what comes of it.

    Nothing is taken where no rule was announced, and of nothing.
    """
    if terms is None or base.minor <= 0:
        return Fee(Money(0, base.currency), Money(0, base.currency), Bound.NONE)
    fee, bound = base.portion(Rate(terms.rate_ppm)), Bound.NONE
    if terms.least_minor is not None and fee.minor < terms.least_minor:
        fee, bound = Money(terms.least_minor, base.currency), Bound.LEAST
    if terms.most_minor is not None and fee.minor > terms.most_minor:
        fee, bound = Money(terms.most_minor, base.currency), Bound.MOST
    return Fee(fee, fee.portion(Rate(terms.tax_ppm)), bound)


def given_back(frozen: Money, *, of: Money, before: Money, now: Money) -> Money:
    """What a refund gives back of a fee that was frozen on a sale of `of`, when `before` was refunded earlier.

    It is counted from the start each time, so that the parts of several refunds sum to the fee exactly when all is
    refunded, in whatever steps.
    """
    if not of:
        return Money(0, frozen.currency)
    return frozen.fraction((before + now).minor, of.minor) - frozen.fraction(before.minor, of.minor)


def period_of(at: datetime, *, zone: ZoneInfo) -> date:
    """The month that a moment lies in: its first day."""
    return at.astimezone(zone).date().replace(day=1)


def next_period(period_on: date) -> date:
    return (period_on + timedelta(days=31)).replace(day=1)


def bounds(period_on: date, *, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a month begins and ends: `[starts_at, ends_at)`."""
    return day_starts(period_on, zone=zone), day_starts(next_period(period_on), zone=zone)


def last_ended(now: datetime, *, zone: ZoneInfo) -> date:
    """The latest month that is over."""
    return (period_of(now, zone=zone) - timedelta(days=1)).replace(day=1)
