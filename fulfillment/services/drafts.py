"""Orders as they are asked for, judged one by one before anything is written."""

import re
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from catalog.models import Variant
from config.kernel import ids
from config.kernel.errors import DomainError
from config.kernel.money import MOST, Money
from fulfillment.errors import NoPrice, NotAnOrder, OrderNumberTaken, VariantUnknown
from fulfillment.models import Order, OrderLine
from fulfillment.states import OrderStatus, PaymentKind
from merchants.accounts.models import Merchant
from merchants.accounts.services.buyers import GivenBuyer
from merchants.marketplace.models import SalesChannel
from pricing.services import prices

# in addresses and on labels: no slash, no space
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
TAKEN_BY_PAGES = frozenset({"new", "export", "credits"})  # beside orders/<number>/
MOST_LINES, MOST_UNITS = 500, 1_000_000
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another


class PlacedLine(NamedTuple):
    """`unit_price` is None for what the variant costs on the channel now; tax is contained in it."""

    sku: str
    quantity: int
    unit_price: Money | None = None


@dataclass(frozen=True)
class Placement:
    """An order as it is asked for. `number` is made up where none is given; `paid_by` says that it is paid already,
    with the payment's own `payment_key`.
    """

    channel: SalesChannel
    lines: Sequence[PlacedLine]
    buyer: GivenBuyer
    recipient: str = ""
    freight: Money | None = None
    number: str = ""
    paid_by: PaymentKind | None = None
    payment_key: str = ""


class DraftLine(NamedTuple):
    """Columns of OrderLine."""

    variant_id: int
    position: int
    name: str
    sku: str
    quantity: int
    unit_price_minor: int
    freight_minor: int
    tax_minor: int = 0

    @property
    def goods_minor(self) -> int:
        return self.unit_price_minor * self.quantity


@dataclass(frozen=True)
class Draft:
    """An order that may be placed if there is stock; `categories` are those of its variants."""

    placement: Placement
    number: str
    currency: str
    lines: list[DraftLine]
    categories: Mapping[int, int]
    public_id: uuid.UUID = field(default_factory=ids.fresh)

    @property
    def about(self) -> str:
        return f"order:{self.public_id}"

    @property
    def items_minor(self) -> int:
        return sum(line.goods_minor for line in self.lines)

    @property
    def freight_minor(self) -> int:
        return self.placement.freight.minor if self.placement.freight else 0

    @property
    def total_minor(self) -> int:
        return self.items_minor + self.freight_minor


Judged = Draft | Order | DomainError


def draft(placements: Sequence[Placement], *, merchant: Merchant, now: datetime) -> list[Judged]:
    """Each as a draft, as the order that stands under its number already, or as why it cannot be."""
    variants = _variants({line.sku for each in placements for line in each.lines})
    unpriced = {
        variants[line.sku].pk
        for each in placements for line in each.lines if line.unit_price is None and line.sku in variants
    }  # fmt: skip
    costs = _costs(unpriced, now=now)
    standing = _standing([each.number for each in placements if each.number])
    judged: list[Judged] = []
    seen: set[str] = set()
    for each in placements:
        try:
            judged.append(_judge(each, variants, costs, standing, seen, merchant=merchant, now=now))
        except DomainError as refusal:
            judged.append(refusal)
    return judged


def _variants(skus: set[str]) -> Mapping[str, Variant]:
    return {each.sku: each for each in Variant.objects.filter(sku__in=skus).select_related("product")}


def _costs(variants: set[int], *, now: datetime) -> Mapping[tuple[int, int], Money]:
    if not variants:
        return {}
    return {place: price.amount for place, price in prices.latest(variants).items() if price.starts_at <= now}


def _standing(numbers: Sequence[str]) -> Mapping[str, Order]:
    if not numbers:
        return {}
    known = Order.objects.filter(number__in=numbers).annotate(buyer_key=F("buyer__external_id"))
    found = known.defer("recipient", "phone", "street").prefetch_related("lines")
    return {order.number: order for order in found}


