from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from config.kernel import scope
from fulfillment.models import (
    Cancellation,
    CreditLine,
    CreditMatch,
    Order,
    OrderGroup,
    OrderLine,
    Payment,
    PaymentPart,
    Shipment,
)
from fulfillment.states import CancellationReason, MatchRule, OrderStatus, PaymentKind
from tests.factories.accounts import THEN, acting_merchant, make_buyer, make_platform
from tests.factories.catalog import make_product
from tests.factories.marketplace import usual_channel

numbers = count(1)


def make_group(**overrides) -> OrderGroup:
    values = {"source": "shop", "number": f"G-{next(numbers):05}", "placed_at": THEN, "currency": "EUR"}
    return OrderGroup.objects.create(**values | overrides)


def make_order(
    *, lines: Sequence[dict] | None = None, status: str = OrderStatus.PLACED,
    payments: Sequence[dict | int] | None = None, **overrides,
) -> Order:  # fmt: skip
    """An order of the acting merchant with its lines, parcel and payments.

    `lines` are overrides of one line each: `variant`, `quantity`, `unit_price_minor`, `freight_minor`…; `payments`
    are overrides of one payment each, or just its amount in minor units. A placed order has none unless they are
    given, one in any other state is paid in full. The address is the buyer's.
    """
    lines = [_line(**line) for line in ([{}] if lines is None else lines)]
    items = sum(line["quantity"] * line["unit_price_minor"] for line in lines)
    freight = overrides.pop("freight_minor", sum(line["freight_minor"] for line in lines))
    if payments is None:
        payments = [] if status == OrderStatus.PLACED else [items + freight]
    payments = [{"amount_minor": each} if isinstance(each, int) else each for each in payments]
    order = _order(
        **{
            "status": status, "items_minor": items, "freight_minor": freight, "total_minor": items + freight,
            "paid_minor": sum(each["amount_minor"] for each in payments), "paid_at": THEN if payments else None,
            "units": sum(line["quantity"] for line in lines),
        } | overrides,
    )  # fmt: skip
    for position, line in enumerate(lines, 1):
        OrderLine.objects.create(**{"order": order, "position": position, "currency": order.currency} | line)
    for sequence, payment in enumerate(payments, 1):
        make_payment(order, **{"sequence": sequence} | payment)
    _follow_up(order)
    return order


def _line(**overrides) -> dict:
    variant = overrides.pop("variant", None) or make_product().variants.get()
    values = {"name": variant.product.title, "sku": variant.sku, "quantity": 1, "unit_price_minor": 1990}
    return {"variant": variant, "freight_minor": 0} | values | overrides


def _order(**overrides) -> Order:
    currency, buyer = acting_merchant().currency, overrides.pop("buyer", None) or make_buyer()
    number = overrides.setdefault("number", f"O-{next(numbers):05}")
    placed_at = overrides.setdefault("placed_at", THEN)
    if "group" not in overrides:
        overrides["group"] = make_group(number=number, placed_at=placed_at, currency=currency)
    address = {name: getattr(buyer, name) for name in ("phone", "street", "city", "region", "postcode", "country")}
    values = {"buyer": buyer, "recipient": buyer.name, "currency": currency, "updated_at": THEN} | address
    return Order.objects.create(**{"channel": overrides.get("channel") or usual_channel()} | values | overrides)


def make_payment(order: Order, **overrides) -> PaymentPart:
    """A payment of the order's group, the platform's, and all of it as the order's part."""
    values = {
        "sequence": 1, "kind": PaymentKind.CARD, "instalments": 1, "amount_minor": order.total_minor,
        "currency": order.currency, "paid_at": THEN,
    } | overrides  # fmt: skip
    with scope.acting_for(make_platform()):
        payment = Payment.objects.create(group=order.group, **values)
    return PaymentPart.objects.create(order=order, payment=payment, **values)


def make_credit(*, line: OrderLine | None = None, **overrides) -> CreditLine:
    """A cancellation of the acting merchant: of all of an order line for nothing, or without one of no known sale."""
    values = {
        "source": "shop", "number": f"C{next(numbers):05}", "name": "Qixlamp", "sku": "QIX-1", "quantity": 1,
        "unit_price_minor": 1990, "currency": acting_merchant().currency, "at": THEN, "rule": MatchRule.NO_CUSTOMER,
    }  # fmt: skip
    if line:
        named = {name: getattr(line, name) for name in ("variant", "name", "sku", "quantity", "currency")}
        values |= named | {"buyer": line.order.buyer, "rule": MatchRule.EQUAL}
    values |= overrides
    credit = CreditLine.objects.create(**{"external_id": f"{values['number']}:1"} | values)
    if line:
        CreditMatch.objects.create(credit=credit, line=line, quantity=line.quantity, amount_minor=0)
    return credit


def _follow_up(order: Order) -> None:
    """What an order's status tells of its parcel, or of its end."""
    handed_over = order.status in (OrderStatus.SHIPPED, OrderStatus.DELIVERED)
    Shipment.objects.create(
        order=order,
        ship_by_at=order.placed_at + timedelta(days=3),
        deliver_by_on=(order.placed_at + timedelta(days=10)).date(),
        handed_over_at=order.placed_at + timedelta(days=1) if handed_over else None,
        delivered_at=order.placed_at + timedelta(days=4) if order.status == OrderStatus.DELIVERED else None,
    )
    if order.status == OrderStatus.CANCELLED:
        Cancellation.objects.create(order=order, reason=CancellationReason.BUYER, by="system", at=THEN)
