"""What buyers pay: the platform's row, the merchant's part of it, and the sale in the books."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import bulk, events, scope
from config.kernel.actors import Actor
from fulfillment.errors import PaymentKeyReused
from fulfillment.events import OrderPaid
from fulfillment.models import DIRECT, Order, Payment, PaymentPart
from fulfillment.services import postings
from fulfillment.states import OrderStatus, PaymentKind
from inventory.services import reservations
from merchants.accounts.services import merchants
from merchants.money.services import sales

PAYMENT = [
    "source", "external_id", "group_id", "sequence", "kind", "amount_minor", "currency", "paid_at", "instalments",
]  # fmt: skip
PART = ["order_id", "payment_id", "sequence", "kind", "amount_minor", "currency", "paid_at", "instalments"]


class Paying(NamedTuple):
    """A payment of a whole order; `key` names it among those of the order."""

    order_id: int
    group_id: int
    public_id: uuid.UUID
    kind: PaymentKind
    amount_minor: int
    currency: str
    key: str = ""


def write(payings: Sequence[Paying], *, now: datetime) -> None:
    """Payments belong to the platform, whichever merchant's part they are all of."""
    rows = [
        [DIRECT, _name(each.public_id, each.key), each.group_id, 1, each.kind, each.amount_minor, each.currency, now, 1]
        for each in payings
    ]
    platform = merchants.platform(now=now)
    with scope.acting_for(platform):
        new = bulk.load_new(
            Payment, PAYMENT, rows, unique_columns=["merchant_id", "source", "external_id"],
            unique_where="NOT external_id = ''", returning=["external_id", "id"],
        )  # fmt: skip
    keys = dict(new)
    bulk.load(
        PaymentPart, PART,
        ([each.order_id, keys[_name(each.public_id, each.key)], 1, each.kind, each.amount_minor, each.currency, now, 1]
         for each in payings),
    )  # fmt: skip


def _name(order: uuid.UUID, key: str) -> str:
    return f"{order}:{key or 1}"


@transaction.atomic
def pay(*, order: Order, kind: PaymentKind, key: str = "", by: Actor, now: datetime) -> Order:
    """Note that an order was paid in full. The same payment said twice is one.

    Raises IllegalMove, PaymentKeyReused, ReservationEnded.
    """
    order = Order.objects.locked().get(pk=order.pk)
    if standing := _standing(order, key):
        if standing.kind != kind:
            raise PaymentKeyReused(_("The payment was noted already, of another kind."), field="kind")
        return order
    order.move_to(OrderStatus.PAID)
    reservations.confirm(owner=order.about)
    order.paid_minor, order.paid_at = order.total_minor, now
    order.version, order.updated_at = order.version + 1, now
    order.save(update_fields=["status", "paid_minor", "paid_at", "version", "updated_at"])
    paying = Paying(order.pk, order.group_id, order.public_id, kind, order.total_minor, order.currency, key)
    write([paying], now=now)
    sales.post([postings.sale_of(order, at=now)], by=by, now=now)
    events.record(OrderPaid(order_id=str(order.public_id)), by=by, now=now)
    return order


def _standing(order: Order, key: str) -> Payment | None:
    platform = merchants.platform(now=order.placed_at)
    with scope.acting_for(platform):
        return Payment.objects.filter(source=DIRECT, external_id=_name(order.public_id, key)).first()
