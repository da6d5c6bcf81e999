"""A statement as a file, in the language of its merchant: the same bytes whenever it is asked for."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from config.kernel.money import Money, places
from config.kernel.spreadsheets import harmless
from config.templatetags.ui import day, moment, money
from merchants.money import rules
from merchants.money.models import LedgerTransaction, Statement
from merchants.money.screens import arithmetic, books
from merchants.money.selectors import ledger, statements

HERE = Path(__file__).parents[1] / "documents"
MOST_ON_PAPER = 2_000  # entries; more are in the spreadsheet only
AT_ONCE = 1_000


@contextmanager
def as_the_merchant_reads(statement: Statement) -> Iterator[None]:
    with translation.override(statement.merchant.language), timezone.override(ZoneInfo(statement.zone)):
        yield


def spreadsheet(statement: Statement) -> bytes:
    """CSV: a line for each sold or refunded line, and for each other movement; “change of the balance” sums to it."""
    file = io.StringIO(newline="")
    with as_the_merchant_reads(statement):
        csv.writer(file).writerows([_heading(), *_lines(statement)])
    return b"\xef\xbb\xbf" + file.getvalue().encode()  # the mark is for Excel


def paper(statement: Statement) -> bytes:
    """PDF: the sums, and each movement with its arithmetic."""
    with as_the_merchant_reads(statement):
        told = json.dumps(_told(statement), ensure_ascii=False)
    return typst.compile(
        str(HERE / "statement.typ"), font_paths=[str(HERE)], ignore_system_fonts=True, sys_inputs={"statement": told},
        timestamp=statement.closed_at.replace(microsecond=0),
    )  # fmt: skip


def _movements(statement: Statement, *, most: int | None = None) -> Iterator[LedgerTransaction]:
    """In the order in which they happened, some read at a time."""
    found = statements.entries(statement).order_by("occurred_at", "pk")[:most].iterator(chunk_size=AT_ONCE)
    page: list[LedgerTransaction] = []
    for row in found:
        page.append(row)
        if len(page) == AT_ONCE:
            yield from ledger.with_arithmetic(page)
            page = []
    yield from ledger.with_arithmetic(page)


def _heading() -> list[str]:
    return [
        _("Moment"), _("What"), _("Order"), _("SKU"), _("Quantity"), _("Goods"), _("Freight"), _("Commission base"),
        _("Rate"), _("Commission"), _("Tax on commission"), _("Change of the balance"), _("Currency"),
        _("How it came about"),
    ]  # fmt: skip


def _lines(statement: Statement) -> Iterable[list[str]]:
    for row in _movements(statement):
        start = [f"{timezone.localtime(row.occurred_at):%Y-%m-%d %H:%M:%S}", row.get_kind_display()]
        end = [row.currency]
        start.append(harmless(row.order_number))
        for line in row.frozen:
            net = line.goods + line.freight - line.fee - line.tax
            yield [
                *start, harmless(line.sku), str(line.quantity), *map(_plain, (line.goods, line.freight, line.base)),
                arithmetic.percent(line.rate_ppm), *map(_plain, (-line.fee, -line.tax, net)), *end,
                harmless(arithmetic.frozen(line)),
            ]  # fmt: skip
        for back in row.returned:
            net = back.fee + back.tax - back.goods - back.freight
            yield [
                *start, harmless(back.commission.sku), "", *map(_plain, (-back.goods, -back.freight)), "", "",
                *map(_plain, (back.fee, back.tax, net)), *end, harmless(arithmetic.given_back(back)),
            ]  # fmt: skip
        if not row.frozen and not row.returned:
            why = "; ".join(arithmetic.parts(row))
            yield [*start, *[""] * 8, _plain(row.sums.net), *end, harmless(why)]


def _plain(amount: Money) -> str:
    """A number for a spreadsheet to count with."""
    return f"{amount.amount:.{places(amount.currency)}f}"


def _told(statement: Statement) -> dict:
    more = statement.entries - MOST_ON_PAPER
    return {
        "title": _("Statement %(number)s") % {"number": statement.number},
        "operator": "Zhanggui", "language": statement.merchant.language[:2],
        "merchant": statement.merchant.name, "period": period(statement),
        "sums": [[label, money(amount)] for label, amount in books.sums(statement)],
        "note": _("%(more)s more movements are in the spreadsheet of this statement.") % {"more": f"{more:,}"}
        if more > 0 else "",
        "heading": [_("Moment"), _("What"), _("Order"), _("Sold or refunded"), _("Commission and tax"),
                    _("Change of the balance")],
        "rows": [_row(row) for row in _movements(statement, most=MOST_ON_PAPER)],
    }  # fmt: skip


def _row(row: LedgerTransaction) -> dict:
    return {
        "moment": moment(row.occurred_at), "kind": row.get_kind_display(), "order": row.order_number,
        "parts": arithmetic.parts(row), "gross": money(row.sums.gross), "taken": money(row.sums.taken),
        "net": money(row.sums.net),
    }  # fmt: skip


def period(statement: Statement) -> str:
    """Its first and its last day."""
    first, last = statement.period_on, rules.next_period(statement.period_on) - timedelta(days=1)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
