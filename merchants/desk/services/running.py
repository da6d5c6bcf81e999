"""How jobs are worked on: taken by one worker, done step by step, given up when they kill who works on them."""

import logging
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Count, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from config.kernel import jobs, scope, wake
from config.kernel.actors import Actor, machine
from config.kernel.errors import DomainError
from config.kernel.jobs import Run
from config.kernel.transactions import StatementTime
from merchants.desk.models import Job
from merchants.desk.services.jobs import RUN_WAITING, end, folder_of
from merchants.desk.states import JobStatus

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)  # longer than any step: whoever has not been heard of for so long is dead
MOST_TRIES = 3
TURN = 20  # seconds for one job, then the next one has its turn
SHIFT = 60  # seconds for one message, well below the time limit of tasks
MOST_WOKEN = 4
SYSTEM = machine("system")
KEPT = ["checkpoint", "done", "total", "errors", "result", "report", "file"]  # of a Run, by the same names
Clock = Callable[[], datetime]


class LeaseLost(RuntimeError):
    """Another worker has taken over, or the job is gone; what this one did in its present step is undone."""


def wake_workers() -> int:
    """Send for workers where jobs wait: messages are lost with a broker, and leases end with a worker."""
    with scope.across_merchants(because="the sweep looks for jobs of all merchants that wait"):
        waiting = Job.objects.filter(_waiting()).order_by().values_list("queue").annotate(Count("pk"))
        found = dict(waiting)
    for queue, number in found.items():
        for _turn in range(min(number, MOST_WOKEN)):
            wake.after_commit(RUN_WAITING, to=queue, queue=queue)
    return sum(found.values())


def work(queue: str, *, clock: Clock) -> int:
    """Work on the jobs that wait in a queue, one after the other; say on how many."""
    end_of_shift, taken = time.monotonic() + SHIFT, 0
    while time.monotonic() < end_of_shift:
        job = take(queue, now=clock())
        if job is None:
            return taken
        taken += 1
        if job.lease:
            _work_on(job, clock=clock)
    wake.after_commit(RUN_WAITING, to=queue, queue=queue)
    return taken


@transaction.atomic
def take(queue: str, *, now: datetime) -> Job | None:
    """Take the job that has waited longest; one that had no luck three times is parked. None when none waits.

    That it was tried is committed before the work begins.
    """
    with scope.across_merchants(because="a worker serves all merchants in their turn"):
        waiting = Job.objects.filter(_waiting(), queue=queue).select_related("merchant")
        job = waiting.select_for_update(of=("self",), skip_locked=True).order_by("turn_at", "pk").first()
    if job is None:
        return None
    with scope.acting_for(job.merchant):
        if job.status == JobStatus.STOPPING:
            return end(job, to=JobStatus.STOPPED, by=SYSTEM, now=now)
        if jobs.kind(job.kind) is None:
            failure = _("This kind of job is not known any more.")
            return end(job, to=JobStatus.FAILED, by=SYSTEM, now=now, failure=failure)
        if job.tries >= MOST_TRIES:
            failure = _("Its worker died three times at the same step. It is left alone until somebody resumes it.")
            return end(job, to=JobStatus.PARKED, by=SYSTEM, now=now, failure=failure)
        return _lease(job, now=now)


def _waiting() -> Q:
    left = Q(lease_until__isnull=True) | Q(lease_until__lt=StatementTime())
    return Q(status=JobStatus.QUEUED) | Q(status__in=[JobStatus.RUNNING, JobStatus.STOPPING]) & left


def _lease(job: Job, *, now: datetime) -> Job:
    if job.status == JobStatus.QUEUED:
        job.move_to(JobStatus.RUNNING)
        job.started_at, job.resumed_at, job.resumed_done = job.started_at or now, now, job.done
    job.tries += 1
    job.lease, job.lease_until = uuid.uuid4(), StatementTime() + LEASE
    job.save(
        update_fields=["status", "started_at", "resumed_at", "resumed_done", "tries", "lease", "lease_until"]
    )  # fmt: skip
    return job


def _work_on(job: Job, *, clock: Clock) -> None:
    """One turn of a job, in its merchant's scope, language and zone."""
    merchant = job.merchant
    with scope.acting_for(merchant), translation.override(job.language), timezone.override(merchant.zone):
        run = Run(
            job.public_id, folder_of(merchant), job.arguments, Actor(job.started_by), merchant.zone, clock(),
            **{name: getattr(job, name) for name in KEPT},
        )  # fmt: skip
        try:
            _take_steps(job, run, clock=clock)
        except LeaseLost:
            log.warning("job %s was taken over by another worker", job.public_id)
        except (OperationalError, InterfaceError):  # the database went away, or two steps were in each other's way
            log.exception("job %s goes on when its lease has ended", job.public_id)
        except Exception as fault:
            log.exception("job %s failed", job.public_id)
            _fail(job, fault, now=clock())


def _take_steps(job: Job, run: Run, *, clock: Clock) -> None:
    end_of_turn = time.monotonic() + TURN
    steps = jobs.kind(job.kind).handler(run)
    try:
        while _step(job, run, steps, clock=clock):
            if time.monotonic() > end_of_turn and not jobs.kind(job.kind).keeps_its_turn:
                return _pass_on(job, now=clock())
    finally:
        steps.close()


@transaction.atomic
def _step(job: Job, run: Run, steps: Iterator[None], *, clock: Clock) -> bool:
    """One step and its checkpoint, both or neither; whether there is more. Raises LeaseLost."""
    run.now = clock()
    is_over = next(steps, steps) is steps
    kept = _own(job)
    for name in KEPT:
        setattr(kept, name, getattr(run, name))
    kept.tries, kept.lease_until = 0, StatementTime() + LEASE
    kept.save(update_fields=[*KEPT, "tries", "lease_until"])
    if is_over:
        to = JobStatus.FAILED if run.failure else JobStatus.COMPLETED
        end(kept, to=to, by=run.by, now=clock(), failure=run.failure)
    elif kept.status == JobStatus.STOPPING:
        end(kept, to=JobStatus.STOPPED, by=run.by, now=clock())
        return False
    return not is_over


@transaction.atomic
def _pass_on(job: Job, *, now: datetime) -> None:
    """Let others have their turn; this one goes on where it is."""
    job = _own(job)
    job.lease, job.lease_until, job.turn_at = None, None, now
    job.save(update_fields=["lease", "lease_until", "turn_at"])


def _fail(job: Job, fault: Exception, *, now: datetime) -> None:
    """What went wrong, in words where there are some; the rest is in the log, for it may quote what it met."""
    words = fault.message if isinstance(fault, DomainError) else type(fault).__name__
    try:
        with transaction.atomic():
            end(_own(job), to=JobStatus.FAILED, by=SYSTEM, now=now, failure=words)
    except LeaseLost:
        log.warning("job %s failed here, but another worker has taken over", job.public_id)


def _own(job: Job) -> Job:
    """The row, locked, while the lease is still this worker's. Raises LeaseLost."""
    row = Job.objects.select_related("merchant").filter(pk=job.pk, lease=job.lease).locked().first()
    if row is None:
        raise LeaseLost
    return row
