"""A year of orders, thought out before anything is written: who bought what, when, and how it went on."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from analytics.services.demo import assortment, course, rhythm
from analytics.services.demo.assortment import Item
from analytics.services.demo.course import Course
from analytics.services.demo.opinions import OPINIONS, SCORES
from analytics.services.demo.people import Person, person
from analytics.services.demo.shops import BEIMU, LINHAI, Shop
from config.kernel.money import Money
from fulfillment.states import OrderStatus, PaymentKind

SHARED = 16  # of so many orders in one shop, one goes together with an order in its neighbor's
PAID_WITH = {
    "EUR": [PaymentKind.CARD] * 5 + [PaymentKind.WALLET] * 3 + [PaymentKind.TRANSFER],
    "GBP": [PaymentKind.CARD] * 5 + [PaymentKind.DEBIT] * 3 + [PaymentKind.WALLET] * 2,
    "CNY": [PaymentKind.WALLET] * 8 + [PaymentKind.CARD] * 2,
}
UPTO = list(accumulate(1 / (5 + place) for place in range(500)))  # how well goods sell, by their place in the list
BUYERS = 990  # of a country
VOUCHERS = (500, 1_000, 2_000)  # minor units


@dataclass(frozen=True)
class Line:
    item: Item
    quantity: int
    price_minor: int

    @property
    def amount_minor(self) -> int:
        return self.price_minor * self.quantity


@dataclass(frozen=True)
class Opinion:
    score: int
    title: str
    text: str
    asked_at: datetime
    given_at: datetime


@dataclass(frozen=True)
class PlannedOrder:
    shop: Shop
    number: str
    placed_at: datetime
    buyer: Person
    lines: tuple[Line, ...]
    freight_minor: int
    course: Course
    carrier: str
    waybill: str
    opinion: Opinion | None

    @property
    def total_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines) + self.freight_minor


@dataclass(frozen=True)
class PlannedPayment:
    kind: PaymentKind
    instalments: int
    amount_minor: int


@dataclass(frozen=True)
class PlannedGroup:
    """What a buyer sent at once; `channel` is 0 for the own shop and 1 for the marketplace."""

    channel: int
    orders: tuple[PlannedOrder, ...]
    payments: tuple[PlannedPayment, ...]

    @property
    def number(self) -> str:
        return self.orders[0].number

    def parts(self) -> list[list[int]]:
        """Of each order its shares of the payments: every payment and every order's total come out exactly."""
        open_minor = [order.total_minor for order in self.orders]
        shares: list[list[int]] = [[] for _ in self.orders]
        for payment in self.payments[:-1]:
            for index, part in enumerate(Money(payment.amount_minor, "XXX").split(open_minor)):
                shares[index].append(part.minor)
        for index in range(len(self.orders) if self.payments else 0):
            shares[index].append(open_minor[index] - sum(shares[index]))
        return shares


