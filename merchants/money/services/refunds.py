"""Money goes back to buyers, and with it the commission of the sale: proportionally, and whole when all is refunded."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from config.kernel import ids
from config.kernel.actors import Actor
from config.kernel.money import Money
from config.kernel.transactions import one_at_a_time
from merchants.money import rules
from merchants.money.errors import KeyReused, NothingToPost, NotSold, RefundAboveSale
from merchants.money.models import CommissionLine, CommissionReturn, LedgerTransaction
from merchants.money.services import posting
from merchants.money.services.posting import Entry, Movement
from merchants.money.states import Account, Item, Kind

RETURN = [
    "merchant_id", "transaction_id", "commission_id", "currency", "goods_minor", "freight_minor", "fee_minor",
    "tax_minor",
]  # fmt: skip


class RefundedLine(NamedTuple):
    """What a buyer gets back of an order line, in minor units; tax contained in the goods goes with them."""

    line_id: uuid.UUID
    goods_minor: int
    freight_minor: int = 0


class Back(NamedTuple):
    """A refunded line with what is given back of its commission."""

    commission_id: int
    goods: Money
    freight: Money
    fee: Money
    tax: Money


@transaction.atomic
def post(
    *, key: str, order_id: uuid.UUID, lines: Sequence[RefundedLine], at: datetime, by: Actor, now: datetime
) -> LedgerTransaction:
    """Post what a buyer of the acting merchant gets back, once per key.

    Refunds of one order wait for each other, so that no two are judged by the same rest. Raises NotSold,
    RefundAboveSale, NothingToPost, KeyReused.
    """
    merchant_id = posting.owner(None)
    key = posting.key_of(Kind.REFUND, key)
    one_at_a_time(f"refunds:{merchant_id}:{order_id}")
    if standing := posting.known(merchant_id, key):
        return _same(standing, order_id, lines)
    if any(min(line.goods_minor, line.freight_minor) < 0 for line in lines):
        raise NothingToPost(_("A refund gives something back."), field="amount")
    sold = _sold(order_id, [line.line_id for line in lines])
    sale = next(iter(sold.values())).transaction
    backs = _backs(lines, sold)
    movement = Movement(
        merchant_id=merchant_id, key=key, kind=Kind.REFUND, currency=sale.currency, occurred_at=at,
        entries=_entries(backs), order_id=order_id, order_number=sale.order_number,
        public_id=ids.of_source(at, "ledger", key),
    )  # fmt: skip
    new = posting.post([movement], by=by, now=now)
    rows = (
        [merchant_id, new[merchant_id, key], each.commission_id, sale.currency, each.goods.minor, each.freight.minor,
         each.fee.minor, each.tax.minor]
        for each in backs
    )  # fmt: skip
    posting.write(CommissionReturn, columns=RETURN, rows=rows)
    return LedgerTransaction.objects.get(merchant=merchant_id, key=key)


def _sold(order_id: uuid.UUID, line_ids: list[uuid.UUID]) -> Mapping[uuid.UUID, CommissionLine]:
    """The frozen lines of one order, by their ids. Raises NotSold, NothingToPost."""
    if not line_ids:
        raise NothingToPost(_("A refund gives something back."), field="amount")
    found = CommissionLine.objects.filter(line_id__in=line_ids, transaction__order_id=order_id)
    sold = {line.line_id: line for line in found.select_related("transaction")}
    if len(sold) != len(set(line_ids)) or len(line_ids) != len(sold):
        raise NotSold(_("Of this order only what is in the books as sold can be refunded, each line once."))
    return sold


def _backs(lines: Sequence[RefundedLine], sold: Mapping[uuid.UUID, CommissionLine]) -> list[Back]:
    """Raises RefundAboveSale, NothingToPost."""
    earlier = {
        commission: (goods, freight)
        for commission, goods, freight in CommissionReturn.objects.filter(commission__in=sold.values())
        .order_by().values_list("commission").annotate(Sum("goods_minor"), Sum("freight_minor"))
    }  # fmt: skip
    backs = []
    for line in lines:
        frozen = sold[line.line_id]
        before = [Money(minor, frozen.currency) for minor in earlier.get(frozen.pk, (0, 0))]
        goods, freight = (Money(minor, frozen.currency) for minor in (line.goods_minor, line.freight_minor))
        if frozen.goods < before[0] + goods or frozen.freight < before[1] + freight:
            raise RefundAboveSale(_("More would be refunded than was sold."), field="amount", sku=frozen.sku)
        step = {"of": frozen.goods, "before": before[0], "now": goods}
        fee, tax = (rules.given_back(each, **step) for each in (frozen.fee, frozen.tax))
        backs.append(Back(frozen.pk, goods, freight, fee, tax))
    if not any(back.goods or back.freight for back in backs):
        raise NothingToPost(_("A refund gives something back."), field="amount")
    return backs


def _entries(backs: Sequence[Back]) -> list[Entry]:
    gross = sum(back.goods.minor + back.freight.minor for back in backs)
    fee, tax = (sum(getattr(back, name).minor for back in backs) for name in ("fee", "tax"))
    return [
        (Account.BUYERS, Item.REFUND, gross),
        (Account.PAYABLE, Item.REFUND, -gross),
        (Account.PAYABLE, Item.COMMISSION_BACK, fee),
        (Account.COMMISSION, Item.COMMISSION_BACK, -fee),
        (Account.PAYABLE, Item.COMMISSION_TAX_BACK, tax),
        (Account.COMMISSION_TAX, Item.COMMISSION_TAX_BACK, -tax),
    ]


def _same(standing: LedgerTransaction, order_id: uuid.UUID, lines: Sequence[RefundedLine]) -> LedgerTransaction:
    """What the key stands for. Raises KeyReused."""
    posted = CommissionReturn.objects.filter(transaction=standing).select_related("commission")
    known = sorted((str(each.commission.line_id), each.goods_minor, each.freight_minor) for each in posted)
    if standing.order_id != order_id or known != sorted((str(line[0]), *line[1:]) for line in lines):
        raise KeyReused(_("This refund is in the books already, with another amount."))
    return standing
