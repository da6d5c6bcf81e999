"""What people ask of jobs, and how jobs end."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.kernel import events, jobs, scope, wake
from config.kernel.actors import Actor, machine
from merchants.accounts import selectors as accounts
from merchants.accounts.models import Merchant
from merchants.desk.errors import JobKindUnknown
from merchants.desk.events import JobEnded, JobExpired, JobQueued, JobResumed, JobStopAsked
from merchants.desk.models import Job
from merchants.desk.services import work_items
from merchants.desk.states import JobStatus

KEPT = timedelta(days=30)  # after its end, with its file
RUN_WAITING = "merchants.desk.tasks.run_waiting_jobs"
PARKED, BROKEN = "desk.job_parked", "desk.job_failed"
TROUBLES = {JobStatus.PARKED: PARKED, JobStatus.FAILED: BROKEN}  # what somebody has to look at
EXPIRED_AT_ONCE = 500
SYSTEM = machine("system")


@transaction.atomic
def queue(kind: str, *, arguments: dict, by: Actor, now: datetime) -> Job:
    """Ask for work in the transaction of the act that wants it. `arguments` are keys and codes, as JSON.

    Raises JobKindUnknown.
    """
    known = _kind(kind)
    job = Job.objects.create(
        kind=kind, queue=known.queue, arguments=arguments, language=get_language() or settings.LANGUAGE_CODE,
        started_by=by.label, created_at=now, turn_at=now,
    )  # fmt: skip
    events.record(JobQueued(job_id=str(job.public_id), kind=kind), by=by, now=now)
    wake.after_commit(RUN_WAITING, to=known.queue, queue=known.queue)
    return job


@transaction.atomic
def stop(*, job: Job, by: Actor, now: datetime) -> Job:
    """End it after its present step; one that nobody works on ends at once. Raises IllegalMove."""
    job = Job.objects.locked().get(pk=job.pk)
    if job.status == JobStatus.QUEUED:
        return end(job, to=JobStatus.STOPPED, by=by, now=now)
    job.move_to(JobStatus.STOPPING)
    job.save(update_fields=["status"])
    events.record(JobStopAsked(job_id=str(job.public_id), kind=job.kind), by=by, now=now)
    wake.after_commit(RUN_WAITING, to=job.queue, queue=job.queue)
    return job


@transaction.atomic
def resume(*, job: Job, by: Actor, now: datetime) -> Job:
    """Go on after the last step that ended. Raises IllegalMove, JobKindUnknown."""
    job = Job.objects.locked().get(pk=job.pk)
    job.move_to(JobStatus.QUEUED)
    job.queue = _kind(job.kind).queue
    job.tries, job.failure, job.turn_at, job.ended_at, job.expires_at = 0, "", now, None, None
    job.save(update_fields=["status", "queue", "tries", "failure", "turn_at", "ended_at", "expires_at"])
    for trouble in TROUBLES.values():
        work_items.close_about(kind=trouble, about=job.about, why=_("The job was resumed."), by=by, now=now)
    events.record(JobResumed(job_id=str(job.public_id), kind=job.kind), by=by, now=now)
    wake.after_commit(RUN_WAITING, to=job.queue, queue=job.queue)
    return job


def end(job: Job, *, to: JobStatus, by: Actor, now: datetime, failure: str = "") -> Job:
    """End a locked job, in the transaction of its caller. Raises IllegalMove."""
    job.move_to(to)
    job.failure, job.ended_at, job.expires_at, job.lease, job.lease_until = failure, now, now + KEPT, None, None
    job.save(update_fields=["status", "failure", "ended_at", "expires_at", "lease", "lease_until"])
    events.record(
        JobEnded(job_id=str(job.public_id), kind=job.kind, status=to, done=job.done, errors=job.errors),
        by=by, now=now,
    )  # fmt: skip
    if trouble := TROUBLES.get(to):
        work_items.open(
            kind=trouble, about=job.about, params={"job": job.kind}, link=job.get_absolute_url(),
            owner=accounts.person_of(job.started_by), by=by, now=now,
        )  # fmt: skip
    return job


def expire(*, now: datetime) -> int:
    """Forget what ended long ago; say how much. Each merchant's in a transaction of its own."""
    with scope.across_merchants(because="jobs of all merchants grow old"):
        old = Job.objects.filter(expires_at__lt=now).order_by("expires_at").values_list("merchant", "pk")
        found: dict[int, list[int]] = {}
        for merchant, pk in old[:EXPIRED_AT_ONCE]:
            found.setdefault(merchant, []).append(pk)
    return sum(
        _expire_of(merchant, keys=found[merchant.pk], now=now) for merchant in Merchant.objects.filter(pk__in=found)
    )


@transaction.atomic
def _expire_of(merchant: Merchant, *, keys: list[int], now: datetime) -> int:
    with scope.acting_for(merchant):
        old = list(Job.objects.filter(pk__in=keys, expires_at__lt=now).locked())
        for job in old:
            for trouble in TROUBLES.values():
                work_items.close_about(kind=trouble, about=job.about, why=_("The job expired."), by=SYSTEM, now=now)
            if job.file:
                transaction.on_commit(partial(path_of(job.file, merchant=merchant).unlink, missing_ok=True))
        gone = [JobExpired(job_id=str(job.public_id), kind=job.kind) for job in old]
        events.record_many(gone, by=SYSTEM, now=now)
        Job.objects.filter(pk__in=[job.pk for job in old]).delete()
    return len(old)


def path_of(name: str, *, merchant: Merchant) -> Path:
    """Where a file that jobs of a merchant made lies; only a page that asks who wants it gives it out."""
    return Path(settings.MEDIA_ROOT, folder_of(merchant), name)


def folder_of(merchant: Merchant) -> str:
    return f"{merchant.public_id}/exports"


def _kind(key: str) -> jobs.Kind:
    known = jobs.kind(key)
    if known is None:
        raise JobKindUnknown(_("This kind of job is not known any more."))
    return known
