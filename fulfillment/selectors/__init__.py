"""Reads of orders."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Least
from django.http import Http404
from django.shortcuts import get_object_or_404

from config.kernel.deadlines import nearness
from config.kernel.personal import masked
from config.kernel.subjects import Subject
from fulfillment import rules
from fulfillment.models import (
    Order,
    OrderLine,
    Parcel,
    ParcelLine,
    PaymentPart,
    Refund,
    RefundLine,
    Shipment,
)
from fulfillment.selectors.found import TAIL, buyers_matching, matching, several
from fulfillment.states import MoneyState, OrderStatus
from merchants.accounts.models import Buyer

__all__ = ["buyers_matching", "matching", "several"]


@dataclass(frozen=True)
class Contact:
    """Where an order goes."""

    recipient: str
    phone: str
    street: str
    city: str
    region: str
    postcode: str
    country: str

    @classmethod
    def of(cls, order: Order) -> "Contact":
        return cls(**{name: getattr(order, name) for name in cls.__dataclass_fields__})

    def masked(self) -> "Contact":
        """As everybody who may see the order sees it."""
        hidden = {"phone": masked(self.phone, shown=TAIL), "street": masked(self.street, shown=0)}
        return replace(self, recipient=masked(self.recipient, shown=1), **hidden)

    @property
    def place(self) -> str:
        return ", ".join(filter(None, [self.city, self.region, self.postcode, self.country]))

    @property
    def hides_something(self) -> bool:
        return bool(self.recipient or self.phone or self.street)


def orders(*, now: datetime, zone: ZoneInfo) -> QuerySet[Order]:
    """For the list: with buyer, parcel and `is_late`; of what is to be shipped by when (`ship_at`) and how `near` that
    is. What is encrypted is not read.
    """
    return (
        Order.objects.select_related("buyer", "shipment")
        .defer("recipient", "phone", "street", "buyer__phone", "buyer__street")
        .annotate(is_late=Coalesce(ExpressionWrapper(_late(now=now, zone=zone), output_field=BooleanField()), False))
        .annotate(ship_at=_ship_at(zone))
        .annotate(near=Case(When(status=OrderStatus.PAID, then=nearness("ship_at", now=now, zone=zone))))
    )


def _ship_at(zone: ZoneInfo) -> Least:
    """A parcel leaves before its ship-by, and before the day ends on which it should arrive."""
    day_after = ExpressionWrapper(F("shipment__deliver_by_on") + timedelta(days=1), output_field=DateTimeField())
    day_ended = Func(Value(zone.key), day_after, function="timezone", output_field=DateTimeField())
    return Least("shipment__ship_by_at", day_ended)


def _late(*, now: datetime, zone: ZoneInfo) -> Q:
    """What `rules.next_due` calls late."""
    missed_delivery = Q(shipment__deliver_by_on__lt=now.astimezone(zone).date())
    to_ship = Q(status=OrderStatus.PAID) & (Q(shipment__ship_by_at__lt=now) | missed_delivery)
    return to_ship | Q(status=OrderStatus.SHIPPED) & missed_delivery


def with_first_lines(rows: list[Order]) -> list[Order]:
    """Give each row its `first_line`, None where there is none, with the product's picture."""
    lines = OrderLine.objects.filter(order__in=[row.pk for row in rows]).select_related("variant__product__picture")
    first = {line.order_id: line for line in lines.order_by("order", "position").distinct("order")}
    for row in rows:
        row.first_line = first.get(row.pk)
    return rows


def due(order: Order, *, now: datetime, zone: ZoneInfo) -> rules.Due | None:
    """The deadline that the order has to meet next."""
    parcel = shipment(order)
    return rules.next_due(
        status=order.status, ship_by_at=parcel and parcel.ship_by_at, deliver_by_on=parcel and parcel.deliver_by_on,
        now=now, zone=zone,
    )  # fmt: skip


