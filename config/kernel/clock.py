"""The one clock. It is read at the edge (request, task, command) and handed inwards as `now`."""

from datetime import UTC, date, datetime, time, tzinfo

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def day_starts(day: date, *, zone: tzinfo) -> datetime:
    """The first moment of a date in a zone."""
    # in UTC, for two moments of one zone are compared by what its clocks show, which may go back
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
