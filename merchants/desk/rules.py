"""How the report of an import run reads, how long a job will take, when a duty is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from config.kernel.money import Money

HEADINGS = {  # in the order of columns, which the database does not keep
    "code": _("What"), "table": _("Table"), "column": _("Column"), "orders": _("Orders"), "rows": _("Rows"),
    "goods": _("Lines of goods"), "charges": _("Lines of charges"), "read": _("Read"), "accepted": _("Accepted"),
    "normalised": _("Normalized"), "source": _("In the source"), "taken": _("Taken in"), "booked": _("In the books"),
    "rejected": _("Rejected"), "unmatched": _("Without a sale"), "rounding": _("Rounding"),
    "repeated": _("Repeated"), "unchanged": _("Unchanged"),
    "unreadable": _("Unreadable"), "difference": _("Difference"), "amount": _("Amount"), "largest": _("Largest"),
    "exact": _("In the source, unrounded"), "here": _("Taken in, unrounded"),
}  # fmt: skip
WORDS = {  # of the identity: payments = items + freight + what is paid above or below, by reason
    "payments": _("Payments"), "items": _("Items"), "freight": _("Freight"),
    "no_items": _("Groups without items"), "instalment_surcharge": _("Paid above their value, in instalments"),
    "paid_above": _("Paid above their value, at once"), "paid_below": _("Paid below their value"),
    "not_paid": _("Without a payment"), "rounding": _("Within a few cents of their value"),
    "net": _("All lines of the files"), "sales": _("Goods sold"), "charges": _("Charges"),
    "cancellations": _("Goods and charges taken back"), "unmatched": _("Taken back, but of no known sale"),
    "split_rounding": _("Cents by which parts of lines differ from the whole"),
    "rejected": _("Rejected lines"), "books": _("Of the bookkeeping alone"), "total": _("Altogether"),
    "unreadable": _("Amounts that cannot be read"),
    "equal": _("The latest sale with exactly so many left"), "covers": _("The latest sale with enough left"),
    "spread": _("Several sales, the newest first"), "no_customer": _("No customer is named"),
    "never": _("Never bought in these files"), "other_price": _("Bought at another price only"),
    "later": _("Bought only later"), "used_up": _("All that was bought earlier was taken back already"),
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
    rows = [row | {"column": WORDS.get(row["column"], row["column"])} for row in report.get("money", [])]
    return _table(rows, report.get("currency", ""))


def identity(report: Mapping) -> Table:
    """How the sums hang together: the first is the sum of the others."""
    return _coded(report, "identity")


def matching(report: Mapping) -> Table:
    """By which rules cancellations without a link found their sales, and why the others found none."""
    return _coded(report, "matching")


def _coded(report: Mapping, name: str) -> Table:
    rows = [row | {"code": WORDS.get(row["code"], row["code"])} for row in report.get(name, [])]
    return _table(rows, report.get("currency", ""))


def _table(rows: Sequence[Mapping], currency: str = "") -> Table:
    names = sorted({name for row in rows for name in row}, key=_place)
    headings = [str(HEADINGS.get(_plain(name), _plain(name).replace("_", " "))) for name in names]
    return Table(headings, [[_cell(row, name, currency) for name in names] for row in rows])


def _place(name: str) -> tuple[int, str]:
    known = list(HEADINGS)
    return known.index(_plain(name)) if _plain(name) in known else len(known), name


def _plain(name: str) -> str:
    return name.removesuffix("_minor")


def _cell(row: Mapping, name: str, currency: str):
    """`…_minor` is an amount in the report's currency."""
    value = row.get(name)
    return Money(value, currency) if name.endswith("_minor") and value is not None else value


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
