"""How orders enter the books of their merchants."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from catalog.models import Variant
from config.kernel.actors import Actor
from fulfillment import rules
from fulfillment.models import Order, OrderLine
from fulfillment.states import MoneyState, OrderStatus
from merchants.money.services import sales
from merchants.money.services.sales import Sale, SoldLine


def line_id(order_id: uuid.UUID, position: int) -> uuid.UUID:
    """What the books know an order line by: made from its order's public id and its position."""
    return uuid.uuid5(order_id, str(position))


def categories_of(variants: Iterable[int]) -> Mapping[int, int]:
    """Where the products of variants lie now: the commission goes by it."""
    return dict(Variant.objects.filter(pk__in=set(variants)).values_list("pk", "product__category"))


def sold_line(order_id: uuid.UUID, line: OrderLine, categories: Mapping[int, int]) -> SoldLine:
    """Of a line as it is kept, or as it arrives: both have these columns."""
    return SoldLine(
        line_id(order_id, line.position), line.position, line.sku, line.quantity,
        goods_minor=line.unit_price_minor * line.quantity, freight_minor=line.freight_minor, tax_minor=line.tax_minor,
        category_id=categories[line.variant_id],
    )  # fmt: skip


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
            status=order.status, total_minor=order.items + order.freight, paid_minor=sum(order.parts), instalments=1
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
