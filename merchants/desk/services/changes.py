"""Acts on many rows at once: prepared, looked at, done in one go or by a job, undone for a while."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import changes, events, scope
from config.kernel.actors import Actor, machine
from config.kernel.changes import Kind, Step
from config.kernel.imports import Effect
from config.kernel.jobs import Run
from merchants.accounts.models import Merchant
from merchants.desk.errors import ChangeKindUnknown, ListChanged, NothingChosen, TooLateToUndo
from merchants.desk.events import ChangeApplied, ChangeForgotten, ChangePrepared, ChangeStarted, ChangeUndone
from merchants.desk.models import Change, ChangeEffect, Job
from merchants.desk.selectors.changes import LEFT_OFF, chosen, effects, may_undo
from merchants.desk.services import jobs
from merchants.desk.states import ChangeStatus

CARRY_OUT = "desk.carry_out"
AT_ONCE = 200  # rows while somebody waits; more of them become a job
REASONS = 20  # kept in a report
DRAFTS_KEPT, KEPT = timedelta(days=1), timedelta(days=30)
FORGOTTEN_AT_ONCE = 50
SYSTEM = machine("system")


@dataclass(frozen=True)
class Chosen:
    """Rows by their names, or without any all that a query finds; how many a person saw, and where they were."""

    names: Sequence[str]
    query: str
    counted: int | None
    back: str


@dataclass(frozen=True)
class Look:
    """What would become of the first of the rows; of `count` in all."""

    count: int
    steps: list[Step]

    @property
    def changing(self) -> list[Step]:
        return [step for step in self.steps if step.effect]

    @property
    def staying(self) -> list[tuple[str, int]]:
        return Counter(step.kept_because for step in self.steps if not step.effect).most_common()


@transaction.atomic
def prepare(*, kind: str, rows: Chosen, by: Actor, now: datetime) -> Change:
    """Note what somebody chose. Raises ChangeKindUnknown, NothingChosen, UnknownFilter."""
    known = kind_of(kind)
    change = Change(
        kind=kind, names=list(rows.names), query="" if rows.names else rows.query, counted=rows.counted, back=rows.back,
        started_by=by.label, made_at=now,
    )  # fmt: skip
    if not chosen(change, known).exists():
        raise NothingChosen(_("Choose at least one row."))
    change.save()
    events.record(ChangePrepared(change_id=str(change.public_id), kind=kind), by=by, now=now)
    return change


@transaction.atomic
def ask(*, change: Change, asked: dict, by: Actor, now: datetime) -> Change:
    """Keep what the form was sent, before it is done. Raises IllegalMove."""
    change = _locked(change)
    if change.status != ChangeStatus.DRAFT:
        change.move_to(ChangeStatus.DRAFT)
    change.asked = asked
    change.save(update_fields=["asked"])
    events.record(ChangePrepared(change_id=str(change.public_id), kind=change.kind), by=by, now=now)
    return change


def look(*, change: Change, asked: dict, by: Actor, now: datetime) -> Look:
    """Judge without doing anything, the first rows of many."""
    kind = kind_of(change.kind)
    rows = chosen(change, kind)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return Look(rows.count(), kind.carry(keys, asked=asked, dry=True, by=by, now=now))


@transaction.atomic
def apply(*, change: Change, asked: dict, counted: int, by: Actor, now: datetime) -> Change:
    """Do it to the rows of which somebody saw `counted`, at once or by a job.

    Raises IllegalMove, ListChanged, NothingChosen.
    """
    change, kind = _locked(change), kind_of(change.kind)
    change.move_to(ChangeStatus.RUNNING)
    rows = chosen(change, kind)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
    count = len(keys) if len(keys) <= AT_ONCE else rows.count()
    if count == 0:
        raise NothingChosen(_("None of these rows is there any more."))
    if count != counted:
        raise ListChanged(
            _("There were %(before)s rows when you looked, and there are %(after)s now. Look again.")
            % {"before": counted, "after": count}
        )
    change.save(update_fields=["status"])
    if count > AT_ONCE:
        return _queue(change, {"step": "apply", "asked": asked}, count, by=by, now=now)
    change.report = _carried(change, kind, keys, asked, by=by, now=now)
    return _end_applying(change, by=by, now=now)


@transaction.atomic
def undo(*, change: Change, by: Actor, now: datetime) -> Change:
    """Have things as they were, where they still stand as the change left them.

    One whose job was stopped, or failed, ends where it stands. Raises IllegalMove, TooLateToUndo.
    """
    change, kind = _locked(change), kind_of(change.kind)
    if change.status == ChangeStatus.RUNNING:
        change = _left_off(change, by=by, now=now)
    if change.status == ChangeStatus.APPLIED and not may_undo(change, now=now):
        raise TooLateToUndo(_("This can no longer be undone: it was done more than ten minutes ago."))
    change.move_to(ChangeStatus.UNDOING)
    change.save(update_fields=["status"])
    count = effects(change).count()
    if count > AT_ONCE:
        return _queue(change, {"step": "undo"}, count, by=by, now=now)
    _undo_some(change, kind, by=by, now=now)
    return _end_undoing(change, by=by, now=now)


def _left_off(change: Change, *, by: Actor, now: datetime) -> Change:
    """End it where its job stopped, if nobody works on it."""
    job = Job.objects.filter(pk=change.job_id, status__in=LEFT_OFF).locked().first()
    if job is None:
        return change
    change.report = job.checkpoint.get("report", {})
    return _end_applying(change, by=by, now=now)


def carry_out(run: Run) -> Iterator[None]:
    """Apply or undo by a job, some rows in a step."""
    change = Change.objects.get(public_id=run.arguments["change"])
    kind = kind_of(change.kind)
    if run.arguments["step"] == "undo":
        yield from _undo_by_steps(run, change, kind)
    else:
        yield from _apply_by_steps(run, change, kind)


def _apply_by_steps(run: Run, change: Change, kind: Kind) -> Iterator[None]:
    if change.status != ChangeStatus.RUNNING:  # somebody had it undone and resumes its job afterwards
        return
    rows, asked = chosen(change, kind).order_by("pk"), run.arguments["asked"]
    if run.total is None:
        run.total, run.checkpoint = rows.count(), {"after": 0, "report": {}}
    while keys := list(rows.filter(pk__gt=run.checkpoint["after"]).values_list("pk", flat=True)[:AT_ONCE]):
        report = _carried(change, kind, keys, asked, by=run.by, now=run.now)
        run.checkpoint = {"after": keys[-1], "report": _together(run.checkpoint["report"], report)}
        run.done += len(keys)
        yield
    change = _locked(change)
    change.report = run.checkpoint["report"]
    run.result = {name: change.report.get(name, 0) for name in ("changed", "kept")}
    _end_applying(change, by=run.by, now=run.now)


def _undo_by_steps(run: Run, change: Change, kind: Kind) -> Iterator[None]:
    if run.total is None:
        run.total = effects(change).count()
    while done := _undo_some(change, kind, by=run.by, now=run.now):
        run.done += done
        yield
    _end_undoing(_locked(change), by=run.by, now=run.now)


def forget(*, now: datetime) -> int:
    """Remove what nobody went on with, and what is too old to be of use."""
    with scope.across_merchants(because="changes of all merchants grow old"):
        drafts = Change.objects.filter(status=ChangeStatus.DRAFT, made_at__lt=now - DRAFTS_KEPT)
        old = Change.objects.filter(applied_at__lt=now - KEPT)
        found = [*drafts.order_by("pk")[:FORGOTTEN_AT_ONCE], *old.order_by("pk")[:FORGOTTEN_AT_ONCE]]
        merchants = Merchant.objects.in_bulk({change.merchant_id for change in found})
    for change in found:
        with scope.acting_for(merchants[change.merchant_id]), transaction.atomic():
            fact = ChangeForgotten(change_id=str(change.public_id), kind=change.kind)
            events.record(fact, by=SYSTEM, now=now)
            Change.objects.filter(pk=change.pk).delete()
    return len(found)


def kind_of(key: str) -> Kind:
    """Raises ChangeKindUnknown."""
    known = changes.kind(key)
    if known is None:
        raise ChangeKindUnknown(_("This act is not known any more."))
    return known


def _locked(change: Change) -> Change:
    return Change.objects.select_related("merchant").locked().get(pk=change.pk)


def _queue(change: Change, arguments: dict, count: int, *, by: Actor, now: datetime) -> Change:
    arguments = {"change": str(change.public_id), **arguments}
    change.job = jobs.queue(CARRY_OUT, arguments=arguments, by=by, now=now)
    change.save(update_fields=["job"])
    events.record(ChangeStarted(change_id=str(change.public_id), kind=change.kind, rows=count), by=by, now=now)
    return change


def _carried(change: Change, kind: Kind, keys: list[int], asked: dict, *, by: Actor, now: datetime) -> dict:
    """Do it to some rows, keep what an undoing needs, and report."""
    steps = kind.carry(keys, asked=asked, dry=False, by=by, now=now)
    done = [step for step in steps if step.effect]
    ChangeEffect.objects.bulk_create(
        ChangeEffect(
            change=change, thing=step.effect.thing, label=step.label[:300], before_words=step.before[:200],
            after_words=step.after[:200], before=step.effect.before, after=step.effect.after,
        )
        for step in done
    )  # fmt: skip
    reasons = Counter(step.kept_because for step in steps if not step.effect)
    return {"changed": len(done), "kept": len(steps) - len(done), "reasons": dict(reasons)}


def _together(before: dict, report: dict) -> dict:
    reasons = Counter(before.get("reasons", {})) + Counter(report["reasons"])
    sums = {name: before.get(name, 0) + report[name] for name in ("changed", "kept")}
    return sums | {"reasons": dict(reasons.most_common(REASONS))}


def _end_applying(change: Change, *, by: Actor, now: datetime) -> Change:
    change.move_to(ChangeStatus.APPLIED)
    change.applied_at = now
    change.save(update_fields=["status", "applied_at", "report"])
    counts = {name: change.report.get(name, 0) for name in ("changed", "kept")}
    events.record(ChangeApplied(change_id=str(change.public_id), kind=change.kind, **counts), by=by, now=now)
    return change


def _undo_some(change: Change, kind: Kind, *, by: Actor, now: datetime) -> int:
    """The last one first: of two that concern the same thing, the earlier one knows how it was."""
    some = list(effects(change).filter(undone_at=None, kept_because="").order_by("-pk")[:AT_ONCE])
    told = kind.undo([Effect(each.thing, each.before, each.after) for each in some], by=by, now=now) if some else []
    for effect, kept_because in zip(some, told, strict=True):
        effect.kept_because, effect.undone_at = kept_because[:200], None if kept_because else now
    ChangeEffect.objects.bulk_update(some, ["kept_because", "undone_at"])
    return len(some)


def _end_undoing(change: Change, *, by: Actor, now: datetime) -> Change:
    change.move_to(ChangeStatus.UNDONE)
    undone = effects(change).filter(undone_at__isnull=False).count()
    kept = effects(change).filter(undone_at=None).count()
    change.undone_at, change.report = now, change.report | {"undone": undone, "not_undone": kept}
    change.save(update_fields=["status", "undone_at", "report"])
    fact = ChangeUndone(change_id=str(change.public_id), kind=change.kind, undone=undone, kept=kept)
    events.record(fact, by=by, now=now)
    return change
