"""How the report of an import run reads, how long a job will take, when a duty is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from config.kernel.money import Money

HEADINGS = {  # in the order of columns, which the database does not keep
    "label": _("What"), "table": _("Table"), "orders": _("Orders"), "rows": _("Rows"), "read": _("Read"),
    "accepted": _("Accepted"), "normalised": _("Normalized"), "rejected": _("Rejected"), "unchanged": _("Unchanged"),
    "source": _("In the source"), "taken": _("Taken in"), "difference": _("Difference"), "amount": _("Amount"),
}  # fmt: skip


MOMENT = timedelta(minutes=1)  # what a tick and a busy worker may take


@dataclass(frozen=True)
class Table:
    columns: list[str]
    rows: list[list[object]]


def row_counts(report: Mapping) -> Table:
    """What was read of each table of the source, and what became of it."""
    return _table([{"table": name} | counts for name, counts in report.get("tables", {}).items()])


def money(report: Mapping) -> Table:
    """The money of each table against the source."""
    return _table(report.get("money", []))


def identity(report: Mapping) -> Table:
    """How the sums hang together."""
    return _table(report.get("identity", []))


def _table(rows: Sequence[Mapping]) -> Table:
    names = sorted({name for row in rows for name in row if name != "currency"}, key=_place)
    headings = [str(HEADINGS.get(_plain(name), _plain(name).replace("_", " "))) for name in names]
    return Table(headings, [[_cell(row, name) for name in names] for row in rows])


def _place(name: str) -> tuple[int, str]:
    known = list(HEADINGS)
    return known.index(_plain(name)) if _plain(name) in known else len(known), name


def _plain(name: str) -> str:
    return name.removesuffix("_minor")


def _cell(row: Mapping, name: str):
    """`…_minor` is an amount in the currency of its row."""
    value = row.get(name)
    return Money(value, row["currency"]) if name.endswith("_minor") and value is not None else value


def time_left(*, done: int, total: int | None, since: datetime | None, done_before: int, now: datetime):
    """How long the rest takes at the rate since `since`; None while there is no telling."""
    fresh = done - done_before
    if not total or since is None or fresh <= 0 or now <= since:
        return None
    return (now - since) * max(0, total - done) / fresh


def due_time(*, next_due_at: datetime, cadence: timedelta, now: datetime) -> datetime | None:
    """The time that a duty is to be performed for now, of several that were missed the latest; None before it.

    When the clock has gone back, the rhythm starts again from now: else a duty of every few seconds would rest for
    hours.
    """
    if next_due_at > now + cadence:
        return now
    if next_due_at > now:
        return None
    return next_due_at + (now - next_due_at) // cadence * cadence


def is_late(*, next_due_at: datetime, now: datetime) -> bool:
    """Whether a duty should have been performed more than a moment ago."""
    return now > next_due_at + MOMENT
