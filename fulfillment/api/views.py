"""Orders, what is done to them, and their shipments."""

import hashlib

from rest_framework.exceptions import ValidationError

from config.kernel.api import problems
from config.kernel.api.lists import Listing
from config.kernel.api.resources import Bulk, Resource, stale
from config.kernel.errors import ChangedMeanwhile
from fulfillment import selectors
from fulfillment.api import serializers
from fulfillment.api.bodies import leading_to_lines, led_to_lines, placement_of, returned_of, shares_of, units_of
from fulfillment.filters import OrderFilter, OrderMoneyFilter, ShipmentFilter
from fulfillment.services import buyer_data, orders, payments, placing, refunds
from fulfillment.states import CancellationReason, Cause, PaymentKind, RefundReason, RevealReason
from merchants.accounts.permissions import Permission
from merchants.desk.api.exports import Exports


class Orders(Resource):
    """Orders with their lines, in the order in which they were last changed.

    The filters `payment` and `gap` take the scope `money:read` as well. A new one is placed whole, with its stock, or
    not at all: 201; or 200 where the same order stands under its number already.
    """

    reads, writes = Permission.ORDERS_VIEW, Permission.ORDERS_MANAGE
    input, output = serializers.OrderIn, serializers.OrderOut
    idempotent, answers_again, item = True, 200, "api:order"
    listing = Listing("orders", ("updated_at", "pk"), OrderMoneyFilter, updated="updated_at")

    def filters(self):
        return OrderMoneyFilter if self.actor.can(Permission.MONEY_VIEW) else OrderFilter

    def rows(self):
        return selectors.plain_orders(now=self.now, zone=self.merchant.zone)

    def ready(self, rows):
        return selectors.with_lines(rows)

    def create(self, data):
        (answer,) = placing.place_many([placement_of(data)], by=self.actor, now=self.now)
        if answer.refusal:
            raise led_to_lines(answer.refusal, [line["sku"] for line in data["lines"]])
        self.answers = 201 if answer.is_new else 200
        return selectors.order_by_id(answer.order.public_id, now=self.now, zone=self.merchant.zone)


class OrdersInBulk(Bulk, Orders):
    """Place up to 1,000 orders in one go, each whole with its stock or not at all, each with an answer of its own.

    200 in an answer says that the same order stands under its number already.
    """

    output, answers_again = serializers.PlacedOut, None

    def ready(self, rows):
        return rows

    def all(self, items):
        """What can be read is placed at once: a thousand orders are one act, not a thousand."""
        read = [self.read(place, item) for place, item in enumerate(items)]
        asked = [placement_of(data) for data, problem in read if problem is None]
        answers = iter(placing.place_many(asked, by=self.actor, now=self.now) if asked else [])
        return self.answered(
            [
                (None, problem) if problem else self.told(place, data, next(answers))
                for place, (data, problem) in enumerate(read)
            ]
        )

    def read(self, place: int, item) -> tuple[dict, dict | None]:
        try:
            return self.validated(self.input, item), None
        except ValidationError as refusal:
            return {}, problems.told(refusal, at=f"/items/{place}")

    def told(self, place: int, data: dict, answer: placing.Answer) -> tuple[object, dict | None]:
        if answer.refusal is None:
            return answer, None
        refusal = led_to_lines(answer.refusal, [line["sku"] for line in data["lines"]])
        return None, problems.told(refusal, at=f"/items/{place}")

    def status_of(self, row):
        return 201 if row.is_new else 200


class OrderResource(Resource, abstract=True):
    """About one order; an act heeds the ETag that was read, where it is sent."""

    output, heeds_match = serializers.OrderOut, True

    def load(self, public_id):
        self.order = selectors.order_by_id(public_id, now=self.now, zone=self.merchant.zone)

    def ready(self, rows):
        return selectors.with_lines(rows)

    def created(self):
        if "If-Match" in self.request.headers:
            self.hold_as_seen()
        return super().created()

    def hold_as_seen(self):
        """Raises Stale (412)."""
        try:
            orders.hold_as_seen(order=self.order, version=self.expected_version())
        except ChangedMeanwhile:
            raise stale() from None

    def again(self):
        """As it stands after the act."""
        return selectors.order_by_id(self.order.public_id, now=self.now, zone=self.merchant.zone)


class OneOrder(OrderResource):
    """One order with its lines and its parcel."""

    reads = Permission.ORDERS_VIEW

    def row(self):
        return self.order


class OrderCancellation(OrderResource):
    """Cancel an order of which nothing has shipped: its stock is free again, its money counts as given back."""

    writes = Permission.ORDERS_MANAGE
    input, idempotent, answers = serializers.CancellationIn, True, 200
    cancel = staticmethod(orders.cancel)

    def create(self, data):
        self.cancel(
            order=self.order, reason=CancellationReason(data["reason"]), note=data.get("note", ""),
            cause=Cause(data["cause"]) if "cause" in data else None, by=self.actor, now=self.now,
        )  # fmt: skip
        return self.again()


class OrderRestCancellation(OrderCancellation):
    """Send nothing more of an order that left in part: what is not sent is given back, less what went back before."""

    cancel = staticmethod(orders.cancel_rest)