class Planner:
    """Plans for all shops; the same for the same `now`."""

    def __init__(self, *, now: datetime, products: int | None = None):
        self.now, self.products = now, products
        self.numbers: Counter[str] = Counter()
        self.items: dict[str, list[Item]] = {}

    def groups(self, shop: Shop, *, count: int) -> list[PlannedGroup]:
        chance = Random(f"orders of {shop.slug}")
        moments = rhythm.moments(shop, count=count, now=self.now, chance=chance)
        return [self._group(shop, index, at, chance) for index, at in enumerate(moments)]

    def _group(self, shop: Shop, index: int, at: datetime, chance: Random) -> PlannedGroup:
        # a few buy often and most of them once
        buyer = person(int(BUYERS * chance.random() ** 1.6), country=shop.country)
        channel = int(chance.random() < 0.42)
        orders = [self._order(shop, at, buyer, channel, chance)]
        if shop is LINHAI and index % SHARED == SHARED // 2:
            orders.append(self._order(BEIMU, at, buyer, channel, chance))
        if len(orders) == 1 and orders[0].course.paid_at is None:
            return PlannedGroup(channel, tuple(orders), ())
        if any(order.course.paid_at is None for order in orders):  # paid at once or not at all
            unpaid = [self._unpaid(order) for order in orders]
            return PlannedGroup(channel, tuple(unpaid), ())
        return PlannedGroup(channel, tuple(orders), self._payments(orders, chance))

    def _order(self, shop: Shop, at: datetime, buyer: Person, channel: int, chance: Random) -> PlannedOrder:
        lines = self._lines(shop, at, channel, chance)
        items_minor = sum(line.amount_minor for line in lines)
        went = course.of_order(shop, placed_at=at, now=self.now, chance=chance)
        carrier = chance.choice(shop.carriers)
        waybill = f"{shop.mark}{chance.randrange(10**9, 10**10)}"
        has_left = went.handed_over_at is not None
        return PlannedOrder(
            shop, self._number(shop, at), at, buyer, lines,
            0 if items_minor >= shop.free_from_minor else shop.freight_minor, went,
            carrier if has_left else "", waybill if has_left else "", self._opinion(shop, went, lines, chance),
        )  # fmt: skip

    def _number(self, shop: Shop, at: datetime) -> str:
        day = f"{shop.mark}{at.astimezone(shop.zone):%y%m%d}"
        self.numbers[day] += 1
        return f"{day}-{self.numbers[day]:03}"

    def _lines(self, shop: Shop, at: datetime, channel: int, chance: Random) -> tuple[Line, ...]:
        goods = self.items.setdefault(shop.slug, assortment.items(shop, products=self.products))
        # what stands first in the list sells best; the later ones came later
        days = (self.now - at).days
        goods = goods[: bisect_right(goods, -days, key=lambda item: 1 - item.since)]
        weights = UPTO[: len(goods)]
        picked: dict[str, Item] = {}
        for _ in range(chance.choices((1, 2, 3), (68, 24, 8))[0]):
            item = chance.choices(goods, cum_weights=weights)[0]
            picked.setdefault(item.sku, item)
        return tuple(Line(item, self._quantity(item, chance), item.price(at, now=self.now)) for item in picked.values())

    def _quantity(self, item: Item, chance: Random) -> int:
        return chance.choices((1, 2, 4), (70, 22, 8))[0] if item.form.price_minor < 8_000 else 1

    def _opinion(self, shop: Shop, went: Course, lines: Sequence[Line], chance: Random) -> Opinion | None:
        score, luck, later = chance.choice(SCORES), chance.random(), chance.uniform(0.2, 4)
        title, text = chance.choice(OPINIONS[shop.language][score])
        if went.status != OrderStatus.DELIVERED or luck > 0.36:
            return None
        asked_at = went.delivered_at + timedelta(hours=2)
        given_at = asked_at + timedelta(days=later)
        if given_at > self.now:
            return None
        return Opinion(score, title, text.format(title=lines[0].item.good.title), asked_at, given_at)

    def _unpaid(self, order: PlannedOrder) -> PlannedOrder:
        waiting = Course(OrderStatus.PLACED, order.course.deliver_by_on)
        return PlannedOrder(
            order.shop, order.number, order.placed_at, order.buyer, order.lines, order.freight_minor, waiting, "", "",
            None,
        )  # fmt: skip

    def _payments(self, orders: Sequence[PlannedOrder], chance: Random) -> tuple[PlannedPayment, ...]:
        total = sum(order.total_minor for order in orders)
        kind, voucher = chance.choice(PAID_WITH[orders[0].shop.currency]), chance.choice(VOUCHERS)
        uses_voucher, in_parts = chance.random() < 0.07, chance.random() < 0.5
        instalments = chance.choice((3, 6)) if kind == PaymentKind.CARD and in_parts and total > 30_000 else 1
        if uses_voucher and voucher < total:
            rest = PlannedPayment(kind, instalments, total - voucher)
            return PlannedPayment(PaymentKind.VOUCHER, 1, voucher), rest
        return (PlannedPayment(kind, instalments, total),)
