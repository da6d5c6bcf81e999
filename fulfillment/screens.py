"""What the page of an order shows of it, ready to be written down."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.money import Money
from config.templatetags.ui import moment
from config.templatetags.ui import money as money_text
from fulfillment import rules, selectors
from fulfillment.models import Cancellation, Order, PaymentPart, Shipment
from fulfillment.rules import Due
from fulfillment.states import ORDER_FLOW, MoneyState, OrderStatus
from merchants.accounts.models import Merchant
from merchants.accounts.selectors import names_of


@dataclass(frozen=True)
class Act:
    """A button: where it leads, what it says."""

    page: str
    label: str
    icon: str
    is_primary: bool = False


ACTS = {
    OrderStatus.SHIPPED: Act("fulfillment:order-hand-over", __("Ship"), "truck", is_primary=True),
    OrderStatus.DELIVERED: Act("fulfillment:order-delivery", __("Mark as delivered"), "package-check", is_primary=True),
    OrderStatus.CANCELLED: Act("fulfillment:order-cancellation", __("Cancel order"), "ban"),
}


def acts(order: Order) -> list[Act]:
    """What its status lets people do, the main thing last."""
    allowed = [act for target, act in ACTS.items() if ORDER_FLOW.allows(order.status, target)]
    return sorted(allowed, key=lambda act: act.is_primary)


@dataclass(frozen=True)
class Parcel:
    """A shipment with its two deadlines; a cancelled order has none any more."""

    shipment: Shipment
    ship: Due | None
    deliver: Due | None


def parcel(order: Order, *, now: datetime, zone: ZoneInfo) -> Parcel | None:
    shipment = selectors.shipment(order)
    if shipment is None:
        return None
    if order.status == OrderStatus.CANCELLED:
        return Parcel(shipment, None, None)
    return Parcel(
        shipment,
        rules.ship_due(by=shipment.ship_by_at, done_at=shipment.handed_over_at, now=now),
        rules.deliver_due(by=shipment.deliver_by_on, done_at=shipment.delivered_at, now=now, zone=zone),
    )


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
        {"label": status.label, "note": moment(at) if state == "done" else "", "state": state}
        for (status, at), state in zip(moments.items(), states, strict=False)
    ]


@dataclass(frozen=True)
class Paid:
    """What was paid: each part, the sum, and what the gap to the total is called."""

    parts: list[PaymentPart]
    paid: Money
    gap: Money
    state: MoneyState

    @property
    def tone(self) -> str:
        if not self.state.is_payable:
            return "bad"
        return {MoneyState.MATCHED: "ok", MoneyState.UNPAID: "outline"}.get(self.state, "warn")

    @property
    def shows_gap(self) -> bool:
        return bool(self.gap) and self.state.is_payable and self.state is not MoneyState.UNPAID

    @property
    def gap_text(self) -> str:
        """`+R$ 4.05`: a gap has a sign."""
        return money_text(self.gap) if self.gap.minor < 0 else f"+{money_text(self.gap)}"


def money(order: Order) -> Paid:
    """Of an order with its `parts`."""
    return Paid(order.parts, order.paid, order.gap, selectors.money_state(order))


def orders_url(merchant: Merchant, **filters: str) -> str:
    return f"{reverse('fulfillment:orders', args=[merchant.slug])}?{urlencode(filters)}"


def cancellation(order: Order) -> dict | None:
    """Why it was cancelled, when and by whom."""
    row: Cancellation | None = getattr(order, "cancellation", None)
    if row is None:
        return None
    who = names_of({row.by}).get(row.by, row.by)
    when = moment(row.at) if row.at else _("the source does not say when")
    return {"reason": row.get_reason_display(), "note": row.note, "line": f"{when} · {who}"}
