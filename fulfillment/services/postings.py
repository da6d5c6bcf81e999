"""How orders enter the books of their merchants."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from catalog.models import Variant
from config.kernel.actors import Actor
from fulfillment import rules
from fulfillment.models import Order, OrderLine
from fulfillment.rules import Left
from fulfillment.states import MoneyState, OrderStatus
from merchants.money.services import sales
from merchants.money.services.sales import Sale, SoldLine


def line_id(order_id: uuid.UUID, position: int) -> uuid.UUID:
    """What the books know an order line by: made from its order's public id and its position."""
    return uuid.uuid5(order_id, str(position))


def categories_of(variants: Iterable[int | None]) -> Mapping[int, int]:
    """Where the products of variants lie now: the commission goes by it."""
    return dict(Variant.objects.filter(pk__in=set(variants) - {None}).values_list("pk", "product__category"))


def sold_line(order_id: uuid.UUID, line: OrderLine, categories: Mapping[int, int]) -> SoldLine:
    """Of a line as it is kept, or as it arrives: both have these columns."""
    goods, freight = in_books(line, Left(line.goods_minor, line.freight_minor))
    return SoldLine(
        line_id(order_id, line.position), line.position, line.sku, line.quantity, goods_minor=goods,
        freight_minor=freight, tax_minor=line.tax_minor, category_id=categories.get(line.variant_id),
    )  # fmt: skip


def in_books(line: OrderLine, share: Left) -> Left:
    """What the books know of a line's money: a charge stands beside freight there, for nothing is taken of it."""
    return share if line.variant_id else Left(0, share.goods + share.freight)


def sale_of(order: Order, *, at: datetime) -> Sale:
    """An order that was paid at a moment, as `sales.post` takes it."""
    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    categories = categories_of(line.variant_id for line in lines)
    sold = [sold_line(order.public_id, line, categories) for line in lines]
    return Sale(order.public_id, order.number, order.currency, at, sold)


def post_arrived(arriving: Sequence, *, by: Actor, now: datetime) -> None:
    """Post the orders of a batch, each once. One that waits for its payment, or ended without one, moves no money.

    Paid and cancelled without a word about a refund is not payable.
    """
    each = [(group, order) for group in arriving for order in group.orders]
    categories = categories_of(line.variant_id for _group, order in each for line in order.lines)
    found = []
    for group, order in each:
        state = rules.money_state(
            status=order.status, total_minor=order.total, paid_minor=sum(order.parts), instalments=1
        )
        if (order.status == OrderStatus.PLACED and not sum(order.parts)) or state == MoneyState.CANCELLED_UNPAID:
            continue
        lines = [sold_line(order.public_id, line, categories) for line in order.lines]
        found.append(
            Sale(
                order.public_id, order.number, group.currency, group.paid_at or group.placed_at, lines,
                is_payable=state.is_payable, merchant_id=order.merchant_id,
            )
        )  # fmt: skip
    sales.post_many(found, by=by, now=now)
