"""Reading a received file line by line: judged, taken in, and accounted for, a few thousand lines a step.

A step is one transaction with its checkpoint, so a killed worker loses nothing and repeats nothing. Lines before the
checkpoint are read again on the way to it, only for what they say of themselves: a line may repeat one of them.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import bulk, events
from config.kernel.actors import Actor
from config.kernel.imports import Collision, Effect, Kind, Outcome, Verdict
from config.kernel.jobs import Run
from config.kernel.personal import encrypt, masked
from merchants.accounts import selectors as accounts
from merchants.desk.events import ImportEnded
from merchants.desk.models import ImportEffect, ImportFinding, ImportRun, RejectedLine
from merchants.desk.selectors import lines_left, lines_of
from merchants.desk.services import tables, work_items
from merchants.desk.services.file_imports import REJECTED, drop_file, kind_of
from merchants.desk.services.files import path_of
from merchants.desk.services.understanding import Understanding, Understood
from merchants.desk.states import FindingKind, ImportPolicy, ImportStatus

ENCODER = DjangoJSONEncoder(ensure_ascii=False)
AT_ONCE = 2_000  # lines of a step
TRIES = 3  # of a step that others write into at the same moment
COUNTS = ("created", "changed", "unchanged", "rejected")


class Taken(NamedTuple):
    """A line as it was understood, and what becomes of it."""

    line: Understood
    verdict: Verdict


def take_in(job: Run) -> Iterator[None]:
    """The handler of jobs of the kind TAKE_IN."""
    run = ImportRun.objects.select_related("merchant").get(public_id=job.arguments["import"])
    kind = kind_of(run.kind)
    if job.arguments["step"] == "undo":
        yield from _undo(job, run, kind)
        return
    job.checkpoint = job.checkpoint or _begun(run, job)
    if job.checkpoint["phase"] == "check":
        yield from _read(job, run, kind, dry=True)
        if job.arguments["step"] == "check" or job.checkpoint["rejected"]:
            is_check = job.arguments["step"] == "check"
            _end(run, job, ImportStatus.CHECKED if is_check else ImportStatus.REFUSED)
            return
        job.checkpoint, job.done = _fresh("take"), 0
    yield from _read(job, run, kind, dry=False)
    _end(run, job, ImportStatus.COMPLETED)


def _begun(run: ImportRun, job: Run) -> dict:
    """Forget what an earlier check found. A file that is taken whole or not at all is checked before."""
    ImportFinding.objects.filter(run=run).delete()
    RejectedLine.objects.filter(run=run).delete()
    job.total = run.reading["lines"]
    is_first_checked = job.arguments["step"] == "check" or run.policy == ImportPolicy.REJECT_FILE
    return _fresh("check" if is_first_checked else "take")


def _fresh(phase: str) -> dict:
    return {"phase": phase, "line": 0, **dict.fromkeys(COUNTS, 0)}


def _read(job: Run, run: ImportRun, kind: Kind, *, dry: bool) -> Iterator[None]:
    understanding = Understanding(kind, run)
    lines = understanding.lines(tables.lines(path_of(run.file, merchant=run.merchant)), after=job.checkpoint["line"])
    while some := list(islice(lines, AT_ONCE)):
        taken = _take(kind, some, dry=dry, by=job.by, now=job.now)
        _account_for(run, kind, taken, dry=dry, now=job.now)
        counts = Counter(str(each.verdict.outcome) for each in taken)
        job.done += len(some)
        job.errors = job.checkpoint["rejected"] + counts[Outcome.REJECTED]
        job.checkpoint |= {"line": some[-1].number} | {name: job.checkpoint[name] + counts[name] for name in COUNTS}
        yield


def _take(kind: Kind, some: list[Understood], *, dry: bool, by: Actor, now: datetime) -> list[Taken]:
    good = [line for line in some if not line.problems]
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                verdicts = kind.take([line.values for line in good], dry=dry, by=by, now=now) if good else []
            break
        except Collision:
            if attempt + 1 == TRIES:
                raise
    by_line = dict(zip((line.number for line in good), verdicts, strict=True))
    return [
        Taken(line, by_line.get(line.number) or Verdict(Outcome.REJECTED, line.problems)) for line in some
    ]  # fmt: skip


# ---------------------------------------------------------------- the account of it
def _account_for(run: ImportRun, kind: Kind, taken: list[Taken], *, dry: bool, now: datetime) -> None:
    rejected = [each for each in taken if each.verdict.outcome == Outcome.REJECTED]
    if rejected:
        _keep_rejected(run, kind, rejected)
    if dry:
        return
    if run.repairs_id:
        _mark_repaired(run, [each.line for each in taken if each.verdict.outcome != Outcome.REJECTED], now=now)
    bulk.load(
        ImportEffect, ["run_id", "line", "thing", "before", "after", "kept_because"],
        ([run.pk, each.line.number, each.verdict.effect.thing, *_sealed(each.verdict.effect), ""]
         for each in taken if each.verdict.effect),
    )  # fmt: skip


def _sealed(effect: Effect) -> tuple[str, str]:
    return tuple("" if part is None else encrypt(_json(part)) for part in effect[1:])


def _json(part: object) -> str:
    return ENCODER.encode(part)


def _keep_rejected(run: ImportRun, kind: Kind, rejected: list[Taken]) -> None:
    columns = {column.key: column for column in kind.columns(merchant=run.merchant)}
    bulk.load(
        RejectedLine, ["run_id", "line", "cells"],
        ([run.pk, each.line.number, encrypt(_json(each.line.cells))] for each in rejected),
    )  # fmt: skip
    found = []
    for line, verdict in rejected:
        for problem in verdict.problems:
            column = columns.get(problem.column)
            old = line.texts.get(problem.column, "")
            old = masked(old) if column and column.is_personal else old
            label = str(column.field.label) if column else ""
            found.append(
                [run.pk, "", line.number, line.key[:200], FindingKind.REJECTED, "", label[:60], old[:200], "",
                 problem.message[:500]]
            )  # fmt: skip
    names = ["run_id", "table", "line", "key", "kind", "code", "field", "old", "new", "message"]
    bulk.load(ImportFinding, names, found)


def _mark_repaired(run: ImportRun, good: list[Understood], *, now: datetime) -> None:
    """The lines say in a column of their own which lines of the first file they were."""
    place = lines_of(run.reading["headings"])
    if place is None:
        return
    numbers = {line.cells[place] for line in good if place < len(line.cells)}
    RejectedLine.objects.filter(
        run=run.repairs_id, line__in=[int(each) for each in numbers if each.isdecimal()], repaired_at=None
    ).update(repaired_at=now)  # fmt: skip


def _end(run: ImportRun, job: Run, status: ImportStatus) -> None:
    run = ImportRun.objects.select_related("merchant", "repairs__merchant").locked().get(pk=run.pk)
    run.move_to(status)
    counts = {name: job.checkpoint[name] for name in COUNTS}
    run.report = {"read": sum(counts.values()), **counts}
    job.result = run.report
    if status not in ImportStatus.going():
        run.finished_at = job.now
    if status == ImportStatus.COMPLETED:
        drop_file(run)
        _ask_for_repair(run, counts["rejected"], by=job.by, now=job.now)
        if run.repairs:
            _tell_repaired(run.repairs, by=job.by, now=job.now)
    run.save(update_fields=["status", "report", "finished_at", "file"])
    events.record(
        ImportEnded(import_id=str(run.public_id), kind=run.kind, status=status, **counts), by=job.by, now=job.now
    )


def _ask_for_repair(run: ImportRun, rejected: int, *, by: Actor, now: datetime) -> None:
    """Of repaired lines that are wrong again the first file still speaks."""
    if rejected and not run.repairs_id:
        work_items.open(
            kind=REJECTED, about=run.about, params={"file": run.label, "lines": rejected}, link=run.get_absolute_url(),
            owner=accounts.person_of(run.started_by), by=by, now=now,
        )  # fmt: skip


def _tell_repaired(run: ImportRun, *, by: Actor, now: datetime) -> None:
    if not lines_left(run).exists():
        why = _("All rejected lines came back repaired.")
        work_items.close_about(kind=REJECTED, about=run.about, why=why, by=by, now=now)


# ---------------------------------------------------------------- undoing
def _undo(job: Run, run: ImportRun, kind: Kind) -> Iterator[None]:
    """The last line first: of two that changed the same thing, the earlier one knows how it was."""
    effects = ImportEffect.objects.filter(run=run)
    if job.total is None:
        job.total = effects.count()
        job.checkpoint = {"undone": 0, "kept": 0}
    while some := list(effects.filter(undone_at=None, kept_because="").order_by("-line", "-pk")[:AT_ONCE]):
        told = kind.undo([_opened(each) for each in some], by=job.by, now=job.now)
        for effect, kept_because in zip(some, told, strict=True):
            effect.kept_because = kept_because[:200]
            effect.undone_at = None if kept_because else job.now
        ImportEffect.objects.bulk_update(some, ["kept_because", "undone_at"])
        kept = sum(map(bool, told))
        job.done += len(some)
        job.checkpoint = {
            "undone": job.checkpoint["undone"] + len(some) - kept, "kept": job.checkpoint["kept"] + kept
        }  # fmt: skip
        yield
    _undone(run, job)


def _opened(effect: ImportEffect) -> Effect:
    before = json.loads(effect.before) if effect.before else None
    return Effect(effect.thing, before, json.loads(effect.after))


def _undone(run: ImportRun, job: Run) -> None:
    run = ImportRun.objects.select_related("merchant").locked().get(pk=run.pk)
    run.move_to(ImportStatus.UNDONE)
    run.finished_at, job.result = job.now, dict(job.checkpoint)
    run.report |= job.checkpoint
    run.save(update_fields=["status", "report", "finished_at"])
    counts = {name: run.report[name] for name in COUNTS}
    events.record(
        ImportEnded(import_id=str(run.public_id), kind=run.kind, status=run.status, **counts), by=job.by, now=job.now
    )
    why = _("The import was undone.")
    work_items.close_about(kind=REJECTED, about=run.about, why=why, by=job.by, now=job.now)
