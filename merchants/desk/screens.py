"""What the pages of jobs show of one, ready to be written down."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from config.kernel import jobs
from config.templatetags.ui import moment, number, span
from merchants.desk import rules
from merchants.desk.models import Job
from merchants.desk.states import JOB_FLOW, JobStatus


@dataclass(frozen=True)
class Progress:
    """How far a job has come, for `components/progress.html`; `left` is how long it still takes, where one can tell."""

    value: int
    maximum: int
    words: str
    left: str
    tone: str


def label(job: Job) -> str:
    kind = jobs.kind(job.kind)
    return str(kind.label) if kind else job.kind


def progress(job: Job, *, now: datetime) -> Progress:
    left = None
    if job.status == JobStatus.RUNNING:
        left = rules.time_left(
            done=job.done, total=job.total, since=job.resumed_at, done_before=job.resumed_done, now=now
        )
    words = _("%(done)s rows") % {"done": number(job.done)}
    if job.total is not None:
        words = _("%(done)s of %(total)s rows") % {"done": number(job.done), "total": number(job.total)}
    bad = job.status in (JobStatus.FAILED, JobStatus.PARKED)
    return Progress(
        value=min(job.done, job.total or job.done), maximum=job.total or max(job.done, 1), words=words,
        left=_("about %(time)s left") % {"time": span(left)} if left else "", tone="bad" if bad else "",
    )  # fmt: skip


def facts(job: Job, *, who: str) -> list[tuple[str, object]]:
    return [
        (_("Asked for by"), who),
        (_("Asked for"), moment(job.created_at)),
        (_("Begun"), moment(job.started_at) or None),
        (_("Ended"), moment(job.ended_at) or None),
        (_("Kept until"), moment(job.expires_at) or None),
    ]


def is_going(job: Job) -> bool:
    return job.status in JobStatus.going()


def may_stop(job: Job) -> bool:
    return JOB_FLOW.allows(job.status, JobStatus.STOPPING) or job.status == JobStatus.QUEUED


def may_resume(job: Job) -> bool:
    return JOB_FLOW.allows(job.status, JobStatus.QUEUED)
