"""Orders come in: one, or a thousand at once, by page, API or file, all on this way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from config.kernel import bulk, events, ids, scope
from config.kernel.actors import Actor
from config.kernel.errors import DomainError
from config.kernel.events import Event
from config.kernel.personal import encrypt
from fulfillment.errors import NotAnOrder
from fulfillment.events import OrderPaid, OrderPlaced
from fulfillment.models import DIRECT, Order, OrderGroup, OrderLine
from fulfillment.rules import reservation_key
from fulfillment.services import payments, postings
from fulfillment.services.drafts import Draft, DraftLine, Judged, Placement, draft
from fulfillment.services.payments import Paying
from fulfillment.states import OrderStatus
from inventory.errors import InsufficientStock
from inventory.services import reservations
from inventory.services.reservations import Wanted
from merchants.accounts.models import Merchant
from merchants.accounts.services import buyers
from merchants.money.services import sales
from merchants.money.services.sales import Sale
from merchants.onboarding.services import suspensions, vacations

MOST_AT_ONCE = 1_000
HELD_UNPAID = timedelta(minutes=30)  # so long what is not paid is kept for its buyer
TRIES = 3
SAME_NUMBER = ("one_order_per_number", "fulfillment_order_one_per_source", "deadlock detected")
GROUP = ["source", "number", "public_id", "placed_at", "currency", "source_status"]
ORDER = [
    "source", "external_id", "public_id", "number", "group_id", "buyer_id", "channel_id", "status", "source_status",
    "currency", "items_minor", "freight_minor", "total_minor", "paid_minor", "units", "placed_at", "paid_at",
    "updated_at", "recipient", "phone", "street", "city", "region", "postcode", "country", "version",
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What became of one placement: an order, new or standing already, or why there is none."""

    order: Order | None
    is_new: bool = False
    refusal: DomainError | None = None


@transaction.atomic
def place(placement: Placement, *, by: Actor, now: datetime) -> Order:
    """Place one order. Raises what its answer would say."""
    (answer,) = place_many([placement], by=by, now=now)
    if answer.refusal:
        raise answer.refusal
    return answer.order


@transaction.atomic
def place_many(placements: Sequence[Placement], *, by: Actor, now: datetime) -> list[Answer]:
    """Place orders of the acting merchant, each whole with its stock or not at all; an answer for each.

    An order that stands under its number already is not placed again. Raises NotAnOrder for too many at once,
    MerchantSuspended, OnVacation.
    """
    if len(placements) > MOST_AT_ONCE:
        raise NotAnOrder(_("Send at most %(most)s orders at once.") % {"most": f"{MOST_AT_ONCE:,}"})
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _place(placements, by=by, now=now)
        except (IntegrityError, OperationalError) as fault:
            # somebody places an order of the same number just now: judged again, it is known how it stands
            if not left or not any(name in str(fault) for name in SAME_NUMBER):
                raise
    raise AssertionError("unreachable")


def _place(placements: Sequence[Placement], *, by: Actor, now: datetime) -> list[Answer]:
    merchant = Merchant.objects.get(pk=scope.owner_of(None))
    suspensions.require_none(merchant)
    vacations.require_none(now=now)
    judged = draft(placements, merchant=merchant, now=now)
    drafts = [each for each in judged if isinstance(each, Draft)]
    buyer_ids, new_buyers = buyers.known_or_new([each.placement.buyer for each in drafts], source=DIRECT, now=now)
    of_draft = dict(zip((each.public_id for each in drafts), buyer_ids, strict=True))
    placed, refused = _all_of(drafts, of_draft, by=by, now=now), {}
    if placed is None:
        refused = reservations.reserve_each(_wanted(drafts, now=now), now=now)
        accepted = [each for each in drafts if each.about not in refused]
        if unused := new_buyers - {of_draft[each.public_id] for each in accepted}:
            buyers.forget_unused(unused)
        placed = _write(accepted, of_draft, by=by, now=now) if accepted else {}
    return [_answer(each, placed, refused) for each in judged]


def _all_of(drafts: Sequence[Draft], of_draft: Mapping, *, by: Actor, now: datetime) -> dict[str, Order] | None:
    """Write all of them and take their stock last, so that who else wants it waits only for the commit.

    None where there is too little, or somebody was faster: then it has to be decided under lock who gets what.
    """
    wanted = _wanted(drafts, now=now)
    if not wanted or not reservations.looks_possible(wanted):
        return None
    try:
        with transaction.atomic():
            placed = _write(drafts, of_draft, by=by, now=now)
            reservations.reserve(wanted, now=now)
    except InsufficientStock:
        return None
    return placed


