"""The clock of a demo: it may be moved ahead, for the web server, the worker and the scheduler alike."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from analytics.errors import ClockTooFar, NotADemo
from analytics.events import DemoClockMoved
from analytics.models import DemoClock
from config.kernel import clock, events, scope
from config.kernel.actors import Actor
from merchants.accounts.services import merchants

FARTHEST = timedelta(days=366)


def ahead() -> timedelta:
    """How far it goes ahead; nothing where no demo was made."""
    row = DemoClock.objects.filter(pk=DemoClock.ONLY).first()
    return row.ahead if row else timedelta()


@transaction.atomic
def wind_up(*, now: datetime) -> None:
    """Give a platform that is filled with sample shops a clock that can be moved."""
    merchants.platform(now=now)
    DemoClock.objects.get_or_create(pk=DemoClock.ONLY)


@transaction.atomic
def move(by_how_much: timedelta, *, by: Actor, now: datetime) -> timedelta:
    """Move it on from where it is; say how far it goes ahead now. Raises NotADemo, ClockTooFar."""
    row = _locked()
    ahead_now = row.ahead + by_how_much
    if by_how_much <= timedelta() or ahead_now > FARTHEST:
        raise ClockTooFar(_("The demo's clock goes forward only, and at most a year. Reset it to go back."))
    return _set(row, ahead_now, by=by, now=now + by_how_much)


@transaction.atomic
def reset(*, by: Actor, now: datetime) -> timedelta:
    """Back to the machine's time; what was done meanwhile keeps its moments. Raises NotADemo."""
    row = _locked()
    return _set(row, timedelta(), by=by, now=now - row.ahead)


def _locked() -> DemoClock:
    row = DemoClock.objects.select_for_update().filter(pk=DemoClock.ONLY).first()
    if row is None:
        raise NotADemo(_("Only the clock of a demo can be moved: manage.py quickstart makes one."))
    return row


def _set(row: DemoClock, ahead_now: timedelta, *, by: Actor, now: datetime) -> timedelta:
    before, row.ahead_seconds = row.ahead_seconds, ahead_now // timedelta(seconds=1)
    row.save(update_fields=["ahead_seconds"])
    with scope.acting_for(merchants.platform(now=now)):
        events.record(DemoClockMoved(before_seconds=before, after_seconds=row.ahead_seconds), by=by, now=now)
    transaction.on_commit(clock.look_again)
    return row.ahead
