"""Taking over cancellations that do not say what they take back: the sale is found, and its money and goods go back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from config.kernel import bulk
from config.kernel.actors import Actor
from config.kernel.money import Money
from fulfillment import rules
from fulfillment.models import CreditLine, CreditMatch, Order, OrderLine, RefundLine
from fulfillment.rules import MILLION, Left, Match, Sold
from fulfillment.services import refunds
from fulfillment.services.refunds import Returned
from fulfillment.states import MatchRule, RefundReason
from inventory.services import intake as inventory
from inventory.services.intake import ArrivingMovement
from inventory.states import MovementKind

LINE = [
    "source", "external_id", "number", "variant_id", "buyer_id", "name", "sku", "quantity", "unit_price_minor",
    "unit_price_ppm", "currency", "at", "rule",
]  # fmt: skip
MATCH = ["credit_id", "line_id", "refund_id", "quantity", "amount_minor"]
Kept = tuple  # customer, variant or the charge's code, price: what a credit and its sale have in common


class ArrivingCredit(NamedTuple):
    """A line of a cancellation; `is_sold_later` and `has_other_price` are what its source says of the customer and the
    goods, for where no sale is found.
    """

    external_id: str
    number: str
    variant_id: int | None
    buyer_id: int | None
    name: str
    sku: str
    quantity: int
    unit_price_minor: int
    unit_price_ppm: int
    at: datetime
    is_sold_later: bool
    has_other_price: bool

    @property
    def about(self) -> Kept:
        return self.buyer_id, self.variant_id or self.sku, self.unit_price_minor, self.unit_price_ppm


@dataclass(slots=True)
class Candidate:
    """A line that was sold: `used` units of it were taken back already, `left` can be."""

    line: OrderLine
    at: datetime
    used: int
    left: int
    goods_left: int

    def take(self, units: int) -> int:
        """Take units back; what they cost, counted from the start so that the parts sum to the line's amount."""
        price = {"unit_price_minor": self.line.unit_price_minor, "unit_price_ppm": self.line.unit_price_ppm}
        before, self.used, self.left = self.used, self.used + units, self.left - units
        amount = rules.goods_minor(**price, quantity=self.used) - rules.goods_minor(**price, quantity=before)
        amount = min(amount, self.goods_left)
        self.goods_left -= amount
        return amount


@dataclass
class Back:
    """What one document takes back of one order at one moment."""

    order: Order
    number: str
    at: datetime
    shares: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # amounts by position
    units: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # goods that came back, by position
    parts: list[tuple[str, OrderLine, int, int]] = field(default_factory=list)  # key of the credit, line, units, amount


@transaction.atomic
def take_over(arriving: Sequence[ArrivingCredit], *, source: str, currency: str, by: Actor, now: datetime) -> int:
    """Keep cancellations of the acting merchant, in their order, and give back what they are found to take back.

    What is kept already stays as it is; say how many are new. The sales that they may be about are here.
    """
    known = CreditLine.objects.filter(source=source, external_id__in=[each.external_id for each in arriving])
    done = set(known.values_list("external_id", flat=True))
    new = [each for each in arriving if each.external_id not in done]
    if not new:
        return 0
    candidates = _candidates(new, source)
    judged = [(each, *_judge(each, candidates)) for each in new]
    rows = ([source, *_row(each, currency), rule] for each, rule, _taken in judged)
    kept = dict(
        bulk.load_new(
            CreditLine, LINE, rows, unique_columns=["merchant_id", "source", "external_id"],
            unique_where="NOT external_id = ''", returning=["external_id", "id"],
        )
    )  # fmt: skip
    matches = []
    for back in _backs(judged):
        refund_id = _give_back(back, source, by=by, now=now)
        matches += [
            [kept[key], line.pk, refund_id if amount else None, units, amount]
            for key, line, units, amount in back.parts
        ]
    bulk.load(CreditMatch, MATCH, matches)
    return len(new)


def _row(each: ArrivingCredit, currency: str) -> Iterable:
    *values, at, _is_sold_later, _has_other_price = each
    return [*values, currency, at]


