"""Read the judged lines back a day at a time, as what the other apps take over."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from analytics.services.imports import staging
from analytics.services.imports.retail.tables import CURRENCY, SOURCE, place_of
from config.kernel import ids
from fulfillment.services.arriving import ArrivingGroup, ArrivingLine, ArrivingOrder, ArrivingPayment
from fulfillment.services.credits import ArrivingCredit
from fulfillment.states import OrderStatus, PaymentKind
from inventory.services.intake import ArrivingMovement
from inventory.states import AdjustmentReason, MovementKind

STATUS = "invoiced"  # all that the source knows of a sale
SALES = """
    SELECT i.invoice, i.placed, i.country, p.buyer, l.is_charge, coalesce(nullif(l.name, ''), g.title, l.code) AS name,
        CASE WHEN l.is_charge THEN l.code ELSE l.spelled END AS spelled, l.quantity, l.at, l.minor, l.ppm, l.key,
        g.variant, g.product, g.sku
    FROM staged_lines AS l JOIN staged_invoices AS i USING (invoice) JOIN staged_people AS p ON p.customer = i.customer
    LEFT JOIN staged_goods AS g ON g.code = l.code AND NOT l.is_charge
    WHERE l.day = %s AND l.role = 'sale' AND l.is_new ORDER BY i.placed, i.invoice, l.line
"""
CORRECTIONS = """
    SELECT g.variant, g.product, g.sku, l.quantity, l.key, l.at, l.name
    FROM staged_lines AS l JOIN staged_goods AS g USING (code)
    WHERE l.day = %s AND l.role = 'stock' AND l.is_new ORDER BY l.at, l.line
"""
CREDITS = """
    SELECT l.key, l.invoice, g.variant, p.buyer, coalesce(nullif(l.name, ''), g.title, l.code),
        CASE WHEN l.is_charge THEN l.code ELSE l.spelled END, -l.quantity, l.minor, l.ppm, l.at,
        EXISTS (SELECT FROM staged_lines AS s WHERE s.customer = l.customer AND s.code = l.code AND s.role = 'sale'
            AND NOT s.rejected AND (s.minor, s.ppm) = (l.minor, l.ppm) AND s.at > l.at),
        EXISTS (SELECT FROM staged_lines AS s WHERE s.customer = l.customer AND s.code = l.code AND s.role = 'sale'
            AND NOT s.rejected AND (s.minor, s.ppm) <> (l.minor, l.ppm))
    FROM staged_lines AS l LEFT JOIN staged_people AS p ON p.customer = l.customer
    LEFT JOIN staged_goods AS g ON g.code = l.code AND NOT l.is_charge
    WHERE l.day = %s AND l.role = 'credit' AND l.is_new ORDER BY l.at, l.line
"""
OPENINGS = "SELECT key, variant, product, sku, units, at FROM staged_openings WHERE key > %s ORDER BY key LIMIT %s"


class Sale(NamedTuple):
    """A line of the sales, as `SALES` yields it."""

    invoice: str
    placed: datetime
    country: str
    buyer: int
    is_charge: bool
    name: str
    spelled: str
    quantity: int
    at: datetime
    minor: int
    ppm: int
    key: str
    variant: int | None
    product: str
    sku: str

    @property
    def order_id(self):
        return ids.of_source(self.placed, SOURCE, "order", self.invoice)


def sales(day: date) -> list[Sale]:
    return [Sale(*row) for row in staging.rows(SALES, given=[day])]


def groups(sold: list[Sale], *, merchant_id: int) -> list[ArrivingGroup]:
    """Each invoice as an order. It counts as paid and sent when it was written: nothing else is said of it."""
    return [_group(list(lines), merchant_id) for _invoice, lines in groupby(sold, attrgetter("invoice"))]


def _group(lines: list[Sale], merchant_id: int) -> ArrivingGroup:
    first = lines[0]
    country, region = place_of(first.country)
    has_goods = any(not line.is_charge for line in lines)
    order = ArrivingOrder(
        merchant_id, first.order_id, first.invoice, first.buyer,
        OrderStatus.SHIPPED if has_goods else OrderStatus.DELIVERED, ("", region, ""),
        lines=[_line(line, position) for position, line in enumerate(lines, 1)],
    )  # fmt: skip
    payments = [ArrivingPayment(1, PaymentKind.UNDEFINED, 1, order.total)] if order.total else []
    order.parts = [payment.amount_minor for payment in payments]
    return ArrivingGroup(
        source=SOURCE, number=first.invoice, public_id=ids.of_source(first.placed, SOURCE, "group", first.invoice),
        source_status=STATUS, currency=CURRENCY, country=country, placed_at=first.placed, paid_at=first.placed,
        handed_over_at=first.placed if has_goods else None, delivered_at=None, deliver_by_on=None, cancelled_for=None,
        payments=payments, orders=[order],
    )  # fmt: skip


def _line(line: Sale, position: int) -> ArrivingLine:
    return ArrivingLine(
        line.variant, position, line.name, line.spelled, line.minor, 0, None, line.quantity, unit_price_ppm=line.ppm,
        external_id=line.key, stated_at=line.at if line.at != line.placed else None,
        shipped=0 if line.is_charge else line.quantity,
    )  # fmt: skip


def movements(sold: list[Sale], day: date) -> Iterator[ArrivingMovement]:
    """What a day's sales took out of stock, then what its corrections did."""
    for line in sorted((line for line in sold if not line.is_charge), key=attrgetter("at", "invoice")):
        yield ArrivingMovement(
            line.variant, line.product, line.sku, MovementKind.SHIPPED, -line.quantity, _named(line.key), line.at,
            owner=f"order:{line.order_id}",
        )  # fmt: skip
    for variant, product, sku, units, key, at, name in staging.rows(CORRECTIONS, given=[day]):
        yield ArrivingMovement(
            variant, product, sku, MovementKind.ADJUSTED, units, _named(key), at, reason=AdjustmentReason.SOURCE,
            note=name,
        )  # fmt: skip


def credits(day: date) -> list[ArrivingCredit]:
    return [ArrivingCredit(*row) for row in staging.rows(CREDITS, given=[day])]


def openings() -> Iterator[list[ArrivingMovement]]:
    for rows in staging.in_turn(OPENINGS):
        yield [
            ArrivingMovement(
                variant, product, sku, MovementKind.ADJUSTED, units, f"{_named(key)}:opening", at,
                reason=AdjustmentReason.OPENING,
            )
            for key, variant, product, sku, units, at in rows
        ]  # fmt: skip


def _named(key: str) -> str:
    return f"{SOURCE}:{key}"
