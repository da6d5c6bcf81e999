"""What buyers pay: the platform's row, the merchant's part of it, and the sale in the books."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from config.kernel import bulk, events, scope
from config.kernel.actors import Actor
from fulfillment.errors import PaidInPart, PaymentKeyReused
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
    """A payment of a whole order; `key` names it among those of the order, `sequence` those of its group."""

    order_id: int
    group_id: int
    public_id: uuid.UUID
    kind: PaymentKind
    amount_minor: int
    currency: str
    key: str = ""
    sequence: int = 1


def write(payings: Sequence[Paying], *, now: datetime) -> None:
    """Payments belong to the platform, whichever merchant's part they are all of."""
    rows = [
        [
            DIRECT,
            _name(each.public_id, each.key),
            each.group_id,
            each.sequence,
            each.kind,
            each.amount_minor,
            each.currency,
            now,
            1,
        ]
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
        ([each.order_id, keys[_name(each.public_id, each.key)], each.sequence, each.kind, each.amount_minor,
          each.currency, now, 1] for each in payings),
    )  # fmt: skip


def _name(order: uuid.UUID, key: str) -> str:
    return f"{order}:{key or 1}"


@transaction.atomic
def pay(*, order: Order, kind: PaymentKind, key: str = "", by: Actor, now: datetime) -> Order:
    """Note that an order was paid in full. The same payment said twice is one.

    One whose payments came with it from its source has these already. Raises IllegalMove, PaymentKeyReused,
    PaidInPart, ReservationEnded.
    """
    order = Order.objects.locked().get(pk=order.pk)
    if standing := _standing(order, key):
        if standing.kind != kind:
            raise PaymentKeyReused(_("The payment was noted already, of another kind."), field="kind")
        return order
    order.move_to(OrderStatus.PAID)
    reservations.confirm(owner=order.about)
    if not PaymentPart.objects.filter(order=order).exists():
        write([_paying(order, kind, key)], now=now)
        order.paid_minor = order.total_minor
    elif order.paid_minor < order.total_minor:
        raise PaidInPart(_("A part of this order was paid at its source, and not all of it."))
    order.paid_at, order.version, order.updated_at = now, order.version + 1, now
    order.save(update_fields=["status", "paid_minor", "paid_at", "version", "updated_at"])
    sales.post([postings.sale_of(order, at=now)], by=by, now=now)
    events.record(OrderPaid(order_id=str(order.public_id)), by=by, now=now)
    return order


def _paying(order: Order, kind: PaymentKind, key: str) -> Paying:
    with scope.acting_for(merchants.platform(now=order.placed_at)):
        paid = Payment.objects.filter(group=order.group_id).aggregate(Max("sequence"))["sequence__max"] or 0
    return Paying(
        order.pk, order.group_id, order.public_id, kind, order.total_minor, order.currency, key, sequence=paid + 1
    )  # fmt: skip


def _standing(order: Order, key: str) -> Payment | None:
    platform = merchants.platform(now=order.placed_at)
    with scope.acting_for(platform):
        return Payment.objects.filter(source=DIRECT, external_id=_name(order.public_id, key)).first()
