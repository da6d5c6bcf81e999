"""When people order: by hour, weekday and payday, and by the seasons of where they live."""

from bisect import bisect_left
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

from analytics.services.demo.shops import Shop

DAYS = 365
# how many of a hundred orders or so come in each hour of the day, and on each day of the week
HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 11, 13, 11, 9, 9, 9, 10, 12, 14, 16, 15, 10, 5]
WEEKDAYS = [10, 9, 9, 10, 11, 13, 14]
PAYDAY = 1.5
GROWTH = 0.8  # over the year
OPENS, CLOSES = 9, 18  # hours in which parcels are handed over
# first days of the lunar year, from astronomical tables
NEW_YEARS = [
    date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13),
    date(2030, 2, 3), date(2031, 1, 23), date(2032, 2, 11),
]  # fmt: skip
THURSDAY = 3


def moments(shop: Shop, *, count: int, now: datetime, chance: Random) -> list[datetime]:
    """The moments of a year's orders up to now, or up to when the shop closed, oldest first."""
    first = shop.closed_for * 24 + 1
    hours = [now - timedelta(hours=back) for back in range(first, DAYS * 24 + 1)]
    upto = list(accumulate(_weight(shop, hour, now) for hour in hours))
    chosen = [hours[bisect_left(upto, chance.random() * upto[-1])] for _ in range(count)]
    return sorted(hour + timedelta(seconds=chance.randrange(3_600)) for hour in chosen)


def _weight(shop: Shop, at: datetime, now: datetime) -> float:
    local = at.astimezone(shop.zone)
    bump = PAYDAY if local.day in shop.paydays else 1
    grown = 1 + GROWTH * (1 - (now - at) / timedelta(days=DAYS))
    return HOURS[local.hour] * WEEKDAYS[local.weekday()] * bump * grown * season(local.date(), country=shop.country)


@lru_cache(maxsize=2_048)
def season(day: date, *, country: str) -> float:
    """How much more, or less, is ordered on a day than on others."""
    return _in_china(day) if country == "CN" else _in_europe(day)


def _in_china(day: date) -> float:
    """11.11, 618 and 12.12; a rush before the lunar new year, and nobody there at the feast."""
    away = min((day - feast).days for feast in NEW_YEARS if abs((day - feast).days) < 183)
    if -6 <= away <= 7:
        return 0.2
    if -25 <= away < -6:
        return 1.6
    days = {11: (1, 11, 9, 5.0, 1.9), 6: (1, 18, 16, 3.4, 1.5), 12: (10, 12, 12, 2.2, 1.3)}.get(day.month)
    if days is None:
        return 1.0
    first, last, height_from, height, before = days
    if not first <= day.day <= last:
        return 0.8 if day.day > last and day.month == 11 else 1.0
    return height if day.day >= height_from else before


def _in_europe(day: date) -> float:
    """Black Friday to Cyber Monday, Christmas and the quiet after it, and summer."""
    november = date(day.year, 11, 1)
    friday = november + timedelta(days=(THURSDAY - november.weekday()) % 7 + 22)
    if timedelta() <= day - friday <= timedelta(days=3):
        return 4.5
    if (day.month, day.day) >= (12, 24) or (day.month == 1 and day.day <= 6):
        return 0.5
    if day.month == 12:
        return 2.4 if day.day <= 18 else 1.2
    return {11: 1.3, 6: 1.1, 7: 1.2, 8: 1.1, 1: 0.8, 2: 0.8}.get(day.month, 1.0)


def in_working_hours(at: datetime, *, shop: Shop) -> datetime:
    """The moment itself, or the next one at which somebody is at work in the shop."""
    local = at.astimezone(shop.zone)
    if local.hour < OPENS:
        local = local.replace(hour=OPENS)
    elif local.hour >= CLOSES:
        local = local.replace(hour=OPENS) + timedelta(days=1)
    return local.astimezone(at.tzinfo)
