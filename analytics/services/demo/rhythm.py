"""When people order: by hour, weekday and payday."""

from datetime import datetime, timedelta
from random import Random

from analytics.services.demo.shops import Shop

DAYS = 30
# how many of a hundred orders or so come in each hour of the day, and on each day of the week
HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 11, 13, 11, 9, 9, 9, 10, 12, 14, 16, 15, 10, 5]
WEEKDAYS = [10, 9, 9, 10, 11, 13, 14]
PAYDAY = 1.5
OPENS, CLOSES = 9, 18  # hours in which parcels are handed over


def moments(shop: Shop, *, count: int, now: datetime, chance: Random) -> list[datetime]:
    """The moments of a month's orders up to now, oldest first."""
    hours = [now - timedelta(hours=back) for back in range(1, DAYS * 24 + 1)]
    chosen = chance.choices(hours, [_weight(shop, hour) for hour in hours], k=count)
    return sorted(hour + timedelta(seconds=chance.randrange(3_600)) for hour in chosen)


def _weight(shop: Shop, at: datetime) -> float:
    local = at.astimezone(shop.zone)
    bump = PAYDAY if local.day in shop.paydays else 1
    return HOURS[local.hour] * WEEKDAYS[local.weekday()] * bump


def in_working_hours(at: datetime, *, shop: Shop) -> datetime:
    """The moment itself, or the next one at which somebody is at work in the shop."""
    local = at.astimezone(shop.zone)
    if local.hour < OPENS:
        local = local.replace(hour=OPENS)
    elif local.hour >= CLOSES:
        local = local.replace(hour=OPENS) + timedelta(days=1)
    return local.astimezone(at.tzinfo)
