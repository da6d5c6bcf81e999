"""A year of orders, with their buyers and reviews, put into the sample shops."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction

from analytics.services.demo import SOURCE, aftermath, cast
from analytics.services.demo.people import Person
from analytics.services.demo.plan import PlannedGroup, PlannedOrder, Planner
from analytics.services.demo.shops import SHOPS, Shop
from catalog.models import Variant
from config.kernel import ids, scope
from config.kernel.actors import Actor
from config.kernel.money import Money
from config.kernel.transactions import one_at_a_time
from fulfillment.models import OrderGroup
from fulfillment.services import intake as orders_intake
from fulfillment.services.arriving import ArrivingGroup, ArrivingLine, ArrivingOrder, ArrivingPayment, Contact
from fulfillment.services.intake import Taken
from merchants.accounts.models import Buyer, Merchant
from merchants.accounts.services import intake as buyers_intake
from merchants.accounts.services.intake import ArrivingBuyer
from merchants.marketplace.models import SalesChannel
from support.services import intake as reviews_intake
from support.services.intake import ArrivingReview


def trade(
    merchants: dict[str, Merchant], *, now: datetime, products: int | None = None, orders: int | None = None
) -> int:
    """Fill in the last year, where none was filled in before; say how many orders that made.

    All or nothing: a year that is there already was planned from another moment, and stays as it is.
    """
    with scope.writing_for_many(because="sample orders of two shops share payments"), transaction.atomic():
        one_at_a_time("sample orders")
        if OrderGroup.objects.filter(source=SOURCE).exists():
            return 0
        planner = Planner(now=now, products=products)
        groups = [group for shop in SHOPS for group in planner.groups(shop, count=orders or shop.orders)]
        _Writing(merchants, now=now).write(groups)
        placed = [order for group in groups for order in group.orders]
        aftermath.follow(placed, merchants, handlers=cast.handlers())
        return len(placed)


AT_ONCE = 2_000  # orders that are written together


def batched(groups: Sequence[PlannedGroup], size: int) -> Iterator[Sequence[PlannedGroup]]:
    return (groups[start : start + size] for start in range(0, len(groups), size))


class _Writing:
    def __init__(self, merchants: dict[str, Merchant], *, now: datetime):
        self.merchants, self.now = merchants, now
        self.handlers: dict[str, Actor] = cast.handlers()
        self.variants: dict[tuple[int, str], Variant] = {}
        self.buyers: dict[tuple[int, str], int] = {}

    def write(self, groups: Sequence[PlannedGroup]) -> None:
        mine = [self.merchants[shop.slug].pk for shop in SHOPS]
        self.variants = {(each.merchant_id, each.sku): each for each in Variant.objects.filter(merchant__in=mine)}
        self._write_buyers(groups)
        for code, some in _by_channel(groups).items():
            for batch in batched(some, AT_ONCE):
                self._write_orders(code, batch)

    def _write_buyers(self, groups: Sequence[PlannedGroup]) -> None:
        """Each is known since the first order."""
        first: dict[tuple[int, str], tuple[Person, datetime]] = {}
        for order in sorted((order for group in groups for order in group.orders), key=_placed_at):
            first.setdefault((self._merchant(order.shop), order.buyer.key), (order.buyer, order.placed_at))
        buyers_intake.buyers(_buyer(merchant_id, *known) for (merchant_id, _), known in first.items())
        found = Buyer.objects.filter(source=SOURCE).values_list("merchant_id", "external_id", "pk")
        self.buyers = {(merchant_id, key): pk for merchant_id, key, pk in found}

    def _write_orders(self, code: str, groups: Sequence[PlannedGroup]) -> None:
        pieces = [piece for group in groups for piece in self._pieces(group)]
        taken = orders_intake.take_over(
            pieces, platform=self.merchants[Merchant.PLATFORM], channel=SalesChannel.objects.get(code=code), by=cast.BY,
            now=self.now,
        )  # fmt: skip
        reviews = [
            self._review(group, order, taken) for group in groups for order in group.orders if order.opinion is not None
        ]
        if reviews:
            reviews_intake.reviews(reviews, by=cast.BY, now=self.now)

    def _pieces(self, group: PlannedGroup) -> Iterable[ArrivingGroup]:
        """One for each of its orders, which went their own ways."""
        payments = [
            ArrivingPayment(sequence, each.kind, each.instalments, each.amount_minor)
            for sequence, each in enumerate(group.payments, 1)
        ]
        for order, parts in zip(group.orders, group.parts(), strict=True):
            went = order.course
            yield ArrivingGroup(
                source=SOURCE, number=group.number, public_id=ids.of_source(order.placed_at, SOURCE, group.number),
                source_status="", currency=order.shop.currency, country=order.buyer.country,
                placed_at=order.placed_at, paid_at=group.orders[0].course.paid_at, handed_over_at=went.handed_over_at,
                delivered_at=went.delivered_at, deliver_by_on=went.deliver_by_on,
                cancelled_for=None if went.paid_at else went.cancelled_for,
                cancelled_at=None if went.paid_at else went.cancelled_at, payments=payments,
                orders=[self._order(order, parts)],
            )  # fmt: skip

    def _order(self, order: PlannedOrder, parts: list[int]) -> ArrivingOrder:
        merchant_id, buyer = self._merchant(order.shop), order.buyer
        return ArrivingOrder(
            merchant_id=merchant_id, public_id=_order_id(order), number=order.number,
            buyer_id=self.buyers[merchant_id, buyer.key], status=order.course.status,
            address=(buyer.city, buyer.region, buyer.postcode), lines=self._lines(order), parts=parts,
            ship_by_at=order.course.ship_by_at, contact=Contact(buyer.name, buyer.phone, buyer.street),
            carrier=order.carrier, waybill=order.waybill, by=self.handlers[order.shop.slug],
        )  # fmt: skip

    def _lines(self, order: PlannedOrder) -> list[ArrivingLine]:
        merchant_id, currency = self._merchant(order.shop), order.shop.currency
        amounts = [line.amount_minor for line in order.lines]
        freight = Money(order.freight_minor, currency).split(amounts)
        return [
            ArrivingLine(
                variant_id=self.variants[merchant_id, line.item.sku].pk, position=position,
                name=line.item.good.title, sku=line.item.sku,
                unit_price_minor=line.price_minor, freight_minor=part.minor, ship_by_at=order.course.ship_by_at,
                quantity=line.quantity, tax_minor=Money(line.amount_minor, currency).portion(order.shop.tax).minor,
            )
            for position, (line, part) in enumerate(zip(order.lines, freight, strict=True), 1)
        ]  # fmt: skip

    def _review(self, group: PlannedGroup, order: PlannedOrder, taken: Taken) -> ArrivingReview:
        merchant_id, said = self._merchant(order.shop), order.opinion
        products = {self.variants[merchant_id, line.item.sku].product_id for line in order.lines}
        return ArrivingReview(
            merchant_id=merchant_id, source=SOURCE, external_id=order.number, group_id=taken.groups[group.number],
            order_id=taken.orders[merchant_id, group.number], product_id=products.pop() if len(products) == 1 else None,
            score=said.score, title=said.title, text=said.text,
            asked_on=said.asked_at.astimezone(order.shop.zone).date(), given_at=said.given_at,
            order=str(_order_id(order)),
        )  # fmt: skip

    def _merchant(self, shop: Shop) -> int:
        return self.merchants[shop.slug].pk


def _placed_at(order: PlannedOrder) -> datetime:
    return order.placed_at


def _by_channel(groups: Sequence[PlannedGroup]) -> dict[str, list[PlannedGroup]]:
    channels: dict[str, list[PlannedGroup]] = {}
    for group in groups:
        channels.setdefault(group.orders[0].shop.channels[group.channel].code, []).append(group)
    return channels


def _buyer(merchant_id: int, person: Person, known_since: datetime) -> ArrivingBuyer:
    return ArrivingBuyer(
        merchant_id=merchant_id, source=SOURCE, external_id=person.key,
        public_id=ids.of_source(known_since, SOURCE, str(merchant_id), person.key), city=person.city,
        region=person.region, postcode=person.postcode, country=person.country, known_since=known_since,
        name=person.name, phone=person.phone, street=person.street,
    )  # fmt: skip


def _order_id(order: PlannedOrder):
    return ids.of_source(order.placed_at, SOURCE, order.shop.slug, order.number)