def _answer(judged: Judged, placed: Mapping[str, Order], refused: Mapping[str, DomainError]) -> Answer:
    if isinstance(judged, DomainError):
        return Answer(None, refusal=judged)
    if isinstance(judged, Order):
        return Answer(judged)
    refusal = refused.get(judged.about)
    return Answer(None, refusal=refusal) if refusal else Answer(placed[judged.number], is_new=True)


def _wanted(drafts: Sequence[Draft], *, now: datetime) -> list[Wanted]:
    """Their stock: for good where it is paid, else for a while."""
    return [
        Wanted(
            each.about, reservation_key(each.public_id, line.position), line.variant_id, line.sku, line.quantity,
            None if each.placement.paid_by else now + HELD_UNPAID,
        )
        for each in drafts for line in each.lines
    ]  # fmt: skip


def _write(drafts: Sequence[Draft], of_draft: Mapping, *, by: Actor, now: datetime) -> dict[str, Order]:
    groups = _groups(drafts, now=now)
    orders = _orders(drafts, groups, of_draft, now=now)
    bulk.load(
        OrderLine, ["order_id", "currency", *DraftLine._fields],
        ([orders[each.number].pk, each.currency, *line] for each in drafts for line in each.lines),
    )  # fmt: skip
    paid = [each for each in drafts if each.placement.paid_by]
    if paid:
        payments.write([_paying(each, orders[each.number]) for each in paid], now=now)
        sales.post([_sale(each, now=now) for each in paid], by=by, now=now)
    facts: list[Event] = [OrderPlaced(order_id=str(each.public_id)) for each in drafts]
    events.record_many([*facts, *(OrderPaid(order_id=str(each.public_id)) for each in paid)], by=by, now=now)
    return orders


def _groups(drafts: Sequence[Draft], *, now: datetime) -> dict[str, int]:
    """A group for each order; numbers are unique among all merchants, so it is called by the order's own id."""
    rows = ([DIRECT, str(each.public_id), ids.fresh(), now, each.currency, ""] for each in drafts)
    new = bulk.load_new(OrderGroup, GROUP, rows, unique_columns=["source", "number"], returning=["number", "id"])
    return dict(new)


def _orders(drafts: Sequence[Draft], groups: Mapping[str, int], of_draft: Mapping, *, now) -> dict[str, Order]:
    """In the order of their numbers, so that two calls that place the same ones wait one behind the other."""
    rows = {each.number: _row(each, groups, of_draft, now=now) for each in sorted(drafts, key=lambda each: each.number)}
    bulk.load(Order, ORDER, rows.values())
    keys = dict(Order.objects.filter(number__in=rows).values_list("number", "pk"))
    made = {}
    for number, row in rows.items():
        said = dict(zip(ORDER, row, strict=True)) | {"recipient": "", "phone": "", "street": ""}
        made[number] = Order(
            pk=keys[number], merchant_id=scope.owner_of(None), refunded_minor=0, charges_minor=0, **said
        )
    return made


def _row(each: Draft, groups: Mapping[str, int], of_draft: Mapping, *, now: datetime) -> list:
    asked, buyer = each.placement, each.placement.buyer
    is_paid = bool(asked.paid_by)
    return [
        DIRECT, each.number, each.public_id, each.number, groups[str(each.public_id)], of_draft[each.public_id],
        asked.channel.pk, OrderStatus.PAID if is_paid else OrderStatus.PLACED, "", each.currency, each.items_minor,
        each.freight_minor, each.total_minor, each.total_minor if is_paid else 0,
        sum(line.quantity for line in each.lines), now, now if is_paid else None, now,
        encrypt(asked.recipient or buyer.name), encrypt(buyer.phone), encrypt(buyer.street), buyer.city, buyer.region,
        buyer.postcode, buyer.country, 1,
    ]  # fmt: skip


def _paying(each: Draft, order: Order) -> Paying:
    asked = each.placement
    return Paying(
        order.pk, order.group_id, each.public_id, asked.paid_by, each.total_minor, each.currency, asked.payment_key
    )  # fmt: skip


def _sale(each: Draft, *, now: datetime) -> Sale:
    sold = [postings.sold_line(each.public_id, line, each.categories) for line in each.lines]
    return Sale(each.public_id, each.number, each.currency, now, sold)
