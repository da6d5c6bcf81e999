from datetime import timedelta
from itertools import count

from merchants.desk.models import (
    Change,
    ChangeEffect,
    Duty,
    ImportFinding,
    ImportRun,
    Job,
    RejectedLine,
    SavedView,
    WorkItem,
)
from merchants.desk.services.jobs import PARKED
from merchants.desk.states import ChangeStatus, FindingKind, ImportStatus, JobStatus
from tests.factories.accounts import THEN

numbers = count(1)


def make_import_run(**overrides) -> ImportRun:
    values = {"source": "olist", "label": "slice.zip", "started_by": "system", "started_at": THEN}
    return ImportRun.objects.create(**values | overrides)


def make_file_import(**overrides) -> ImportRun:
    """A file of two lines, the second of which was rejected, unless its status says that nothing was done yet."""
    values = {
        "source": "file", "kind": "catalog.products", "label": "qixgoods.csv", "started_by": "system",
        "started_at": THEN, "status": ImportStatus.COMPLETED, "mapping": {"sku": 0, "title": 1},
        "reading": {"headings": ["SKU", "Qixtitle"], "lines": 2, "sample": [["A-1", "Qixkettle"], ["A-2", ""]]},
    } | overrides  # fmt: skip
    if values["status"] not in ImportStatus.going():
        values |= {
            "finished_at": THEN,
            "report": {"read": 2, "created": 1, "changed": 0, "unchanged": 0, "rejected": 1},
        }
    run = ImportRun.objects.create(**values)
    if run.finished_at:
        RejectedLine.objects.create(run=run, line=3, cells='["A-2", ""]')
        ImportFinding.objects.create(
            run=run, line=3, key="A-2", kind=FindingKind.REJECTED, field="Qixtitle", message="Qixmissing"
        )
    return run


def make_job(**overrides) -> Job:
    values = {
        "kind": "catalog.export_products", "queue": "bulk", "arguments": {"query": ""}, "language": "en",
        "started_by": "system", "created_at": THEN, "turn_at": THEN,
    }  # fmt: skip
    if overrides.get("status", JobStatus.QUEUED) not in JobStatus.going():
        values["ended_at"] = THEN
    return Job.objects.create(**values | overrides)


def make_duty(**overrides) -> Duty:
    values = {"key": "desk.wake_workers", "cadence_seconds": 10, "next_due_at": THEN + timedelta(seconds=10)}
    return Duty.objects.create(**values | overrides)


def make_work_item(**overrides) -> WorkItem:
    values = {"kind": PARKED, "about": f"job:{next(numbers)}", "opened_at": THEN}
    return WorkItem.objects.create(**values | overrides)


def make_saved_view(owner, **overrides) -> SavedView:
    values = {"page": "catalog:products", "name": f"View {next(numbers)}", "query": "status=draft", "made_at": THEN}
    return SavedView.objects.create(owner=owner, **values | overrides)


def make_change(**overrides) -> Change:
    """An act on products that was not done yet, unless its status says so; then it took one listing off sale."""
    values = {"kind": "catalog.take_off", "names": ["P-none"], "started_by": "system", "made_at": THEN} | overrides
    if values.get("status", ChangeStatus.DRAFT) not in (ChangeStatus.DRAFT, ChangeStatus.RUNNING):
        values = {"applied_at": THEN, "report": {"changed": 1, "kept": 0, "reasons": {}}} | values
    change = Change.objects.create(**values)
    if change.applied_at:
        ChangeEffect.objects.create(
            change=change, thing="S@web", label="S", before_words="On sale", after_words="Paused",
            before={"status": "live"}, after={"status": "paused"},
        )  # fmt: skip
    return change
