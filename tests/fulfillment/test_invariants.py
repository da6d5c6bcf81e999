"""What orders say of stock, parcels and refunds is what stands, whatever was done to them in whatever order."""

import random
from datetime import timedelta

import pytest

from config.kernel import invariants, scope
from config.kernel.actors import Actor
from config.kernel.errors import DomainError
from config.kernel.money import Money
from fulfillment.models import Order, OrderLine, Parcel, Refund
from fulfillment.services import orders, payments, refunds
from fulfillment.states import CancellationReason, PaymentKind, RefundReason
from inventory.models import Reservation, StockLevel
from merchants.activity.models import DomainEvent
from merchants.money.models import LedgerLine
from tests.factories.inventory import make_stock
from tests.factories.placing import place_order

SAM = Actor("user:7")
NAME = "orders hold what they say"


@pytest.fixture
def order(acme, now):
    with scope.acting_for(acme):
        make_stock(10)
        order = place_order(number="A-1")
        orders.ship(order=order, carrier="Post", waybill="W-1", at=now, units={1: 1}, by=SAM, now=now)
        amount, key = Money(500, "EUR"), "r-1"
        refunds.issue(order=order, amount=amount, reason=RefundReason.PRICE, key=key, by=SAM, now=now)
    return order


def test_what_is_right_is_right(order):
    assert invariants.broken()[NAME] == []


@pytest.mark.parametrize(
    ("model", "change", "fault"),
    [
        (Reservation, {"released": 1}, "is paid, but not all it has to send is set aside"),
        (Order, {"status": "shipped"}, "has ended, but still holds stock"),
        (Order, {"refunded_minor": 501}, "has refunds that do not add up"),
        (OrderLine, {"shipped": 2}, "is paid, but not all it has to send is set aside"),
        (OrderLine, {"returned": 2}, "has a line of which other units left, or came back: "),
    ],
)
def test_what_is_not_is_named(acme, order, model, change, fault):
    with scope.acting_for(acme):
        model.objects.update(**change)
    assert any(said.startswith(f"acme A-1 {fault}") for said in invariants.broken()[NAME])


ACTS = ["pay", "ship 1", "ship 2", "deliver", "refund 1", "refund 2", "cancel"]


def expected(said: list[str]) -> dict:
    """A fold over what was said, in its own words: two units at 19.90, one in each parcel, refunds of 10.00 and 30.00.

    What was said already, or does not follow from what there is, changes nothing.
    """
    status, sent, back = "placed", set(), {}
    for act, _space, number in (each.partition(" ") for each in said):
        if act == "pay" and status == "placed":
            status = "paid"
        elif act == "ship" and status == "paid":
            sent.add(number)
            status = "shipped" if len(sent) == 2 else status
        elif act == "deliver" and status == "shipped":
            status = "delivered"
        elif act == "refund" and status not in ("placed", "cancelled"):
            minor = {"1": 1_000, "2": 3_000}[number]
            if number not in back and sum(back.values()) + minor <= 3_980:
                back[number] = minor
        elif act == "cancel" and status in ("placed", "paid") and not sent:
            back["rest"] = 3_980 - sum(back.values()) if status == "paid" else 0
            status = "cancelled"
    reserved = 2 - len(sent) if status in ("placed", "paid") else 0
    owed = 0 if status == "placed" else 3_980 - sum(back.values())
    return {
        "status": status, "sent": len(sent), "reserved": reserved, "back": sum(back.values()),
        "owed": 0 if status == "cancelled" else owed,
    }  # fmt: skip


def do(act: str, order: Order, now) -> None:
    name, _space, number = act.partition(" ")
    by = {"order": order, "by": SAM, "now": now}
    if name == "pay":
        payments.pay(**by, kind=PaymentKind.CARD, key="ch_1")
    elif name == "ship":
        orders.ship(**by, carrier="Post", waybill=f"W-{number}", at=now, units={1: 1})
    elif name == "deliver":
        orders.deliver(**by, at=now)
    elif name == "refund":
        amount = Money({"1": 1_000, "2": 3_000}[number], "EUR")
        refunds.issue(**by, amount=amount, reason=RefundReason.PRICE, key=f"{order.pk}:{number}")
    else:
        orders.cancel(**by, reason=CancellationReason.BUYER, note="")


@pytest.mark.parametrize("rounds", [40, pytest.param(5_000, marks=pytest.mark.nightly)])
def test_events_in_any_order_and_said_again_end_as_the_fold_over_them(acting, now, rounds):
    """INV-05: each is said once to three times, shuffled."""
    chance = random.Random(20250303)
    make_stock(2 * rounds)
    for _ in range(rounds):
        before = sum(LedgerLine.objects.filter(account="merchant_payable").values_list("amount_minor", flat=True))
        level = StockLevel.objects.get()
        order = place_order(paid=False)
        said = [act for act in ACTS for _ in range(chance.randint(0 if act == "cancel" else 1, 3))]
        chance.shuffle(said)
        for place, act in enumerate(said):
            try:
                do(act, order, now + timedelta(minutes=place))
            except DomainError:
                continue
        order.refresh_from_db()
        after = StockLevel.objects.get()
        owed = sum(LedgerLine.objects.filter(account="merchant_payable").values_list("amount_minor", flat=True))
        found = {
            "status": order.status, "sent": level.on_hand - after.on_hand, "reserved": after.reserved - level.reserved,
            "back": order.refunded_minor, "owed": owed - before,
        }  # fmt: skip
        assert found == expected(said), said
        assert Parcel.objects.filter(order=order).count() == found["sent"]
        assert sum(each.amount_minor for each in Refund.objects.filter(order=order)) == order.refunded_minor
        names = list(DomainEvent.objects.filter(about=order.about).values_list("name", flat=True))
        assert all(names.count(name) == 1 for name in set(names) - {"fulfillment.order.refunded"}), names
    assert not any(invariants.broken().values())
