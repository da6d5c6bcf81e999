"""The one way into the ledger: movements with their lines, once per key, each in a month that is still open."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Max

from config.kernel import bulk, ids, scope
from config.kernel.actors import Actor
from config.kernel.transactions import beside_each_other
from merchants.accounts.models import Merchant
from merchants.money import rules
from merchants.money.models import LedgerLine, LedgerTransaction, Statement
from merchants.money.states import Account, Item, Kind

HEADER = [
    "merchant_id", "public_id", "key", "kind", "currency", "order_id", "order_number", "reason", "explanation",
    "occurred_at", "posted_at", "period_on", "by",
]  # fmt: skip
LINE = ["merchant_id", "transaction_id", "account", "item", "amount_minor", "currency", "period_on"]
Entry = tuple[Account, Item, int]


@dataclass(frozen=True, slots=True)
class Movement:
    """What is to be posted: `entries` that sum to zero; those of nothing are left out."""

    merchant_id: int
    key: str
    kind: Kind
    currency: str
    occurred_at: datetime
    entries: Sequence[Entry]
    order_id: uuid.UUID | None = None
    order_number: str = ""
    reason: str = ""
    explanation: str = ""
    public_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """From which month on a merchant's books are open, and in which zone its months are."""

    zone: ZoneInfo
    open_from: date | None

    def period_of(self, at: datetime) -> date:
        period = rules.period_of(at, zone=self.zone)
        return max(period, self.open_from) if self.open_from else period


def name_of(merchant_id: int) -> str:
    """What whoever writes into a merchant's books, or closes a month of them, has to hold."""
    return f"books:{merchant_id}"


def owner(named: int | None) -> int:
    """Whose a posting is: the acting merchant's, or among many the one's it names."""
    return scope.owner_of(named)


def books(merchants: Iterable[int]) -> dict[int, Books]:
    """The books of merchants, kept open until the transaction ends: no month of them is closed meanwhile."""
    keys = set(merchants)
    beside_each_other(map(name_of, keys))
    closed = dict(
        Statement.objects.filter(merchant__in=keys).order_by().values_list("merchant").annotate(Max("period_on"))
    )
    zones = {merchant.pk: merchant.zone for merchant in Merchant.objects.filter(pk__in=keys)}
    return {
        key: Books(zone, rules.next_period(closed[key]) if key in closed else None) for key, zone in zones.items()
    }  # fmt: skip


def post(movements: Sequence[Movement], *, by: Actor, now: datetime) -> dict[tuple[int, str], int]:
    """Write what is not there yet, and say under which keys; the others stand as they are."""
    open_books = books(movement.merchant_id for movement in movements)
    periods = {
        (each.merchant_id, each.key): open_books[each.merchant_id].period_of(each.occurred_at) for each in movements
    }
    new = _headers(movements, periods, by=by, now=now)
    lines = (
        [each.merchant_id, new[each.merchant_id, each.key], account, item, amount, each.currency,
         periods[each.merchant_id, each.key]]
        for each in movements if (each.merchant_id, each.key) in new
        for account, item, amount in each.entries if amount
    )  # fmt: skip
    write(LedgerLine, columns=LINE, rows=lines)
    return new


def _headers(movements, periods, *, by: Actor, now: datetime) -> dict[tuple[int, str], int]:
    rows = (
        [each.merchant_id, each.public_id or ids.fresh(), each.key, each.kind, each.currency, each.order_id,
         each.order_number, each.reason, each.explanation, each.occurred_at, now,
         periods[each.merchant_id, each.key], by.label]
        for each in movements
    )  # fmt: skip
    columns, key = HEADER, ["merchant_id", "key"]
    if scope.current() is not scope.MANY:
        columns, rows = HEADER[1:], (row[1:] for row in rows)
    found = bulk.load_new(
        LedgerTransaction, columns, rows, unique_columns=key, returning=["merchant_id", "key", "id"]
    )  # fmt: skip
    return {(merchant_id, key): pk for merchant_id, key, pk in found}


def write(model, *, columns: list[str], rows: Iterable[list]) -> None:
    """Write rows that begin with their merchant's key, which is only named among many."""
    if scope.current() is not scope.MANY:
        columns, rows = columns[1:], (row[1:] for row in rows)
    bulk.load(model, columns, rows)


def key_of(kind: Kind, thing: object) -> str:
    return f"{kind.value}:{thing}"


def known(merchant_id: int, key: str) -> LedgerTransaction | None:
    return LedgerTransaction.objects.filter(merchant=merchant_id, key=key).first()
