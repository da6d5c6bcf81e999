"""Orders as they arrive from another marketplace."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from config.kernel.actors import Actor
from fulfillment import rules


class ArrivingLine(NamedTuple):
    """Columns of OrderLine; without a variant it is a charge."""

    variant_id: int | None
    position: int
    name: str
    sku: str
    unit_price_minor: int
    freight_minor: int
    ship_by_at: datetime | None
    quantity: int = 1
    tax_minor: int = 0  # contained in the price
    unit_price_ppm: int = 0
    external_id: str = ""
    stated_at: datetime | None = None
    shipped: int = 0

    @property
    def goods_minor(self) -> int:
        return rules.goods_minor(
            unit_price_minor=self.unit_price_minor, unit_price_ppm=self.unit_price_ppm, quantity=self.quantity
        )


class Contact(NamedTuple):
    """Whom the parcel is for, where a source tells."""

    recipient: str = ""
    phone: str = ""
    street: str = ""


NO_CONTACT = Contact()


@dataclass(slots=True)
class ArrivingOrder:
    """One merchant's part of a group; `parts` are its shares of the group's payments, in their order.

    `by` is who shipped or cancelled it, where that is known to be somebody else than who takes it over.
    """

    merchant_id: int
    public_id: uuid.UUID
    number: str
    buyer_id: int
    status: str
    address: tuple[str, str, str]  # city, region, postcode
    lines: list[ArrivingLine] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    ship_by_at: datetime | None = None
    contact: Contact = NO_CONTACT
    carrier: str = ""
    waybill: str = ""
    by: Actor | None = None

    @property
    def items(self) -> int:
        return sum(line.goods_minor for line in self.lines if line.variant_id)

    @property
    def charges(self) -> int:
        return sum(line.goods_minor for line in self.lines if not line.variant_id)

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines if line.variant_id)

    @property
    def freight(self) -> int:
        return sum(line.freight_minor for line in self.lines)

    @property
    def total(self) -> int:
        return self.items + self.freight + self.charges


class ArrivingPayment(NamedTuple):
    """Columns of Payment."""

    sequence: int
    kind: str
    instalments: int
    amount_minor: int


@dataclass(slots=True)
class ArrivingGroup:
    """What a buyer sent, with its payments and orders. Without orders it stays with the platform.

    Where its orders went different ways it comes in several pieces, each with all of its payments.
    """

    source: str
    number: str
    public_id: uuid.UUID
    source_status: str
    currency: str
    country: str
    placed_at: datetime
    paid_at: datetime | None
    handed_over_at: datetime | None
    delivered_at: datetime | None
    deliver_by_on: date | None
    cancelled_for: str | None
    cancelled_at: datetime | None = None
    payments: list[ArrivingPayment] = field(default_factory=list)
    orders: list[ArrivingOrder] = field(default_factory=list)