def shipment(order: Order) -> Shipment | None:
    return getattr(order, "shipment", None)


def order(number: str) -> Order:
    """One order with all that its page shows: `shown_lines` with their products, `boxes`, `parts` of payments and
    `money_back`.

    Raises Http404.
    """
    lines = OrderLine.objects.select_related("variant__product__picture").order_by("position")
    found = (
        Order.objects.filter(number=number)
        .select_related("merchant", "buyer", "channel", "shipment", "cancellation")
        .defer("buyer__phone", "buyer__street")
        .prefetch_related(
            Prefetch("lines", lines, to_attr="shown_lines"),
            Prefetch("payment_parts", PaymentPart.objects.order_by("sequence"), to_attr="parts"),
            Prefetch("refunds", Refund.objects.order_by("pk"), to_attr="money_back"),
            Prefetch("parcels", _parcels(), to_attr="boxes"),
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def _parcels() -> QuerySet[Parcel]:
    return Parcel.objects.annotate(units=Sum("lines__quantity")).order_by("pk")


def orders_of_buyer(buyer: Buyer) -> int:
    return Order.objects.filter(buyer=buyer).count()


def buyer_key(buyer: Buyer) -> str:
    """What `matching` finds the buyer's orders by."""
    return buyer.external_id or str(buyer.public_id)


def money_state(order: Order) -> MoneyState:
    """Of an order with its `parts`."""
    instalments = max((part.instalments for part in order.parts), default=1)
    return rules.money_state(
        status=order.status, total_minor=order.total_minor, paid_minor=order.paid_minor, instalments=instalments,
        refunded_minor=order.refunded_minor,
    )  # fmt: skip


def subjects(keys: list[str]) -> dict[str, Subject]:
    """Orders as facts are about them, by their public ids."""
    found = Order.objects.filter(public_id__in=keys).select_related("merchant").defer("recipient", "phone", "street")
    return {str(each.public_id): Subject(each.number, each.get_absolute_url()) for each in found}


def plain_orders(*, now: datetime, zone: ZoneInfo) -> QuerySet[Order]:
    """For the API: with `is_late`. What is encrypted is not read."""
    return orders(now=now, zone=zone).select_related("channel", "cancellation")


def order_by_id(public_id, *, now: datetime, zone: ZoneInfo) -> Order:
    """Raises Http404."""
    return get_object_or_404(plain_orders(now=now, zone=zone), public_id=public_id)


def with_lines(rows: list[Order]) -> list[Order]:
    """Give each row its `shown_lines`, its `parcel` and how it `ended`, None where there is none, and its `place`."""
    lines = OrderLine.objects.select_related("variant").order_by("position")
    prefetch_related_objects(rows, Prefetch("lines", lines, "shown_lines"))
    for row in rows:
        row.place, row.parcel, row.ended = row, shipment(row), getattr(row, "cancellation", None)
    return rows


def payment_parts(order: Order) -> QuerySet[PaymentPart]:
    return PaymentPart.objects.filter(order=order)


def parcels(order: Order) -> QuerySet[Parcel]:
    """With what is `packed` in each."""
    return Parcel.objects.filter(order=order).prefetch_related(
        Prefetch("lines", ParcelLine.objects.select_related("line").order_by("line__position"), "packed")
    )


def refunds(order: Order | None = None) -> QuerySet[Refund]:
    """Of an order or of all, with the `shares` of each line."""
    found = Refund.objects.select_related("order").defer("order__recipient", "order__phone", "order__street")
    lines = RefundLine.objects.select_related("line").order_by("line__position")
    found = found.prefetch_related(Prefetch("lines", lines, "shares"))
    return found if order is None else found.filter(order=order)


def refund(public_id) -> Refund:
    """Raises Http404."""
    return get_object_or_404(refunds(), public_id=public_id)


def shipments() -> QuerySet[Shipment]:
    return Shipment.objects.select_related("order").defer("order__recipient", "order__phone", "order__street")
