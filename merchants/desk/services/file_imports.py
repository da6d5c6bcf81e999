"""What people ask of the files they bring in: received, their columns told, checked, taken in, repaired, undone."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from config.kernel import events, imports, scope
from config.kernel.actors import Actor, machine
from config.kernel.imports import Column, Kind
from merchants.accounts.models import Merchant
from merchants.desk.errors import ColumnsWrong, FileGone, ImportKindUnknown, NothingToRepair
from merchants.desk.events import ImportColumnsChosen, ImportFileReceived, ImportForgotten, ImportStarted
from merchants.desk.models import ImportEffect, ImportFinding, ImportMapping, ImportRun, RejectedLine
from merchants.desk.selectors import lines_left
from merchants.desk.services import jobs, tables, work_items
from merchants.desk.services.files import path_of
from merchants.desk.services.tables import Reading
from merchants.desk.states import ImportPolicy, ImportStatus

SOURCE = "file"
TAKE_IN = "desk.take_in_file"
REJECTED = "desk.rows_rejected"
KEPT = timedelta(days=30)  # what is needed to repair and undo, after the end
DRAFTS_KEPT = timedelta(days=7)
FORGOTTEN_AT_ONCE = 20
SYSTEM = machine("system")


class Received(NamedTuple):
    """A file that was read and kept, before anything is said about it in the database."""

    label: str
    file: str
    reading: Reading


def receive(sent, *, merchant: Merchant, encoding: str = "") -> Received:
    """Keep a sent file; slow, so never within a transaction. Raises FileUnreadable, FileTooLarge, DiskFull."""
    name = f"{secrets.token_hex(16)}.csv"
    reading = tables.take_over(
        sent.file, size=sent.size, encoding=encoding, path=path_of(name, merchant=merchant)
    )  # fmt: skip
    return Received(str(sent.name)[-200:], name, reading)


@transaction.atomic
def open_draft(*, kind: str, received: Received, by: Actor, now: datetime) -> ImportRun:
    """Begin with a received file; its columns are chosen as the last time, or by their headings.

    Raises ImportKindUnknown.
    """
    known = kind_of(kind)
    reading = received.reading.kept()
    mapping, constants = suggested(known, reading["headings"])
    run = ImportRun.objects.create(
        source=SOURCE, kind=known.key, label=received.label, status=ImportStatus.DRAFT, started_by=by.label,
        started_at=now, file=received.file, reading=reading, mapping=mapping, constants=constants,
    )  # fmt: skip
    fact = ImportFileReceived(import_id=str(run.public_id), kind=run.kind, lines=reading["lines"])
    events.record(fact, by=by, now=now)
    return run


@transaction.atomic
def open_repair(*, repairs: ImportRun, received: Received, by: Actor, now: datetime) -> ImportRun:
    """Begin with the repaired lines of another run, read as those were. Raises ColumnsWrong, NothingToRepair.

    What is wrong again is still the first file's: the lines keep their numbers.
    """
    repairs = ImportRun.objects.select_related("merchant").locked().get(pk=repairs.repairs_id or repairs.pk)
    if repairs.status != ImportStatus.COMPLETED:
        raise NothingToRepair(_("This file was not taken in: send it again as a whole."), field="file")
    if not lines_left(repairs).exists():
        raise NothingToRepair(_("All rejected lines have come back by now, or were forgotten."), field="file")
    reading, known = received.reading.kept(), kind_of(repairs.kind)
    mapping = _same_columns(repairs, reading["headings"])
    run = ImportRun.objects.create(
        source=SOURCE, kind=known.key, label=received.label, status=ImportStatus.DRAFT, started_by=by.label,
        started_at=now, file=received.file, reading=reading, mapping=mapping, constants=repairs.constants,
        repairs=repairs,
    )  # fmt: skip
    fact = ImportFileReceived(import_id=str(run.public_id), kind=run.kind, lines=reading["lines"])
    events.record(fact, by=by, now=now)
    return start(run=run, dry=False, by=by, now=now)


@transaction.atomic
def choose_columns(
    *, run: ImportRun, mapping: Mapping[str, int], constants: Mapping[str, str], policy: ImportPolicy, by: Actor,
    now: datetime,
) -> ImportRun:  # fmt: skip
    """Say what the columns of a file are, and remember it for files with the same headings.

    `mapping` gives the number of a heading for a column, `constants` a text for all lines where there is none.
    Raises ColumnsWrong, IllegalMove.
    """
    run = ImportRun.objects.select_related("merchant").locked().get(pk=run.pk)
    _require_resting(run)
    known = kind_of(run.kind)
    _judge_columns(known.columns(merchant=run.merchant), known.identity, mapping, constants)
    run.mapping, run.constants, run.policy = dict(mapping), dict(constants), policy
    run.save(update_fields=["mapping", "constants", "policy"])
    ImportMapping.objects.update_or_create(
        kind=run.kind, headings=_digest(run.reading["headings"]),
        defaults={"mapping": run.mapping, "constants": run.constants},
    )  # fmt: skip
    fact = ImportColumnsChosen(import_id=str(run.public_id), kind=run.kind, columns=sorted({*mapping, *constants}))
    events.record(fact, by=by, now=now)
    return run


@transaction.atomic
def start(*, run: ImportRun, dry: bool, by: Actor, now: datetime) -> ImportRun:
    """Ask for a file to be checked only (`dry`), or taken in. Raises IllegalMove, FileGone."""
    run = ImportRun.objects.select_related("merchant").locked().get(pk=run.pk)
    run.move_to(ImportStatus.CHECKING if dry else ImportStatus.RUNNING)
    if not run.file or not path_of(run.file, merchant=run.merchant).is_file():
        raise FileGone(_("The file is not here any more. Send it again."))
    return _queue(run, "check" if dry else "take", by=by, now=now)


@transaction.atomic
def undo(*, run: ImportRun, by: Actor, now: datetime) -> ImportRun:
    """Ask for what a file did to be reversed, where it still stands as it was taken in. Raises IllegalMove."""
    run = ImportRun.objects.select_related("merchant").locked().get(pk=run.pk)
    run.move_to(ImportStatus.UNDOING)
    return _queue(run, "undo", by=by, now=now)


def _queue(run: ImportRun, step: str, *, by: Actor, now: datetime) -> ImportRun:
    run.job = jobs.queue(TAKE_IN, arguments={"import": str(run.public_id), "step": step}, by=by, now=now)
    run.finished_at = None
    run.save(update_fields=["status", "job", "finished_at"])
    events.record(ImportStarted(import_id=str(run.public_id), kind=run.kind, step=step), by=by, now=now)
    return run


def _require_resting(run: ImportRun) -> None:
    """Columns are changed while nobody reads by them. Raises IllegalMove."""
    if run.status not in (ImportStatus.DRAFT, ImportStatus.REFUSED, ImportStatus.CHECKED):
        run.move_to(ImportStatus.CHECKING)
    if run.repairs_id:
        raise ColumnsWrong(_("Repaired lines are read as the file they come from."))


# ---------------------------------------------------------------- columns
def kind_of(key: str) -> Kind:
    """Raises ImportKindUnknown."""
    known = imports.kind(key)
    if known is None:
        raise ImportKindUnknown(_("This kind of file is not known any more."))
    return known


def suggested(kind: Kind, headings: Sequence[str]) -> tuple[dict[str, int], dict[str, str]]:
    """The columns as they were chosen the last time, else by what their headings say."""
    last = ImportMapping.objects.filter(kind=kind.key, headings=_digest(headings)).first()
    if last:
        return last.mapping, last.constants
    called = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for key, names in _names_of(kind).items():
        for name in names:
            if called.count(name) == 1 and called.index(name) not in found.values():  # of two alike, neither
                found.setdefault(key, called.index(name))
    return found, {}


def _names_of(kind: Kind) -> dict[str, list[str]]:
    """What each column may be called, in every language: a file need not speak that of its sender."""
    names: dict[str, list[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for column in kind.columns(merchant=None):
                called = (column.key, str(column.field.label or ""), *column.also)
                names.setdefault(column.key, []).extend(map(_plain, called))
    return names


def _judge_columns(columns: Sequence[Column], identity, mapping, constants) -> None:
    for column in columns:
        if column.key in identity and column.field.required and not {column.key} & {*mapping, *constants}:
            raise ColumnsWrong(
                _("Say in which column “%(column)s” stands: lines are told apart by it.")
                % {"column": column.field.label}, field=column.key,
            )  # fmt: skip
        if constants.get(column.key):
            try:
                column.field.clean(constants[column.key])
            except ValidationError as fault:
                raise ColumnsWrong(fault.messages[0], field=f"{column.key}-constant") from fault
    chosen = list(mapping.values())
    for key, number in mapping.items():
        if chosen.count(number) > 1:
            raise ColumnsWrong(_("Two columns cannot stand in the same place."), field=key)


def _same_columns(repairs: ImportRun, headings: Sequence[str]) -> dict[str, int]:
    """Where the columns of the first file stand in the repaired one. Raises ColumnsWrong."""
    before = [_plain(heading) for heading in repairs.reading["headings"]]
    after = [_plain(heading) for heading in headings]
    mapping = {}
    for key, number in repairs.mapping.items():
        occurrence = before[:number].count(before[number])  # a heading may be there twice
        places = [place for place, name in enumerate(after) if name == before[number]]
        if len(places) <= occurrence:
            raise ColumnsWrong(
                _("The column “%(heading)s” is missing. Download the rejected lines again and keep all columns.")
                % {"heading": repairs.reading["headings"][number]}, field="file",
            )  # fmt: skip
        mapping[key] = places[occurrence]
    return mapping


def _plain(heading: str) -> str:
    return "".join(sign for sign in heading.casefold() if sign.isalnum())


def _digest(headings: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(map(_plain, headings)).encode()).hexdigest()


# ---------------------------------------------------------------- what is left of it
def forget(*, now: datetime) -> int:
    """Forget what is needed to repair and undo when it has become old, and files that nobody went on with."""
    with scope.across_merchants(because="imports of all merchants grow old"):
        ended = ImportRun.objects.filter(source=SOURCE, finished_at__lt=now - KEPT).exclude(reading={})
        left = ImportRun.objects.filter(
            source=SOURCE, status__in=[ImportStatus.DRAFT, ImportStatus.CHECKED], started_at__lt=now - DRAFTS_KEPT
        ).exclude(file="")  # fmt: skip
        found = [*ended.order_by("pk")[:FORGOTTEN_AT_ONCE], *left.order_by("pk")[:FORGOTTEN_AT_ONCE]]
        merchants = Merchant.objects.in_bulk({run.merchant_id for run in found})
    for run in found:
        with scope.acting_for(merchants[run.merchant_id]):
            _forget(run.pk, now=now)
    return len(found)


@transaction.atomic
def _forget(key: int, *, now: datetime) -> None:
    run = ImportRun.objects.select_related("merchant").locked().get(pk=key)
    drop_file(run)
    if run.finished_at:
        for model in (RejectedLine, ImportEffect, ImportFinding):
            model.objects.filter(run=run).delete()
        run.reading = {}
    run.save(update_fields=["file", "reading"])
    work_items.close_about(kind=REJECTED, about=run.about, why=_("It is too old."), by=SYSTEM, now=now)
    events.record(ImportForgotten(import_id=str(run.public_id), kind=run.kind), by=SYSTEM, now=now)


def drop_file(run: ImportRun) -> None:
    """Remove the received file once the transaction is over; the caller saves `file`."""
    if run.file:
        transaction.on_commit(partial(path_of(run.file, merchant=run.merchant).unlink, missing_ok=True))
        run.file = ""
