"""Read the judged tables back in batches, as what the other apps take over."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from analytics.rules import shares
from analytics.services.imports import staging
from analytics.services.imports.olist import tables
from analytics.services.imports.olist.tables import COUNTRY, CURRENCY, SOURCE
from config.kernel import ids
from fulfillment.services.arriving import ArrivingGroup, ArrivingLine, ArrivingOrder, ArrivingPayment

ORDERS_AT_ONCE = 2_000


class Review(NamedTuple):
    """A line of the reviews."""

    order_id: str
    review_id: str
    score: int
    title: str
    message: str
    asked: object
    given: datetime


@dataclass(frozen=True)
class Batch:
    """Some groups, in the order of their keys, with what their reviews say and which products their orders hold."""

    groups: list[ArrivingGroup]
    reviews: dict[str, list[Review]]
    products: dict[tuple[int, str], set[int]]  # (merchant, order) to product keys


ORDERS = """
    SELECT o.order_id, o.number, o.status, o.purchased, o.approved, o.handed_over, o.delivered, o.estimate,
        c.unique_id, c.city, c.state, c.postcode
    FROM staged_orders AS o JOIN staged_customers AS c USING (customer_id)
    WHERE NOT o.rejected AND o.order_id > %s ORDER BY o.order_id LIMIT %s
"""
ITEMS = """
    SELECT i.order_id, i.seller_id, s.merchant_id, i.item, i.ship_by, i.price, i.freight, s.product, s.variant, s.sku,
        s.title, b.buyer
    FROM staged_items AS i JOIN staged_sold AS s USING (seller_id, product_id)
    JOIN staged_orders AS o USING (order_id) JOIN staged_customers AS c USING (customer_id)
    JOIN staged_buyers AS b ON b.seller_id = i.seller_id AND b.unique_id = c.unique_id
    WHERE NOT i.rejected AND i.order_id BETWEEN %s AND %s ORDER BY i.order_id, i.seller_id, i.item
"""
PAYMENTS = """
    SELECT order_id, sequence, kind, instalments, amount FROM staged_payments
    WHERE NOT rejected AND order_id BETWEEN %s AND %s ORDER BY order_id, sequence
"""
REVIEWS = """
    SELECT order_id, review_id, score, title, message, asked, given FROM staged_reviews
    WHERE NOT rejected AND order_id BETWEEN %s AND %s ORDER BY order_id, review_id
"""


def batches() -> Iterator[Batch]:
    last = ""
    while heads := staging.rows(ORDERS, given=[last, ORDERS_AT_ONCE]):
        first, last = heads[0][0], heads[-1][0]
        yield _batch(heads, first, last)


def _batch(heads: list[tuple], first: str, last: str) -> Batch:
    items, payments, reviews = defaultdict(list), defaultdict(list), defaultdict(list)
    for order_id, *item in staging.rows(ITEMS, given=[first, last]):
        items[order_id].append(item)
    for order_id, *payment in staging.rows(PAYMENTS, given=[first, last]):
        payments[order_id].append(ArrivingPayment(*payment))
    for review in staging.rows(REVIEWS, given=[first, last]):
        reviews[review[0]].append(Review(*review))
    products: dict[tuple[int, str], set[int]] = defaultdict(set)
    groups = [_group(head, items[head[0]], payments[head[0]], products) for head in heads]
    return Batch(groups, reviews, products)


def _group(head: tuple, items: list, payments: list[ArrivingPayment], products) -> ArrivingGroup:
    order_id, number, status, purchased, approved, handed_over, delivered, estimate, _person, *address = head
    orders: dict[str, ArrivingOrder] = {}
    for seller_id, merchant_id, item, ship_by, price, freight, product, variant, sku, title, buyer in items:
        if seller_id not in orders:
            public_id = ids.of_source(purchased, SOURCE, "order", order_id, seller_id)
            orders[seller_id] = ArrivingOrder(
                merchant_id, public_id, number, buyer, tables.STATUS[status], tuple(address)
            )
        order = orders[seller_id]
        order.lines.append(ArrivingLine(variant, item, title, sku, price, freight, ship_by))
        order.ship_by_at = min(filter(None, [order.ship_by_at, ship_by]), default=None)
        products[merchant_id, order_id].add(product)
    _share_out(list(orders.values()), payments)
    return ArrivingGroup(
        source=SOURCE, number=order_id, public_id=ids.of_source(purchased, SOURCE, "group", order_id),
        source_status=status, currency=CURRENCY, country=COUNTRY, placed_at=purchased, paid_at=approved,
        handed_over_at=handed_over, delivered_at=delivered, deliver_by_on=estimate,
        cancelled_for=tables.REASON.get(status), payments=payments, orders=list(orders.values()),
    )  # fmt: skip


def _share_out(orders: list[ArrivingOrder], payments: list[ArrivingPayment]) -> None:
    if orders:
        worths = [order.items + order.freight for order in orders]
        parts = shares.shares(worths, [payment.amount_minor for payment in payments], CURRENCY)
        for place, order in enumerate(orders):
            order.parts = [part[place] for part in parts]
