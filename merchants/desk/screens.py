"""What the pages of the desk show, ready to be written down."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kernel import imports, jobs
from config.kernel.deadlines import Nearness, near
from config.kernel.queues import Row
from config.templatetags.ui import clock, day, moment, number, span
from merchants.desk import rules
from merchants.desk.models import Change, ImportRun, Job
from merchants.desk.services.changes import AT_ONCE, Look
from merchants.desk.services.tables import ENCODINGS
from merchants.desk.states import IMPORT_FLOW, JOB_FLOW, ImportStatus, JobStatus


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


def running(jobs: list[Job], *, now: datetime) -> list[Job]:
    """Give each its `label` and its `progress`."""
    for job in jobs:
        job.label, job.progress = label(job), progress(job, now=now)
    return jobs


def is_going(job: Job) -> bool:
    return job.status in JobStatus.going()


def may_stop(job: Job) -> bool:
    return JOB_FLOW.allows(job.status, JobStatus.STOPPING) or job.status == JobStatus.QUEUED


def may_resume(job: Job) -> bool:
    return JOB_FLOW.allows(job.status, JobStatus.QUEUED)


# ---------------------------------------------------------------- what waits for people
@dataclass(frozen=True)
class Chip:
    """A deadline in words, for `components/deadline.html`."""

    at: datetime
    label: str
    state: str


def chip(at: datetime | None, *, now: datetime, zone: ZoneInfo) -> Chip | None:
    if at is None:
        return None
    match near(at, now=now, zone=zone):
        case Nearness.OVERDUE:
            return Chip(at, _("%(time)s late") % {"time": span(now - at)}, "late")
        case Nearness.SOON:
            return Chip(at, _("%(time)s left") % {"time": span(at - now)}, "soon")
        case Nearness.TODAY:
            return Chip(at, _("due %(time)s") % {"time": clock(at)}, "calm")
    return Chip(at, _("due %(day)s") % {"day": day(at)}, "calm")


@dataclass(frozen=True)
class Cell:
    """A number of the matrix; `told` is what it says by itself."""

    near: str
    count: int
    url: str
    told: str


def matrix(rows: list[Row]) -> list[dict]:
    """Each row with its cells, in the order of nearness."""
    return [
        {"row": row, "cells": [_cell(row, near) for near in Nearness], "total": sum(row.counts.values())}
        for row in rows
    ]


def _cell(row: Row, near: Nearness) -> Cell:
    count = row.counts.get(near, 0)
    told = {"work": row.label, "number": number(count), "when": near.label}
    return Cell(near.value, count, row.address(near), _("%(work)s, %(when)s: %(number)s") % told)


def greeting(now: datetime, *, zone: ZoneInfo, name: str) -> str:
    hour = now.astimezone(zone).hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


# ---------------------------------------------------------------- files brought in
def kind_label(run: ImportRun) -> str:
    kind = imports.kind(run.kind)
    return str(kind.label) if kind else run.kind


def import_status(run: ImportRun) -> ImportStatus | JobStatus:
    """How an import stands; one that is in hand stands as its job does, which may have failed or been stopped."""
    status = ImportStatus(run.status)
    in_hand = status in (ImportStatus.CHECKING, ImportStatus.RUNNING, ImportStatus.UNDOING)
    if in_hand and run.job and run.job.status in (JobStatus.FAILED, JobStatus.PARKED, JobStatus.STOPPED):
        return JobStatus(run.job.status)
    return status


def import_counts(run: ImportRun) -> list[tuple[str, str]]:
    """What became of the lines, or what would: their sum is what was read."""
    words = {
        "read": _("Lines"), "created": pgettext("lines", "New"), "changed": pgettext("lines", "Changed"),
        "unchanged": _("Unchanged"), "rejected": _("Rejected"), "undone": _("Undone"), "kept": _("Not undone"),
    }  # fmt: skip
    return [(word, number(run.report[name])) for name, word in words.items() if name in run.report]


def notes(run: ImportRun) -> list[str]:
    """What was found out about the file, where a person should know it."""
    reading = run.reading
    told = []
    if reading.get("encoding") not in ("", None, "utf-8-sig"):
        told.append(_("Read as %(encoding)s.") % {"encoding": ENCODINGS[reading["encoding"]]})
    if reading.get("sheets"):
        names = {"sheet": reading["sheet"], "others": ", ".join(reading["sheets"])}
        told.append(_("Only the sheet “%(sheet)s” is read, not %(others)s.") % names)
    if reading.get("formulas"):
        found = {"number": number(reading["formulas"]), "cell": reading["first_formula"]}
        told.append(
            _("%(number)s cells hold formulas, the first is %(cell)s: what they showed last is taken, and nothing is "
              "calculated here.") % found
        )  # fmt: skip
    twice = sorted({name for name in reading.get("headings", []) if name and reading["headings"].count(name) > 1})
    if twice:
        told.append(_("These headings are there more than once: %(names)s.") % {"names": ", ".join(twice)})
    if "" in reading.get("headings", []):
        told.append(_("A column has no heading; it is called by its number."))
    return told


def import_acts(run: ImportRun, *, left: int, left_of_first: int) -> dict[str, bool]:
    """What may be done with it now. Repaired lines are sent to the file that they come from first."""
    may = IMPORT_FLOW.moves.get(run.status, frozenset())
    return {
        "columns": not run.repairs_id and ImportStatus.CHECKING in may, "take_in": run.status == ImportStatus.CHECKED,
        "rejected": bool(left and left_of_first), "undo": ImportStatus.UNDOING in may,
        "repair": bool(left and left_of_first) and run.status == ImportStatus.COMPLETED,
    }  # fmt: skip


# ---------------------------------------------------------------- changes of many rows
def change_notes(change: Change, look: Look) -> list[str]:
    """What a person should know before they say yes."""
    told = []
    if change.counted is not None and change.counted != look.count:
        counts = {"before": number(change.counted), "after": number(look.count)}
        told.append(_("The list had %(before)s rows when you chose them; it has %(after)s now.") % counts)
    if len(change.names) > look.count:
        told.append(
            _("%(count)s of the chosen rows are not there any more.") % {"count": len(change.names) - look.count}
        )
    if look.count > AT_ONCE:
        counts = {"shown": number(AT_ONCE), "count": number(look.count)}
        told.append(
            _("These are the first %(shown)s of %(count)s rows. The others are judged the same way as they are done.")
            % counts
        )
    return told
