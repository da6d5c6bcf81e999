"""What the page of an order shows of it, ready to be written down."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext, pgettext_lazy

from config.kernel.money import Money
from config.templatetags.ui import day, moment, span
from config.templatetags.ui import money as money_text
from fulfillment import rules, selectors
from fulfillment.models import Cancellation, Order, PaymentPart, Refund, Shipment
from fulfillment.rules import Due
from fulfillment.selectors import Contact
from fulfillment.states import ORDER_FLOW, Cause, MoneyState, OrderStatus
from merchants.accounts.models import Merchant
from merchants.accounts.selectors import names_of

SOON = timedelta(hours=4)


@dataclass(frozen=True)
class Act:
    """A button: where it leads, what it says."""

    page: str
    label: str
    icon: str
    is_primary: bool = False


PAY = Act("fulfillment:order-payment", __("Note the payment"), "credit-card", is_primary=True)
CANCEL = Act("fulfillment:order-cancellation", __("Cancel order"), "ban")
REFUND = Act("fulfillment:order-refunds", __("Refund"), "undo-2")
ACTS = {
    OrderStatus.PAID: PAY,
    OrderStatus.SHIPPED: Act("fulfillment:order-hand-over", __("Ship"), "truck", is_primary=True),
    OrderStatus.DELIVERED: Act("fulfillment:order-delivery", __("Mark as delivered"), "package-check", is_primary=True),
    OrderStatus.CANCELLED: CANCEL,
}


def acts(order: Order, *, may_manage: bool, may_refund: bool) -> list[Act]:
    """What its status lets people do, the main thing last."""
    allowed = [act for target, act in ACTS.items() if ORDER_FLOW.allows(order.status, target)] if may_manage else []
    allowed = [replace(act, label=cancel_verb(order)) if act is CANCEL else act for act in allowed]
    if may_refund and is_refundable(order):
        allowed.append(REFUND)
    return sorted(allowed, key=lambda act: act.is_primary)


def cancel_verb(order: Order) -> str:
    """What has left in part is cancelled for the rest."""
    return _("Cancel the rest") if order.boxes else _("Cancel order")


def is_refundable(order: Order) -> bool:
    return order.status not in (OrderStatus.PLACED, OrderStatus.CANCELLED) and order.refunded < order.paid


@dataclass(frozen=True)
class Deadline:
    """What is due, in words: how long is left or how late it is, with the moment or the date behind it."""

    at: datetime | date
    label: str
    state: str


def deadline(due: Due | None, *, now: datetime, zone: ZoneInfo) -> Deadline | None:
    """For `components/deadline.html`."""
    if due is None:
        return None
    if due.on:
        return _arrival(due, days=(due.on - now.astimezone(zone).date()).days)
    return _shipping(due, left=due.ends_at - now)


def _shipping(due: Due, *, left: timedelta) -> Deadline:
    if due.is_late:
        return Deadline(due.ends_at, _("Shipping %(time)s late") % {"time": span(-left)}, "late")
    if left < timedelta(days=2):
        label = _("Ship within %(time)s") % {"time": span(left)}
        return Deadline(due.ends_at, label, "soon" if left <= SOON else "calm")
    return Deadline(due.ends_at, _("Ship by %(day)s") % {"day": day(due.ends_at)}, "calm")


def _arrival(due: Due, *, days: int) -> Deadline:
    if due.is_late:
        late = {"days": f"{-days:,}"}
        return Deadline(
            due.on, ngettext("Arrival %(days)s day late", "Arrival %(days)s days late", -days) % late, "late"
        )
    if days == 0:
        return Deadline(due.on, _("Arrives by the end of today"), "soon")
    if days == 1:
        return Deadline(due.on, _("Arrives by tomorrow"), "calm")
    return Deadline(due.on, _("Arrives by %(day)s") % {"day": day(due.on)}, "calm")


@dataclass(frozen=True)
class Parcel:
    """A shipment with its two deadlines, which a cancelled order has no more: nothing `is_awaited` then."""

    shipment: Shipment
    ship: Due | None
    deliver: Due | None
    is_awaited: bool


def parcel(order: Order, *, now: datetime, zone: ZoneInfo) -> Parcel | None:
    shipment = selectors.shipment(order)
    if shipment is None:
        return None
    if order.status == OrderStatus.CANCELLED:
        happened = shipment.handed_over_at or shipment.delivered_at  # a source may say both
        return Parcel(shipment, None, None, is_awaited=False) if happened else None
    return Parcel(
        shipment,
        rules.ship_due(by=shipment.ship_by_at, done_at=shipment.handed_over_at, now=now),
        rules.deliver_due(by=shipment.deliver_by_on, done_at=shipment.delivered_at, now=now, zone=zone),
        is_awaited=True,
    )


def contact(order: Order) -> Contact:
    """Where it goes, masked; the recipient only where it is not the buyer, whose name stands above."""
    masked = Contact.of(order).masked()
    return replace(masked, recipient="") if order.recipient == order.buyer.name else masked


STEPS = {
    OrderStatus.PLACED: pgettext_lazy("step", "Placed"),
    OrderStatus.PAID: pgettext_lazy("step", "Paid"),
    OrderStatus.SHIPPED: pgettext_lazy("step", "Shipped"),
    OrderStatus.DELIVERED: pgettext_lazy("step", "Delivered"),
}


def steps(order: Order) -> list[dict]:
    """How far it has come; a cancelled order goes nowhere."""
    if order.status == OrderStatus.CANCELLED:
        return []
    shipment = selectors.shipment(order)
    moments = {
        OrderStatus.PLACED: order.placed_at,
        OrderStatus.PAID: order.paid_at,
        OrderStatus.SHIPPED: shipment and shipment.handed_over_at,
        OrderStatus.DELIVERED: shipment and shipment.delivered_at,
    }
    reached = list(moments).index(OrderStatus(order.status))
    states = ["done"] * (reached + 1) + ["now"] + [""] * len(moments)
    return [
        {"label": STEPS[status], "note": moment(at) if state == "done" else "", "state": state}
        for (status, at), state in zip(moments.items(), states, strict=False)
    ]


@dataclass(frozen=True)
class Paid:
    """What was paid: each part, the sum, and what the gap to the total is called."""

    parts: list[PaymentPart]
    refunds: list[Refund]
    paid: Money
    refunded: Money
    gap: Money
    state: MoneyState

    @property
    def tone(self) -> str:
        if self.state in (MoneyState.CANCELLED, MoneyState.CANCELLED_UNPAID):
            return "bad"
        quiet = {MoneyState.MATCHED: "ok", MoneyState.UNPAID: "outline", MoneyState.REFUNDED: "outline"}
        return quiet.get(self.state, "warn")

    @property
    def shows_gap(self) -> bool:
        return bool(self.gap) and self.state.is_payable and self.state is not MoneyState.UNPAID

    @property
    def gap_text(self) -> str:
        """`+R$ 4.05`: a gap has a sign."""
        return money_text(self.gap) if self.gap.minor < 0 else f"+{money_text(self.gap)}"


def money(order: Order) -> Paid:
    """Of an order with its `parts`."""
    return Paid(
        order.parts, order.money_back, order.paid, order.refunded, order.gap, selectors.money_state(order)
    )  # fmt: skip


def orders_url(merchant: Merchant, **filters: str) -> str:
    url = reverse("fulfillment:orders", args=[merchant.slug])
    return f"{url}?{urlencode(filters)}" if filters else url


def cancellation(order: Order) -> dict | None:
    """Why it was cancelled, when and by whom."""
    row: Cancellation | None = getattr(order, "cancellation", None)
    if row is None:
        return None
    who = names_of({row.by}).get(row.by, row.by)
    when = moment(row.at) if row.at else _("the source does not say when")
    cause = "" if row.cause == Cause.UNKNOWN else row.get_cause_display()
    told = (
        _("Cancelled: %(reason)s") if order.status == OrderStatus.CANCELLED else _("The rest was cancelled: %(reason)s")
    )
    heading = told % {"reason": row.get_reason_display()}
    return {"heading": heading, "cause": cause, "note": row.note, "line": f"{when} · {who}"}


def balance(order: Order) -> list[tuple[str, str]]:
    """What of an order's money can still go back."""
    return [
        (_("Paid"), money_text(order.paid)),
        (_("Refunded"), money_text(order.refunded)),
        (_("Left"), money_text(order.paid - order.refunded)),
    ]
