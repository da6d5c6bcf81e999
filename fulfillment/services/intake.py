"""Taking over orders of another marketplace; what is here already stays as it is.

A batch of whole groups is written at once: groups, orders with lines, parcel and cancellation, payments with the
orders' parts, postings and facts. Nothing that stands already is changed, but what was missing is added.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from config.kernel import bulk, events
from config.kernel.actors import Actor
from config.kernel.events import Event, Past
from config.kernel.personal import encrypt
from fulfillment.events import OrderCancelled, OrderDelivered, OrderPaid, OrderPlaced, OrderShipped
from fulfillment.models import Cancellation, Order, OrderGroup, OrderLine, Payment, PaymentPart, Shipment
from fulfillment.services import postings
from fulfillment.services.arriving import ArrivingGroup, ArrivingLine, ArrivingOrder, ArrivingPayment
from merchants.accounts.models import Merchant
from merchants.marketplace.models import SalesChannel

KEY = {"unique_columns": ["merchant_id", "source", "external_id"], "unique_where": "NOT external_id = ''"}


@dataclass(frozen=True)
class Taken:
    """What became of a batch: keys of what is here now, and what of it is new or stands differently."""

    groups: dict[str, int]
    orders: dict[tuple[int, str], int]
    new_groups: set[str]
    new_lines: set[tuple[int, int]]  # order, position
    new_payments: set[str]
    differing: set[str]  # numbers of groups with an order that says something else


@transaction.atomic
def take_over(
    arriving: Sequence[ArrivingGroup], *, platform: Merchant, channel: SalesChannel, by: Actor, now: datetime
) -> Taken:
    """Write a batch of whole groups."""
    new_groups = _groups(arriving)
    numbers = [each.number for each in arriving]
    groups = dict(OrderGroup.objects.filter(source=arriving[0].source, number__in=numbers).values_list("number", "pk"))
    new_orders = _orders(arriving, groups, channel, now)
    orders, differing = _standing(arriving, new_orders)
    new_lines = _lines(arriving, orders)
    _parcels(arriving, orders)
    _cancellations(arriving, orders, by)
    new_payments = _payments(arriving, groups, platform)
    _parts(arriving, groups, orders, new_orders, platform, now)
    postings.post_arrived(arriving, by=by, now=now)
    for doer, facts in _facts(arriving, new_orders, by).items():
        events.record_past(facts, by=doer, now=now)
    return Taken(groups, orders, new_groups, new_lines, new_payments, differing)


def _groups(arriving: Sequence[ArrivingGroup]) -> set[str]:
    new = bulk.load_new(
        OrderGroup, ["source", "number", "public_id", "placed_at", "currency", "source_status"],
        ([each.source, each.number, each.public_id, each.placed_at, each.currency, each.source_status]
         for each in arriving),
        unique_columns=["source", "number"], returning=["number"],
    )  # fmt: skip
    return {number for (number,) in new}


def _each_order(arriving: Sequence[ArrivingGroup]) -> Iterable[tuple[ArrivingGroup, ArrivingOrder]]:
    return ((group, order) for group in arriving for order in group.orders)


def _orders(arriving, groups: dict[str, int], channel: SalesChannel, now: datetime) -> set[tuple[int, str]]:
    rows = (
        [order.merchant_id, group.source, group.number, order.public_id, order.number, groups[group.number],
         order.buyer_id, channel.pk, order.status, group.source_status, group.currency, order.items, order.freight,
         order.charges, order.total, sum(order.parts), order.units, group.placed_at,
         group.paid_at, *map(encrypt, order.contact), *order.address, group.country, 1, now]
        for group, order in _each_order(arriving)
    )  # fmt: skip
    return set(
        bulk.load_new(
            Order,
            ["merchant_id", "source", "external_id", "public_id", "number", "group_id", "buyer_id", "channel_id",
             "status", "source_status", "currency", "items_minor", "freight_minor", "charges_minor", "total_minor",
             "paid_minor", "units", "placed_at", "paid_at", "recipient", "phone", "street", "city", "region",
             "postcode", "country", "version", "updated_at"],
            rows, returning=["merchant_id", "external_id"], **KEY,
        )
    )  # fmt: skip


def _standing(arriving, new: set[tuple[int, str]]) -> tuple[dict[tuple[int, str], int], set[str]]:
    """The keys of all orders of the batch, and the groups in which one differs from what arrived."""
    says = {
        (order.merchant_id, group.number): (group.source_status, order.items, order.freight, group.placed_at)
        for group, order in _each_order(arriving)
    }
    known = Order.objects.filter(source=arriving[0].source, external_id__in=[each.number for each in arriving])
    orders, differing = {}, set()
    for merchant_id, number, pk, *said in known.values_list(
        "merchant_id", "external_id", "pk", "source_status", "items_minor", "freight_minor", "placed_at"
    ):
        orders[merchant_id, number] = pk
        if (merchant_id, number) not in new and says.get((merchant_id, number)) != tuple(said):
            differing.add(number)
    return orders, differing


def _lines(arriving, orders) -> set[tuple[int, int]]:
    rows = (
        [order.merchant_id, orders[order.merchant_id, group.number], group.currency, *line]
        for group, order in _each_order(arriving)
        for line in order.lines
    )
    new = bulk.load_new(
        OrderLine,
        ["merchant_id", "order_id", "currency", *ArrivingLine._fields],
        rows, unique_columns=["merchant_id", "order_id", "position"], returning=["order_id", "position"],
    )  # fmt: skip
    return set(new)


def _parcels(arriving, orders) -> None:
    rows = (
        [order.merchant_id, orders[order.merchant_id, group.number], order.ship_by_at, group.deliver_by_on,
         group.handed_over_at, group.delivered_at, order.carrier, order.waybill]
        for group, order in _each_order(arriving)
    )  # fmt: skip
    columns = ["merchant_id", "order_id", "ship_by_at", "deliver_by_on", "handed_over_at", "delivered_at", "carrier",
               "waybill"]  # fmt: skip
    bulk.load(Shipment, columns, rows, unique_columns=["order_id"])


def _cancellations(arriving, orders, by: Actor) -> None:
    rows = (
        [order.merchant_id, orders[order.merchant_id, group.number], group.cancelled_for, "", (order.by or by).label,
         group.cancelled_at]
        for group, order in _each_order(arriving)
        if group.cancelled_for
    )  # fmt: skip
    columns = ["merchant_id", "order_id", "reason", "note", "by", "at"]
    bulk.load(Cancellation, columns, rows, unique_columns=["order_id"])


def _payments(arriving, groups: dict[str, int], platform: Merchant) -> set[str]:
    rows = (
        [platform.pk, group.source, _key(group, payment), groups[group.number], group.currency, group.paid_at, *payment]
        for group in arriving
        for payment in group.payments
    )
    new = bulk.load_new(
        Payment,
        ["merchant_id", "source", "external_id", "group_id", "currency", "paid_at", *ArrivingPayment._fields],
        rows, returning=["external_id"], **KEY,
    )  # fmt: skip
    return {external_id for (external_id,) in new}


def _key(group: ArrivingGroup, payment: ArrivingPayment) -> str:
    return f"{group.number}:{payment.sequence}"


def _parts(
    arriving, groups: dict[str, int], orders, new_orders: set[tuple[int, str]], platform: Merchant, now: datetime
) -> None:  # fmt: skip
    known = Payment.objects.filter(merchant=platform, group__in=groups.values())
    payments = {(group_id, sequence): pk for pk, group_id, sequence in known.values_list("pk", "group_id", "sequence")}
    rows = (
        [order.merchant_id, orders[order.merchant_id, group.number], payments[groups[group.number], payment.sequence],
         payment.sequence, payment.kind, payment.instalments, part, group.currency, group.paid_at]
        for group, order in _each_order(arriving)
        for payment, part in zip(group.payments, order.parts, strict=True)
    )  # fmt: skip
    new = bulk.load_new(
        PaymentPart,
        ["merchant_id", "order_id", "payment_id", "sequence", "kind", "instalments", "amount_minor", "currency",
         "paid_at"],
        rows, unique_columns=["merchant_id", "order_id", "sequence"], returning=["order_id"],
    )  # fmt: skip
    fresh = {orders[key] for key in new_orders}
    for order_id in {order_id for (order_id,) in new} - fresh:  # payments that came later than their order
        paid = PaymentPart.objects.filter(order=order_id).aggregate(paid=Sum("amount_minor"))["paid"]
        Order.objects.filter(pk=order_id).update(paid_minor=paid, updated_at=now)


def _facts(arriving, new_orders: set[tuple[int, str]], by: Actor) -> dict[Actor, list[Past]]:
    """The history of new orders, by who did what."""
    done: dict[Actor, list[Past]] = defaultdict(list)
    for group, order in _each_order(arriving):
        if (order.merchant_id, group.number) in new_orders:
            for fact, at in _history(group, str(order.public_id)):
                doer = order.by if order.by and isinstance(fact, OrderShipped | OrderCancelled) else by
                done[doer].append(Past(fact, at, order.merchant_id))
    return done


def _history(group: ArrivingGroup, order_id: str) -> Iterable[tuple[Event, datetime]]:
    """What the source says when it happened; of a cancellation only that it came after all else."""
    moments = [
        (OrderPlaced, group.placed_at), (OrderPaid, group.paid_at), (OrderShipped, group.handed_over_at),
        (OrderDelivered, group.delivered_at),
    ]  # fmt: skip
    known = [(fact(order_id=order_id), at) for fact, at in moments if at]
    yield from known
    if group.cancelled_for:
        at = group.cancelled_at or max(at for _fact, at in known)
        yield OrderCancelled(order_id=order_id, reason=group.cancelled_for), at
