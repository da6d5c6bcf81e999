"""The one clock. It is read at the edge (request, task, command) and handed inwards as `now`."""

import time as machine
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone

KNOWN_FOR = 1  # second: so long a moved clock may go unnoticed

Ahead = Callable[[], timedelta]
_asked: list[Ahead] = []
_known: tuple[float, timedelta] | None = None  # until when, how far


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now() + ahead()


def ahead() -> timedelta:
    """How far the clock goes ahead of the machine's: nothing but in a demo."""
    global _known
    if not _asked:
        return timedelta()
    if _known is None or _known[0] < machine.monotonic():
        _known = machine.monotonic() + KNOWN_FOR, _asked[0]()
    return _known[1]


def go_ahead_by(ask: Ahead) -> None:
    """Name who knows how far the clock goes ahead; a demo does so when it is ready."""
    _asked[:] = [ask]


def look_again() -> None:
    """Forget how far it went ahead."""
    global _known
    _known = None


def day_starts(day: date, *, zone: tzinfo) -> datetime:
    """The first moment of a date in a zone."""
    # in UTC, for two moments of one zone are compared by what its clocks show, which may go back
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
