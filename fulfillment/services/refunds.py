"""Money goes back to buyers, never more than came: the refund's row reserves it in the write."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from config.kernel import events, ids
from config.kernel.actors import Actor
from config.kernel.events import Past
from config.kernel.money import Money
from fulfillment import rules
from fulfillment.errors import MoreThanIsLeft, NotAnOrder, RefundAbovePaid, RefundKeyReused
from fulfillment.events import OrderRefunded
from fulfillment.models import Order, OrderLine, Refund, RefundLine
from fulfillment.rules import Left
from fulfillment.services.postings import in_books, line_id
from fulfillment.states import RefundReason
from inventory.services import stock
from inventory.services.stock import Units
from merchants.money.services import posting
from merchants.money.services import refunds as books
from merchants.money.services.refunds import RefundedLine
from merchants.money.states import Kind


class Returned(NamedTuple):
    """Units of a line that came back, `damaged` of them not to be sold again."""

    quantity: int
    damaged: int = 0


@transaction.atomic
def issue(
    *, order: Order, amount: Money, reason: RefundReason, key: str, shares: Mapping[int, Left] | None = None,
    returned: Mapping[int, Returned] | None = None, at: datetime | None = None, by: Actor, now: datetime,
) -> Refund:  # fmt: skip
    """Give a part of an order's money back, once per key, with the commission of it.

    `shares` says what of it is for which line, by position; without them it is spread by what is left of each. Goods
    that are `returned` with it go back into stock. `at` is when that happened, where it is history: then its ids are
    made from its key. Raises NotAnOrder, RefundAbovePaid, RefundKeyReused, MoreThanIsLeft,
    and what the books refuse.
    """
    order = Order.objects.locked().get(pk=order.pk)
    if standing := Refund.objects.filter(key=key).first():
        return _same(standing, order, amount)
    if amount.currency != order.currency or amount.minor <= 0:
        raise NotAnOrder(
            _("Write an amount above zero in %(currency)s.") % {"currency": order.currency}, field="amount"
        )
    lines = list(OrderLine.objects.filter(order=order).select_related("variant__product").order_by("position"))
    spread = [(line, share) for line, share in _spread(lines, amount, shares) if any(share)]
    _reserve(order, amount, now=now)
    refund = _write(order, amount, reason, key, spread, at=at, by=by, now=now)
    posted = [RefundedLine(line_id(order.public_id, line.position), *in_books(line, share)) for line, share in spread]
    books.post(key=str(refund.public_id), order_id=order.public_id, lines=posted, at=refund.at, by=by, now=now)
    _take_back(order, refund, lines, returned or {}, at=at, by=by, now=now)
    fact = OrderRefunded(
        order_id=str(order.public_id), refund_id=str(refund.public_id), amount_minor=amount.minor,
        currency=amount.currency, reason=reason.value,
    )  # fmt: skip
    events.record_past([Past(fact, refund.at)], by=by, now=now)
    return refund


@transaction.atomic
def issue_rest(*, order: Order, by: Actor, now: datetime) -> Refund | None:
    """Give back all that is left of a cancelled order's money; None where nothing of it is in the books as sold.

    Of orders that others took in it is not known whether their buyers got the money back.
    """
    rest = _rest(order)
    if rest <= 0:
        return None
    return issue(
        order=order, amount=Money(rest, order.currency), reason=RefundReason.CANCELLED,
        key=f"cancelled:{order.public_id}", by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def issue_unsent(*, order: Order, by: Actor, now: datetime) -> Refund | None:
    """Give back what the units cost that are not sent any more. What was given back of their lines before counts for
    them first; freight stays. None where that is nothing.
    """
    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    shares = {}
    for line, left in zip(lines, _left(lines), strict=True):
        sent = rules.goods_minor(
            unit_price_minor=line.unit_price_minor, unit_price_ppm=line.unit_price_ppm, quantity=line.shipped
        )
        shares[line.position] = Left(max(0, left.goods - sent), 0)
    wanted, rest = sum(share.goods for share in shares.values()), _rest(order)
    if not wanted or rest <= 0:
        return None
    return issue(
        order=order, amount=Money(min(wanted, rest), order.currency), reason=RefundReason.CANCELLED,
        key=f"cancelled:{order.public_id}", shares=shares if wanted <= rest else None, by=by, now=now,
    )  # fmt: skip


def _rest(order: Order) -> int:
    """What of its money is in the books as sold and not given back."""
    sale = posting.known(order.merchant_id, posting.key_of(Kind.SALE, order.public_id))
    if sale is None or sale.kind != Kind.SALE:
        return 0
    return min(order.paid_minor, order.total_minor) - order.refunded_minor


def _same(standing: Refund, order: Order, amount: Money) -> Refund:
    if standing.order_id != order.pk or standing.amount != amount:
        raise RefundKeyReused(_("Another refund has this key."), field="key")
    return standing


def _spread(
    lines: Sequence[OrderLine], amount: Money, shares: Mapping[int, Left] | None
) -> list[tuple[OrderLine, Left]]:  # fmt: skip
    """Raises RefundAbovePaid, NotAnOrder."""
    left = _left(lines)
    if shares is None:
        if amount.minor > sum(map(sum, left)):
            raise _above()
        return list(zip(lines, rules.shares(amount, left), strict=True))
    wanted = [shares.get(line.position, Left(0, 0)) for line in lines]
    if sum(map(sum, wanted)) != amount.minor or not shares.keys() <= {line.position for line in lines}:
        raise NotAnOrder(_("The shares of the lines come to another amount."), field="amount")
    for share, rest in zip(wanted, left, strict=True):
        if min(share) < 0 or share.goods > rest.goods or share.freight > rest.freight:
            raise _above()
    return list(zip(lines, wanted, strict=True))


def _left(lines: Sequence[OrderLine]) -> list[Left]:
    given = RefundLine.objects.filter(line__in=lines).order_by().values_list("line")
    before = {
        line: (goods, freight)
        for line, goods, freight in given.annotate(Sum("goods_minor"), Sum("freight_minor"))
    }  # fmt: skip
    left = []
    for line in lines:
        goods, freight = before.get(line.pk, (0, 0))
        left.append(Left(line.amount.minor - goods, line.freight_minor - freight))
    return left


def _above() -> RefundAbovePaid:
    return RefundAbovePaid(_("More would go back than was paid and is not refunded yet."), field="amount")


def _reserve(order: Order, amount: Money, *, now: datetime) -> None:
    """Raises RefundAbovePaid where another refund was faster."""
    rest = Order.objects.filter(pk=order.pk, paid_minor__gte=F("refunded_minor") + amount.minor)
    changes = {"refunded_minor": F("refunded_minor") + amount.minor, "version": F("version") + 1, "updated_at": now}
    if rest.update(**changes) != 1:
        raise _above()


def _write(order: Order, amount: Money, reason, key: str, spread, *, at, by: Actor, now: datetime) -> Refund:
    refund = Refund.objects.create(
        public_id=ids.of_source(at, "refund", key) if at else ids.fresh(), order=order, key=key,
        amount_minor=amount.minor, currency=amount.currency, reason=reason, by=by.label, at=at or now,
    )  # fmt: skip
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund, line=line, goods_minor=share.goods, freight_minor=share.freight, currency=amount.currency
        )
        for line, share in spread
    )  # fmt: skip
    return refund


def _take_back(order: Order, refund: Refund, lines: Sequence[OrderLine], returned, *, at, by: Actor, now) -> None:
    """Raises MoreThanIsLeft."""
    by_position, units = {line.position: line for line in lines}, []
    for position, back in returned.items():
        line = by_position.get(position)
        if line is None or not 0 < back.quantity <= line.shipped - line.returned:
            raise MoreThanIsLeft(_("No more can come back than was sent."), field="returned", line=position)
        line.returned += back.quantity
        line.save(update_fields=["returned"])
        key = f"return:{refund.public_id}:{position}"
        units.append(Units(line.variant, back.quantity, damaged=back.damaged, key=key, owner=order.about))
    stock.return_(units, at=at, by=by, now=now)
