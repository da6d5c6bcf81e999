from datetime import timedelta
from itertools import count

from merchants.desk.models import Duty, ImportRun, Job, WorkItem
from merchants.desk.services.jobs import PARKED
from merchants.desk.states import JobStatus
from tests.factories.accounts import THEN

numbers = count(1)


def make_import_run(**overrides) -> ImportRun:
    values = {"source": "olist", "label": "slice.zip", "started_by": "system", "started_at": THEN}
    return ImportRun.objects.create(**values | overrides)


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