class OrderHandOver(OrderResource):
    """All that is left of the order was handed over to a carrier, in one parcel."""

    writes = Permission.ORDERS_MANAGE
    input, idempotent, answers = serializers.HandOverIn, True, 200

    def create(self, data):
        orders.ship(order=self.order, **data, by=self.actor, now=self.now)
        return self.again()


class OrderDelivery(OrderResource):
    """One parcel reached its buyer, or all that are under way did."""

    writes = Permission.ORDERS_MANAGE
    input, idempotent, answers = serializers.DeliveryIn, True, 200

    def create(self, data):
        orders.deliver(
            order=self.order, at=data["at"], parcel_id=data.get("parcel"), by=self.actor, now=self.now
        )  # fmt: skip
        return self.again()


class OrderBuyerData(OrderResource):
    """Where the order goes, in full. That it was looked at, and why, is written into the order's history."""

    writes = Permission.BUYERS_REVEAL
    input, output, answers = serializers.BuyerDataIn, serializers.ContactOut, 200

    def create(self, data):
        reason = RevealReason(data["reason"])
        return buyer_data.reveal(order=self.order, reason=reason, by=self.actor, now=self.now)

    def ready(self, rows):
        return rows


class PartOfOrder(OrderResource, abstract=True):
    """About what belongs to one order."""

    def ready(self, rows):
        return rows


class OrderPayments(PartOfOrder):
    """The shop's share of what was paid for an order. To add one is to note that the whole order was paid."""

    reads, writes = Permission.MONEY_VIEW, Permission.ORDERS_MANAGE
    input, output, idempotent = serializers.PaymentIn, serializers.PaymentOut, True
    listing = Listing("payments", ("sequence", "pk"))

    def rows(self):
        return selectors.payment_parts(self.order)

    def create(self, data):
        kind, key = PaymentKind(data["kind"]), data.get("reference", "")
        payments.pay(order=self.order, kind=kind, key=key, by=self.actor, now=self.now)
        return self.rows().order_by("-sequence", "-pk")[0]


class OrderParcels(PartOfOrder):
    """The boxes of an order. To add one is to note that it was handed over to a carrier.

    The same waybill with the same contents is the same parcel. The order is shipped once nothing of it is left.
    """

    reads, writes = Permission.ORDERS_VIEW, Permission.ORDERS_MANAGE
    input, output, idempotent = serializers.ParcelIn, serializers.ParcelOut, True
    listing = Listing("parcels", ("pk",))
    pointers = {"units": "/lines"}

    def rows(self):
        return selectors.parcels(self.order)

    def create(self, data):
        sent = {name: data[name] for name in ("carrier", "waybill", "at")}
        with leading_to_lines(data):
            orders.ship(order=self.order, **sent, units=units_of(data), by=self.actor, now=self.now)
        return self.rows().get(carrier=data["carrier"], waybill=data["waybill"])


class Refunds(Resource):
    """What went back to buyers, in the order in which it did."""

    reads = Permission.MONEY_VIEW
    output = serializers.RefundOut
    listing = Listing("refunds", ("pk",))

    def rows(self):
        return selectors.refunds()


class OneRefund(Resource):
    """One refund, with what of it is for which line."""

    reads = Permission.MONEY_VIEW
    output = serializers.RefundOut

    def load(self, public_id):
        self.refund = selectors.refund(public_id)

    def row(self):
        return self.refund


class OrderRefunds(PartOfOrder):
    """What went back to the buyer of an order. To add one is to give back a part of what was paid, or all of it.

    Never more than was paid goes back, whoever asks at the same moment. The commission is given back with it.
    """

    reads, writes = Permission.MONEY_VIEW, Permission.REFUNDS_ISSUE
    input, output, idempotent, item = serializers.RefundIn, serializers.RefundOut, True, "api:refund"
    listing = Listing("order-refunds", ("pk",))

    def rows(self):
        return selectors.refunds(self.order)

    def create(self, data):
        with leading_to_lines(data):
            issued = refunds.issue(
                order=self.order, amount=data["amount"], reason=RefundReason(data["reason"]), key=self.key(),
                shares=shares_of(data), returned=returned_of(data), by=self.actor, now=self.now,
            )  # fmt: skip
        return selectors.refund(issued.public_id)

    def key(self) -> str:
        """The sender's own stays good after its answer was forgotten."""
        digest = hashlib.sha256(self.request.headers["Idempotency-Key"].encode()).hexdigest()
        return f"api:{self.request.credential}:{digest}"


class OrderExports(Exports):
    """Begin an export of orders: a job whose file is a CSV. The filters of the list are parameters here too."""

    writes = Permission.ORDERS_VIEW
    kind, chosen_by = "fulfillment.export_orders", OrderMoneyFilter

    def filters(self):
        return OrderMoneyFilter if self.actor.can(Permission.MONEY_VIEW) else OrderFilter


class Shipments(Resource):
    """The parcels of orders, in the order in which they were made."""

    reads = Permission.ORDERS_VIEW
    output = serializers.ShipmentOut
    listing = Listing("shipments", ("pk",), ShipmentFilter)

    def rows(self):
        return selectors.shipments()