def _candidates(new: Sequence[ArrivingCredit], source: str) -> Mapping[Kept, list[Candidate]]:
    """The lines of the same customers, goods and prices, the oldest first."""
    buyers, wanted = {each.buyer_id for each in new} - {None}, {each.about for each in new}
    goods = Q(variant__in={each.variant_id for each in new} - {None})
    charges = Q(variant__isnull=True, sku__in={each.sku for each in new if each.variant_id is None})
    lines = (
        OrderLine.objects.filter(goods | charges, order__buyer__in=buyers, order__source=source)
        .select_related("order", "variant__product").annotate(sold_at=Coalesce("stated_at", "order__placed_at"))
        .defer("order__recipient", "order__phone", "order__street").order_by("sold_at", "order__number", "position")
    )  # fmt: skip
    mine = [line for line in lines if _kept(line) in wanted]
    back = _sums(CreditMatch.objects.filter(line__in=mine), "quantity")
    given = _sums(RefundLine.objects.filter(line__in=mine), "goods_minor")
    found: dict[Kept, list[Candidate]] = defaultdict(list)
    for line in mine:
        found[_kept(line)].append(_candidate(line, back.get(line.pk, 0), given.get(line.pk, 0)))
    return found


def _kept(line: OrderLine) -> Kept:
    return line.order.buyer_id, line.variant_id or line.sku, line.unit_price_minor, line.unit_price_ppm


def _sums(rows, column: str) -> dict[int, int]:
    return dict(rows.order_by().values_list("line").annotate(Sum(column)))


def _candidate(line: OrderLine, back: int, given: int) -> Candidate:
    """Where people gave money back as well, no more units are left than the rest of the money pays for."""
    used, goods_left = max(back, line.returned), line.goods_minor - given
    left, unit = line.quantity - used, line.unit_price_minor * MILLION + line.unit_price_ppm
    if unit and given > rules.goods_minor(
        unit_price_minor=line.unit_price_minor, unit_price_ppm=line.unit_price_ppm, quantity=used
    ):  # fmt: skip
        left = min(left, goods_left * MILLION // unit)
    return Candidate(line, line.sold_at, used, left, goods_left)


def _judge(each: ArrivingCredit, candidates: Mapping[Kept, list[Candidate]]) -> tuple[MatchRule, list]:
    """The rule, and what is taken of which line: the line, units, what they cost."""
    earlier = [sold for sold in candidates.get(each.about, []) if sold.at <= each.at] if each.buyer_id else []
    found: Match | None = rules.match(each.quantity, [Sold(sold.line.pk, sold.left) for sold in earlier])
    if found is None:
        why = rules.unmatched(
            has_customer=each.buyer_id is not None, was_sold=bool(earlier), is_sold_later=each.is_sold_later,
            has_other_price=each.has_other_price,
        )  # fmt: skip
        return why, []
    of_line = {sold.line.pk: sold for sold in earlier}
    return found.rule, [(of_line[pk].line, units, of_line[pk].take(units)) for pk, units in found.taken]


def _backs(judged) -> Iterable[Back]:
    """By document and order, in the order in which they came."""
    backs: dict[tuple, Back] = {}
    for each, _rule, taken in judged:
        for line, units, amount in taken:
            back = backs.setdefault((each.number, each.at, line.order_id), Back(line.order, each.number, each.at))
            back.shares[line.position] += amount
            if line.variant_id:
                back.units[line.position] += units
            back.parts.append((each.external_id, line, units, amount))
    return backs.values()


def _give_back(back: Back, source: str, *, by: Actor, now: datetime) -> int | None:
    """The refund, or None where what came back had cost nothing."""
    amount, key = sum(back.shares.values()), f"{source}:{back.number}:{back.order.external_id}:{back.at:%y%m%d%H%M%S}"
    if not amount:
        _take_goods(back, key, by=by, now=now)
        return None
    refund = refunds.issue(
        order=back.order, amount=Money(amount, back.order.currency), key=key, at=back.at, by=by, now=now,
        reason=RefundReason.RETURNED if back.units else RefundReason.CHARGE,
        shares={position: Left(minor, 0) for position, minor in back.shares.items()},
        returned={position: Returned(units) for position, units in back.units.items()},
    )  # fmt: skip
    return refund.pk


def _take_goods(back: Back, key: str, *, by: Actor, now: datetime) -> None:
    lines = {line.position: line for _key, line, _units, _amount in back.parts}
    for position, units in back.units.items():
        OrderLine.objects.filter(pk=lines[position].pk).update(returned=F("returned") + units)
    inventory.movements(
        [
            ArrivingMovement(
                lines[position].variant_id, str(lines[position].variant.product.public_id), lines[position].variant.sku,
                MovementKind.RETURNED, units, f"{key}:{position}", back.at, owner=back.order.about,
            )
            for position, units in back.units.items()
        ],
        by=by, now=now,
    )  # fmt: skip
