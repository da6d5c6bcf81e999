"""Reads of changes to many rows at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from config.kernel import changes
from config.kernel.changes import Kind
from config.kernel.filters import checked
from config.kernel.index import BESIDE
from merchants.desk.models import Change, ChangeEffect
from merchants.desk.states import ChangeStatus, JobStatus

LEFT_OFF = [JobStatus.STOPPED, JobStatus.FAILED, JobStatus.PARKED]  # nobody works on a change whose job is so
UNDOABLE = timedelta(minutes=10)  # later on, others have built on it


def recent(*, can: Callable[[str], bool]) -> QuerySet[Change]:
    """What was done, of the kinds that somebody may do."""
    known = [kind.key for kind in changes.kinds() if can(kind.needs)]
    return Change.objects.filter(kind__in=known).exclude(status=ChangeStatus.DRAFT).select_related("job")


def change(public_id) -> Change:
    """Raises Http404."""
    found = Change.objects.select_related("merchant", "job").filter(public_id=public_id).first()
    if found is None or changes.kind(found.kind) is None:
        raise Http404
    return found


def chosen(change: Change, kind: Kind) -> QuerySet:
    """The rows that it is about, as they are found now. Raises UnknownFilter."""
    known = changes.rows_of(kind.page)
    if change.names:
        return known.rows().filter(**{f"{known.named_by}__in": change.names})
    return checked(QueryDict(change.query), known.filterset, known.rows(), beside=BESIDE).qs


def may_undo(change: Change, *, now: datetime) -> bool:
    if change.status == ChangeStatus.RUNNING and change.job and change.job.status in LEFT_OFF:
        return change.job.checkpoint.get("report", {}).get("changed", 0) > 0
    is_done = change.status == ChangeStatus.APPLIED and change.report.get("changed", 0) > 0
    return is_done and now < change.applied_at + UNDOABLE


def effects(change: Change) -> QuerySet[ChangeEffect]:
    return ChangeEffect.objects.filter(change=change).order_by("pk")
