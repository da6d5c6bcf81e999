"""Lists as files for a spreadsheet, written step by step by a job."""

import csv
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import FilterSet

from config.kernel.actors import Actor
from config.kernel.filters import checked
from config.kernel.index import BESIDE
from config.kernel.jobs import Run
from config.kernel.spreadsheets import harmless
from merchants.desk.errors import DiskFull
from merchants.desk.models import Job
from merchants.desk.services import jobs

AT_ONCE = 1_000  # rows of a step
Line = Sequence[object]


@transaction.atomic
def queue(kind: str, *, query: QueryDict, filterset: type[FilterSet], by: Actor, now: datetime) -> Job:
    """Ask for all rows of a list as it is filtered. Raises UnknownFilter (400), as the list itself does."""
    query = query.copy()
    for name in BESIDE:  # how a list is shown, and not what is in it
        query.pop(name, None)
    checked(query, filterset, rows=filterset.Meta.model.objects.none())
    return jobs.queue(kind, arguments={"query": query.urlencode()}, by=by, now=now)


def chosen(run: Run, *, filterset: type[FilterSet], rows: QuerySet) -> QuerySet:
    """The rows that the list showed."""
    return filterset(QueryDict(run.arguments["query"]), queryset=rows).qs


def write(
    run: Run, *, rows: QuerySet, heading: Line, lines: Callable[[list], Iterable[Line]]
) -> Iterator[None]:  # fmt: skip
    """Write rows in the order of their keys, some at a time; `lines` turns those into cells. Raises DiskFull.

    What a step has written is not undone with its transaction, so the checkpoint says how long the file is.
    """
    with _begun(run) as file:
        if not run.checkpoint:
            run.total = rows.count()
            _append(file, [heading], mark="\ufeff")  # for Excel
        while page := _page(rows, after=run.checkpoint.get("after", 0)):
            _append(file, lines(page))
            run.done += len(page)
            run.checkpoint = {"after": page[-1].pk, "size": file.tell(), "file": file.name}
            yield
    finished = Path(file.name).with_suffix("")
    Path(file.name).replace(finished)
    run.file, run.result = finished.name, {"rows": run.done}


def _page(rows: QuerySet, *, after: int) -> list:
    return list(rows.filter(pk__gt=after).order_by("pk")[:AT_ONCE])


def _begun(run: Run) -> BinaryIO:
    """A file of this worker's own, as far as the last step came: another may still write to the one it had."""
    folder = Path(settings.MEDIA_ROOT, run.folder)
    path = folder / f"{run.public_id}-{secrets.token_hex(4)}.csv.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if run.checkpoint and not _taken_over(Path(run.checkpoint["file"]), path, size=run.checkpoint["size"]):
            run.checkpoint, run.done = {}, 0
        return open(path, "ab")
    except OSError as fault:
        raise DiskFull(_("The file could not be stored: the disk is full.")) from fault


def _taken_over(old: Path, path: Path, *, size: int) -> bool:
    """Whether the file of the last step is still there; unfinished ones are removed after a day."""
    for known in (old, old.with_suffix("")):  # it may have been finished just before its worker died
        if known.exists():
            shutil.copyfile(known, path)
            os.truncate(path, size)
            known.unlink()
            return True
    return False


def _append(file: BinaryIO, lines: Iterable[Line], *, mark: str = "") -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(_cell(cell)) for cell in line] for line in lines)
    try:
        file.write((mark + text.getvalue()).encode())
        file.flush()
        os.fsync(file.fileno())
    except OSError as fault:
        raise DiskFull(_("The file could not be stored: the disk is full.")) from fault


def _cell(value: object) -> str:
    return "" if value is None else str(value)
