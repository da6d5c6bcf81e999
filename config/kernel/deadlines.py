"""How near a deadline is: the columns of what is to be done, and the filter behind each of their numbers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, TextChoices, Value, When
from django.utils.translation import pgettext_lazy

from config.kernel.clock import day_starts

SOON = timedelta(hours=4)


class Nearness(TextChoices):
    OVERDUE = "overdue", pgettext_lazy("deadline", "Overdue")
    SOON = "soon", pgettext_lazy("deadline", "In 4 hours")
    TODAY = "today", pgettext_lazy("deadline", "Today")
    LATER = "later", pgettext_lazy("deadline", "Later")


def day_ends(now: datetime, *, zone: ZoneInfo) -> datetime:
    """The first moment of tomorrow."""
    return day_starts(now.astimezone(zone).date() + timedelta(days=1), zone=zone)


def nearness(moment: str, *, now: datetime, zone: ZoneInfo) -> Case:
    """Of the moments in a column, for a query: today begins where four hours end, what has no deadline comes later."""
    return Case(
        When(**{f"{moment}__lt": now}, then=Value(Nearness.OVERDUE.value)),
        When(**{f"{moment}__lte": now + SOON}, then=Value(Nearness.SOON.value)),
        When(**{f"{moment}__lte": day_ends(now, zone=zone)}, then=Value(Nearness.TODAY.value)),
        default=Value(Nearness.LATER.value),
        output_field=CharField(),
    )


def near(moment: datetime | None, *, now: datetime, zone: ZoneInfo) -> Nearness:
    """The same of one moment."""
    if moment is None:
        return Nearness.LATER
    if moment < now:
        return Nearness.OVERDUE
    if moment <= now + SOON:
        return Nearness.SOON
    return Nearness.TODAY if moment <= day_ends(now, zone=zone) else Nearness.LATER
