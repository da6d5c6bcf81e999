"""Reads of the books: balances with what they come of, movements with their arithmetic."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet, Sum
from django.http import Http404

from config.kernel.money import Money
from merchants.money.models import CommissionLine, CommissionReturn, Hold, LedgerLine, LedgerTransaction, PayoutTerms
from merchants.money.states import Account, Item

FEES = (Item.COMMISSION, Item.COMMISSION_BACK)
TAXES = (Item.COMMISSION_TAX, Item.COMMISSION_TAX_BACK)


@dataclass
class Balance:
    """What a merchant is owed in one currency: by what it comes of, what of it is held, and what would be paid out."""

    currency: str
    items: dict[Item, Money] = field(default_factory=dict)
    held: Money | None = None
    unclear: Money | None = None
    least: Money | None = None
    is_held_whole: bool = False

    @property
    def payable(self) -> Money:
        return sum(self.items.values(), Money(0, self.currency))

    @property
    def is_below_least(self) -> bool:
        return self.payable < self.least

    @property
    def to_pay_out(self) -> Money:
        """Nothing while everything is held, or less than the least is owed."""
        nothing = Money(0, self.currency)
        return nothing if self.is_held_whole or self.is_below_least or self.payable.minor < 0 else self.payable


def payable(currency: str) -> Money:
    """What the acting merchant is owed."""
    lines = LedgerLine.objects.filter(account=Account.PAYABLE, currency=currency)
    return Money(lines.aggregate(Sum("amount_minor"))["amount_minor__sum"] or 0, currency)


def balances(*, currency: str) -> list[Balance]:
    """Of the acting merchant: in its own currency first, in others where there is something."""
    found = defaultdict(dict)
    sums = LedgerLine.objects.filter(account__in=[Account.PAYABLE, Account.HELD, Account.UNCLEAR])
    for code, account, item, minor in (
        sums.order_by().values_list("currency", "account", "item").annotate(Sum("amount_minor"))
    ):  # fmt: skip
        found[code][Account(account), Item(item)] = minor
    least = {terms.currency: terms.least for terms in PayoutTerms.objects.all()}
    held = set(open_holds().filter(amount_minor__isnull=True).values_list("currency", flat=True))
    return [
        _balance(code, found[code], least=least.get(code, Money(0, code)), is_held_whole=code in held)
        for code in sorted({currency, *found}, key=lambda code: (code != currency, code))
    ]


def _balance(currency: str, sums: dict, *, least: Money, is_held_whole: bool) -> Balance:
    def of(account: Account) -> Money:
        return Money(sum(minor for (there, _item), minor in sums.items() if there == account), currency)

    items = {item: Money(sums[Account.PAYABLE, item], currency) for item in Item if sums.get((Account.PAYABLE, item))}
    return Balance(currency, items, of(Account.HELD), of(Account.UNCLEAR), least, is_held_whole)


def open_holds() -> QuerySet[Hold]:
    return Hold.objects.filter(release__isnull=True).order_by("-placed_at", "-pk")


def movements() -> QuerySet[LedgerTransaction]:
    return LedgerTransaction.objects.all()


def movement(public_id: uuid.UUID) -> LedgerTransaction:
    """One movement with its `shown_lines` and its arithmetic. Raises Http404."""
    lines = Prefetch("lines", LedgerLine.objects.order_by("pk"), to_attr="shown_lines")
    found = movements().filter(public_id=public_id).select_related("merchant").prefetch_related(lines).first()
    if found is None:
        raise Http404
    return with_arithmetic([found])[0]


@dataclass
class Sums:
    """What a movement does to what a merchant is owed, in parts."""

    gross: Money
    fee: Money
    tax: Money
    net: Money

    @property
    def taken(self) -> Money:
        return self.fee + self.tax


def with_arithmetic(rows: list[LedgerTransaction]) -> list[LedgerTransaction]:
    """Give each its `sums`, its `frozen` commissions and what refunds gave back: `returned`. Three queries."""
    by_key = {row.pk: row for row in rows}
    frozen, returned, sums = defaultdict(list), defaultdict(list), defaultdict(lambda: defaultdict(int))
    for line in CommissionLine.objects.filter(transaction__in=by_key).order_by("transaction", "position"):
        frozen[line.transaction_id].append(line)
    given = CommissionReturn.objects.filter(transaction__in=by_key).select_related("commission")
    for back in given.order_by("transaction", "commission__position"):
        returned[back.transaction_id].append(back)
    lines = LedgerLine.objects.filter(transaction__in=by_key, account=Account.PAYABLE).order_by()
    for key, item, minor in lines.values_list("transaction", "item").annotate(Sum("amount_minor")):
        sums[key][item] += minor
    for row in rows:
        row.frozen, row.returned, row.sums = frozen[row.pk], returned[row.pk], _sums(row.currency, sums[row.pk])
    return rows


def _sums(currency: str, found: dict[str, int]) -> Sums:
    def of(items: Iterable[str]) -> Money:
        return Money(sum(found.get(item, 0) for item in items), currency)

    net = of(found)
    fee, tax = of(FEES), of(TAXES)
    return Sums(net - fee - tax, fee, tax, net)
