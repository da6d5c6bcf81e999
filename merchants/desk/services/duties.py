"""Recurring duties: performed once for each time they are due, and what an admin may change of them."""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import duties, events, scope, wake
from config.kernel.actors import Actor, machine
from merchants.accounts.models import Merchant
from merchants.desk import rules
from merchants.desk.errors import CadenceOutOfBounds, DutyIsPaused
from merchants.desk.events import DutyAskedFor, DutyCadenceChanged, DutyEvent, DutyPaused, DutyResumed
from merchants.desk.models import Duty, DutyRun
from merchants.desk.services import work_items
from merchants.desk.states import DutyOutcome

log = logging.getLogger(__name__)
PERFORM = "merchants.desk.tasks.perform_duty"
FAILING = "desk.duty_failing"
FAILING_FROM = 3  # failures in a row
RUNS_KEPT = timedelta(days=7)
FORGOTTEN_AT_ONCE = 50_000
SYSTEM = machine("system")


def tick(*, now: datetime) -> list[str]:
    """Wake a worker for each duty that is due; say which."""
    found = dict(Duty.objects.values_list("key", "pk"))
    missing = [kind for kind in duties.kinds() if kind.key not in found]
    if missing:
        _add(missing, now=now)
    due = [
        duty.key
        for duty in Duty.objects.filter(is_paused=False, key__in=[kind.key for kind in duties.kinds()]).order_by("pk")
        if rules.due_time(next_due_at=duty.next_due_at, cadence=duty.cadence, now=now)
    ]
    for key in due:
        wake.after_commit(PERFORM, key=key)
    return due


def _add(kinds: list[duties.Kind], *, now: datetime) -> None:
    rows = [
        Duty(key=kind.key, cadence_seconds=kind.every // timedelta(seconds=1), next_due_at=now + kind.every)
        for kind in kinds
    ]
    Duty.objects.bulk_create(rows, ignore_conflicts=True)  # another beat may have been quicker


@transaction.atomic
def perform(key: str, *, now: datetime) -> bool:
    """Perform a duty for the time it is due; its receipt commits with its effect. Whether it was due and free."""
    kind = duties.kind(key)
    duty = Duty.objects.select_for_update(skip_locked=True).filter(key=key, is_paused=False).order_by("pk").first()
    if duty is None or kind is None:
        return False
    due_at = rules.due_time(next_due_at=duty.next_due_at, cadence=duty.cadence, now=now)
    if due_at is None:
        return False
    done, is_new = DutyRun.objects.get_or_create(
        duty=duty, due_at=due_at, defaults={"started_at": now, "outcome": DutyOutcome.DONE}
    )  # fmt: skip
    duty.next_due_at = due_at + duty.cadence
    if is_new:  # else the clock has gone back to a time that was served
        _carry_out(kind, duty, done, now=now)
    duty.save(
        update_fields=[
            "next_due_at", "last_started_at", "last_finished_at", "last_outcome", "last_milliseconds", "failures",
        ]
    )  # fmt: skip
    return is_new


def _carry_out(kind: duties.Kind, duty: Duty, done: DutyRun, *, now: datetime) -> None:
    began = time.monotonic()
    try:
        with transaction.atomic(), scope.acting_for_nobody():
            kind.perform(now=now)
    except Exception as fault:
        log.exception("the duty %s failed", kind.key)
        done.outcome, done.failure = DutyOutcome.FAILED, type(fault).__name__
        done.save(update_fields=["outcome", "failure"])
    took = timedelta(seconds=time.monotonic() - began)
    duty.last_started_at, duty.last_finished_at, duty.last_outcome = now, now + took, done.outcome
    duty.last_milliseconds = took // timedelta(milliseconds=1)
    duty.failures = 0 if done.outcome == DutyOutcome.DONE else duty.failures + 1
    _tell(duty, failure=done.failure, now=now)


def _tell(duty: Duty, *, failure: str, now: datetime) -> None:
    """Somebody must look at a duty that fails again and again."""
    if duty.failures not in (0, FAILING_FROM):
        return
    platform = Merchant.objects.filter(slug=Merchant.PLATFORM).first()
    if platform is None:
        return
    item = {"kind": FAILING, "about": f"duty:{duty.key}", "by": SYSTEM, "now": now}
    with scope.acting_for(platform):
        if duty.failures:
            work_items.open(params={"duty": duty.key, "fault": failure}, **item)
        else:
            work_items.close_about(why=_("It was performed again."), **item)


@transaction.atomic
def pause(*, duty: Duty, by: Actor, now: datetime) -> Duty:
    """Not to be performed until it is resumed."""
    return _paused(duty, DutyPaused(duty=duty.key), is_paused=True, by=by, now=now)


@transaction.atomic
def resume(*, duty: Duty, by: Actor, now: datetime) -> Duty:
    return _paused(duty, DutyResumed(duty=duty.key), is_paused=False, by=by, now=now)


@transaction.atomic
def run_now(*, duty: Duty, by: Actor, now: datetime) -> Duty:
    """Due at this moment, and in its rhythm from here. Raises DutyIsPaused."""
    duty = _locked(duty)
    if duty.is_paused:
        raise DutyIsPaused(_("It is paused. Resume it first."))
    duty.next_due_at = now
    duty.save(update_fields=["next_due_at"])
    _record(DutyAskedFor(duty=duty.key), by=by, now=now)
    wake.after_commit(PERFORM, key=duty.key)
    return duty


@transaction.atomic
def change_cadence(*, duty: Duty, seconds: int, by: Actor, now: datetime) -> Duty:
    """Raises CadenceOutOfBounds."""
    duty, kind = _locked(duty), duties.kind(duty.key)
    if kind is None or not kind.least <= timedelta(seconds=seconds) <= kind.most:
        raise CadenceOutOfBounds(_("This is too often or too rare for this duty."), field="seconds")
    before, duty.cadence_seconds = duty.cadence_seconds, seconds
    duty.next_due_at = min(duty.next_due_at, now + duty.cadence)
    duty.save(update_fields=["cadence_seconds", "next_due_at"])
    _record(DutyCadenceChanged(duty=duty.key, before=before, after=seconds), by=by, now=now)
    return duty


@transaction.atomic
def forget_runs(*, now: datetime) -> int:
    old = DutyRun.objects.filter(started_at__lt=now - RUNS_KEPT).order_by("started_at").values("pk")
    return DutyRun.objects.filter(pk__in=old[:FORGOTTEN_AT_ONCE]).delete()[0]


def _paused(duty: Duty, fact: DutyEvent, *, is_paused: bool, by: Actor, now: datetime) -> Duty:
    duty = _locked(duty)
    if duty.is_paused != is_paused:
        duty.is_paused = is_paused
        duty.save(update_fields=["is_paused"])
        _record(fact, by=by, now=now)
    return duty


def _record(fact: DutyEvent, *, by: Actor, now: datetime) -> None:
    """Among the facts of the platform, whose duties these are."""
    with scope.acting_for(Merchant.objects.get(slug=Merchant.PLATFORM)):
        events.record(fact, by=by, now=now)


def _locked(duty: Duty) -> Duty:
    return Duty.objects.select_for_update().get(pk=duty.pk)
