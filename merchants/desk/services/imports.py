"""The runs of marketplace imports: begun, filled with findings, ended."""

import secrets
import shutil
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import bulk
from config.kernel.actors import Actor
from config.kernel.imports import Marketplace
from merchants.accounts.models import Merchant
from merchants.desk.errors import DiskFull, FileUnreadable
from merchants.desk.models import ImportFinding, ImportRun, Job
from merchants.desk.services import jobs
from merchants.desk.services.files import path_of
from merchants.desk.states import ImportStatus

INTERRUPTED = "It was interrupted: nothing more was heard of it before the next run began."
LONGEST = 500  # characters kept of an old or a new value


class Finding(NamedTuple):
    """What is to be said about one line; the columns of ImportFinding."""

    table: str
    line: int
    key: str
    kind: str
    code: str
    field: str = ""
    old: str = ""
    new: str = ""


@transaction.atomic
def begin(*, platform: Merchant, source: str, label: str, by: Actor, now: datetime) -> ImportRun:
    """Open a run. Whoever begins holds the source's lock, so a run that still says it is running was interrupted."""
    for lost in ImportRun.objects.filter(merchant=platform, source=source, status=ImportStatus.RUNNING).locked():
        _end(lost, ImportStatus.FAILED, now=now, failure=INTERRUPTED)
    return ImportRun.objects.create(
        merchant=platform, source=source, label=label[-200:], started_by=by.label, started_at=now
    )


def receive(sent, *, platform: Merchant) -> str:
    """Keep a zip file that somebody sent, and give its name; slow, so never within a transaction.

    Raises FileUnreadable, DiskFull.
    """
    if not zipfile.is_zipfile(sent.file):
        raise FileUnreadable(_("Send a zip file with the tables of the marketplace."), field="file")
    name = f"{secrets.token_hex(16)}.zip"
    path = path_of(name, merchant=platform)
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sent.file.seek(0)
        with fresh.open("wb") as file:
            shutil.copyfileobj(sent.file, file)
        fresh.replace(path)
    except OSError as fault:
        raise DiskFull(_("The file could not be stored: the disk is full."), field="file") from fault
    return name


@transaction.atomic
def ask_for(
    *, source: Marketplace, file: str, label: str, within: str, owner_email: str, by: Actor, now: datetime,
) -> Job:  # fmt: skip
    """Ask for the history in a received zip file to be taken over. The caller acts for the platform."""
    arguments = {
        "source": source.key, "file": file, "label": label[-200:], "within": within, "owner_email": owner_email,
    }  # fmt: skip
    return jobs.queue(source.job, arguments=arguments, by=by, now=now)


@transaction.atomic
def add_findings(*, run: ImportRun, findings: Iterable[Finding]) -> int:
    columns = ["merchant_id", "run_id", *Finding._fields]
    rows = (
        [run.merchant_id, run.pk, *each._replace(key=each.key[:200], old=each.old[:LONGEST], new=each.new[:LONGEST])]
        for each in findings
    )
    return bulk.load(ImportFinding, columns, rows)


@transaction.atomic
def complete(*, run: ImportRun, report: dict, now: datetime) -> ImportRun:
    """Raises IllegalMove."""
    return _end(ImportRun.objects.locked().get(pk=run.pk), ImportStatus.COMPLETED, now=now, report=report)


@transaction.atomic
def fail(*, run: ImportRun, failure: str, report: dict | None = None, now: datetime) -> ImportRun:
    """Raises IllegalMove."""
    run, outcome = ImportRun.objects.locked().get(pk=run.pk), {"failure": failure, "report": report or {}}
    return _end(run, ImportStatus.FAILED, now=now, **outcome)


def _end(run: ImportRun, status: ImportStatus, *, now: datetime, **outcome) -> ImportRun:
    run.move_to(status)
    run.finished_at = now
    for name, value in outcome.items():
        setattr(run, name, value)
    run.save(update_fields=["status", "finished_at", *outcome])
    return run
