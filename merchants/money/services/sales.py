"""Sold lines enter the books: what buyers pay, what the operator takes, what the merchant is owed."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import ids
from config.kernel.actors import Actor
from config.kernel.money import Money
from merchants.marketplace import selectors as marketplace
from merchants.money import rules
from merchants.money.errors import KeyReused
from merchants.money.models import CommissionLine, LedgerLine, LedgerTransaction
from merchants.money.services import posting
from merchants.money.services.posting import Entry, Movement
from merchants.money.states import Account, Item, Kind

COMMISSION = [
    "merchant_id", "transaction_id", "line_id", "position", "sku", "quantity", "currency", "goods_minor",
    "freight_minor", "base_minor", "rule_id", "rule_code", "rate_ppm", "least_minor", "most_minor", "bound",
    "fee_minor", "tax_ppm", "tax_minor",
]  # fmt: skip


class SoldLine(NamedTuple):
    """An order line as it is sold; amounts in minor units. `tax_minor` is contained in `goods_minor`.

    `category_id` is where the product lies now: the commission goes by it.
    """

    line_id: uuid.UUID
    position: int
    sku: str
    quantity: int
    goods_minor: int
    freight_minor: int = 0
    tax_minor: int = 0
    category_id: int | None = None


class Sale(NamedTuple):
    """An order that was paid at a moment. One that is cancelled and of which nobody knows whether the buyer got the
    money back is not payable. Among many merchants each sale names its own.
    """

    order_id: uuid.UUID
    order_number: str
    currency: str
    at: datetime
    lines: Sequence[SoldLine]
    is_payable: bool = True
    merchant_id: int | None = None

    @property
    def key(self) -> str:
        return posting.key_of(Kind.SALE, self.order_id)

    @property
    def gross_minor(self) -> int:
        return sum(line.goods_minor + line.freight_minor for line in self.lines)


class Taken(NamedTuple):
    """A sold line with the rule it falls under and what is taken by it."""

    line: SoldLine
    terms: object
    base: Money
    fee: rules.Fee


@transaction.atomic
def post(sales: Sequence[Sale], *, by: Actor, now: datetime) -> list[LedgerTransaction]:
    """Post orders of the acting merchant, each once, with the commission of each line frozen.

    An order that is posted already is given back as it stands; one that was for free moves no money and has nothing
    to give back. Raises KeyReused where an order comes to something else now.
    """
    merchant_id = posting.owner(None)
    new = post_many([sale._replace(merchant_id=merchant_id) for sale in sales], by=by, now=now)
    keys = [sale.key for sale in sales]
    standing = {each.key: each for each in LedgerTransaction.objects.filter(merchant=merchant_id, key__in=keys)}
    for sale in sales:
        if sale.key in standing and (merchant_id, sale.key) not in new:
            _check_same(sale, standing[sale.key])
    return [standing[key] for key in keys if key in standing]


@transaction.atomic
def post_many(sales: Sequence[Sale], *, by: Actor, now: datetime) -> set[tuple[int, str]]:
    """Post orders of one merchant or, in `writing_for_many`, of several; say which are new, as (merchant, key).

    What is posted already stays as it is.
    """
    named = [sale._replace(merchant_id=posting.owner(sale.merchant_id)) for sale in sales if sale.gross_minor]
    tariff = marketplace.tariff(categories={line.category_id for sale in named for line in sale.lines} - {None})
    taken = {(sale.merchant_id, sale.key): _taken(sale, tariff) for sale in named}
    new = posting.post([_movement(sale, taken[sale.merchant_id, sale.key]) for sale in named], by=by, now=now)
    rows = (row for key, pk in new.items() for row in _commissions(key[0], pk, taken[key]))
    posting.write(CommissionLine, columns=COMMISSION, rows=rows)
    return set(new)


def _taken(sale: Sale, tariff) -> list[Taken]:
    """Nothing is taken of what is not payable."""
    if not sale.is_payable:
        return []
    found = []
    for line in sale.lines:
        terms = tariff.terms(
            merchant_id=sale.merchant_id, category_id=line.category_id, currency=sale.currency, at=sale.at
        )
        base = Money(line.goods_minor - line.tax_minor, sale.currency)
        found.append(Taken(line, terms, base, rules.commission(base, terms)))
    return found


def _movement(sale: Sale, taken: Sequence[Taken]) -> Movement:
    return Movement(
        merchant_id=sale.merchant_id, key=sale.key, kind=Kind.SALE if sale.is_payable else Kind.UNCLEAR,
        currency=sale.currency, occurred_at=sale.at, entries=_entries(sale, taken), order_id=sale.order_id,
        order_number=sale.order_number, public_id=ids.of_source(sale.at, "ledger", sale.key),
    )  # fmt: skip


def _entries(sale: Sale, taken: Sequence[Taken]) -> list[Entry]:
    gross = sale.gross_minor
    fee, tax = (sum(getattr(each.fee, name).minor for each in taken) for name in ("fee", "tax"))
    return [
        (Account.BUYERS, Item.SALE, -gross),
        (Account.PAYABLE if sale.is_payable else Account.UNCLEAR, Item.SALE, gross),
        (Account.PAYABLE, Item.COMMISSION, -fee),
        (Account.COMMISSION, Item.COMMISSION, fee),
        (Account.PAYABLE, Item.COMMISSION_TAX, -tax),
        (Account.COMMISSION_TAX, Item.COMMISSION_TAX, tax),
    ]


def _commissions(merchant_id: int, pk: int, taken: Sequence[Taken]):
    for line, terms, base, fee in taken:
        frozen = (
            [terms.rule_id, terms.name, terms.rate_ppm, terms.least_minor, terms.most_minor, fee.bound]
            if terms else [None, "", 0, None, None, fee.bound]
        )  # fmt: skip
        yield [
            merchant_id, pk, line.line_id, line.position, line.sku, line.quantity, base.currency, line.goods_minor,
            line.freight_minor, base.minor, *frozen, fee.fee.minor, terms.tax_ppm if terms else 0, fee.tax.minor,
        ]  # fmt: skip


def _check_same(sale: Sale, standing: LedgerTransaction) -> None:
    paid = LedgerLine.objects.get(transaction=standing, account=Account.BUYERS)
    if (standing.currency, -paid.amount_minor) != (sale.currency, sale.gross_minor):
        raise KeyReused(_("This order is in the books already, with another amount."), order=sale.order_number)