def _judge(each: Placement, variants, costs, standing, seen: set[str], *, merchant: Merchant, now) -> Judged:
    number = _number(each.number, seen, now=now)
    if not 0 < len(each.lines) <= MOST_LINES:
        raise NotAnOrder(
            _("An order has at least one line, and no more than %(most)s.") % {"most": MOST_LINES}, field="lines"
        )
    if each.channel.currency != merchant.currency:
        raise NotAnOrder(
            _("The shop counts in %(currency)s.") % {"currency": merchant.currency}, field="channel"
        )  # fmt: skip
    priced = [_priced(line, place, each.channel, variants, costs) for place, line in enumerate(each.lines)]
    if order := standing.get(each.number):
        return _same(order, each)
    freight = _freight(each, priced)
    lines = [
        DraftLine(variant.pk, place, variant.product.title, variant.sku, quantity, price.minor, part)
        for place, ((variant, quantity, price), part) in enumerate(zip(priced, freight, strict=True), 1)
    ]
    categories = {variant.pk: variant.product.category_id for variant, _quantity, _price in priced}
    found = Draft(each, number, merchant.currency, lines, categories)
    if not 0 <= found.total_minor < MOST:
        raise NotAnOrder(_("No order comes to as much as that."), field="lines")
    return found


def made_up_number(now: datetime) -> str:
    return f"{now:%y%m%d}-{''.join(secrets.choice(LETTERS) for _ in range(8))}"


def _number(given: str, seen: set[str], *, now: datetime) -> str:
    if not given:
        return made_up_number(now)
    if not NUMBER.fullmatch(given) or given.lower() in TAKEN_BY_PAGES:
        raise NotAnOrder(
            _("An order number has letters, digits, dots, dashes and underscores only, at most 60."), field="number"
        )
    if given in seen:
        raise OrderNumberTaken(_("Another order of this call has the number."), field="number", number=given)
    seen.add(given)
    return given


def _priced(line: PlacedLine, place: int, channel: SalesChannel, variants, costs) -> tuple[Variant, int, Money]:
    if line.sku not in variants:
        raise VariantUnknown(_("There is no variant with the SKU “%(sku)s”.") % {"sku": line.sku},
                             field="sku", line=place, sku=line.sku)  # fmt: skip
    if not 0 < line.quantity <= MOST_UNITS:
        raise NotAnOrder(_("Order at least one unit, and no more than %(most)s.") % {"most": f"{MOST_UNITS:,}"},
                         field="quantity", line=place)  # fmt: skip
    variant = variants[line.sku]
    price = line.unit_price if line.unit_price is not None else costs.get((variant.pk, channel.pk))
    if price is None:
        raise NoPrice(_("%(sku)s has no price on %(channel)s. Give one.") % {"sku": line.sku, "channel": channel},
                      field="unit_price", line=place)  # fmt: skip
    if price.currency != channel.currency or not 0 <= price.minor < MOST:
        raise NotAnOrder(_("A price is in %(currency)s and not below zero.") % {"currency": channel.currency},
                         field="unit_price", line=place)  # fmt: skip
    return variant, line.quantity, price


def _freight(each: Placement, priced) -> list[int]:
    """The order's freight by the amounts of its lines, or where these come to nothing by their units."""
    if each.freight is None:
        return [0] * len(priced)
    if each.freight.currency != each.channel.currency or not 0 <= each.freight.minor < MOST:
        raise NotAnOrder(
            _("Freight is in %(currency)s and not below zero.") % {"currency": each.channel.currency}, field="freight"
        )
    amounts = [quantity * price.minor for _variant, quantity, price in priced]
    weights = amounts if any(amounts) else [quantity for _variant, quantity, _price in priced]
    return [part.minor for part in each.freight.split(weights)]


def _same(order: Order, asked: Placement) -> Order:
    """The order that stands under the number, if it is this one. Raises OrderNumberTaken.

    Two buyers may want the same goods under one number of a till: the second one's order is not the first one's.
    """
    lines: list[OrderLine] = sorted(order.lines.all(), key=lambda line: line.position)
    same = len(lines) == len(asked.lines) and all(
        (line.sku, line.quantity) == (wanted.sku, wanted.quantity)
        and (wanted.unit_price is None or line.unit_price == wanted.unit_price)
        for line, wanted in zip(lines, asked.lines, strict=True)
    )
    same = same and order.channel_id == asked.channel.pk and asked.buyer.key in ("", order.buyer_key)
    if same and asked.paid_by and order.status == OrderStatus.PLACED:
        raise OrderNumberTaken(
            _("The order %(number)s stands here unpaid. Note its payment instead.") % {"number": order.number},
            field="paid_by", number=order.number,
        )  # fmt: skip
    if not same or order.freight_minor != (asked.freight.minor if asked.freight else 0):
        raise OrderNumberTaken(
            _("Another order has the number %(number)s.") % {"number": order.number}, field="number",
            number=order.number,
        )  # fmt: skip
    return order
