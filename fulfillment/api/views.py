"""Orders, what is done to them, and their shipments."""

from config.kernel.api.lists import Listing
from config.kernel.api.resources import Resource
from fulfillment import selectors
from fulfillment.api import serializers
from fulfillment.filters import OrderFilter, OrderMoneyFilter, ShipmentFilter
from fulfillment.services import buyer_data, orders
from fulfillment.states import CancellationReason, RevealReason
from merchants.accounts.permissions import Permission
from merchants.desk.api.exports import Exports


class Orders(Resource):
    """Orders with their lines, in the order in which they were last changed.

    The filters `payment` and `gap` take the scope `money:read` as well.
    """

    reads = Permission.ORDERS_VIEW
    output = serializers.OrderOut
    listing = Listing("orders", ("updated_at", "pk"), OrderMoneyFilter, updated="updated_at")

    def filters(self):
        return OrderMoneyFilter if self.actor.can(Permission.MONEY_VIEW) else OrderFilter

    def rows(self):
        return selectors.plain_orders(now=self.now, zone=self.merchant.zone)

    def ready(self, rows):
        return selectors.with_lines(rows)


class OrderResource(Resource, abstract=True):
    """About one order."""

    output = serializers.OrderOut

    def load(self, public_id):
        self.order = selectors.order_by_id(public_id, now=self.now, zone=self.merchant.zone)

    def ready(self, rows):
        return selectors.with_lines(rows)

    def again(self):
        """As it stands after the act."""
        return selectors.order_by_id(self.order.public_id, now=self.now, zone=self.merchant.zone)


class OneOrder(OrderResource):
    """One order with its lines and its parcel."""

    reads = Permission.ORDERS_VIEW

    def row(self):
        return self.order


class OrderCancellation(OrderResource):
    """Cancel an order that has not shipped."""

    writes = Permission.ORDERS_MANAGE
    input, idempotent, answers = serializers.CancellationIn, True, 200

    def create(self, data):
        reason = CancellationReason(data["reason"])
        orders.cancel(order=self.order, reason=reason, note=data.get("note", ""), by=self.actor, now=self.now)
        return self.again()


class OrderHandOver(OrderResource):
    """The parcel was handed over to a carrier."""

    writes = Permission.ORDERS_MANAGE
    input, idempotent, answers = serializers.HandOverIn, True, 200

    def create(self, data):
        orders.ship(order=self.order, **data, by=self.actor, now=self.now)
        return self.again()


class OrderDelivery(OrderResource):
    """The parcel reached its buyer."""

    writes = Permission.ORDERS_MANAGE
    input, idempotent, answers = serializers.DeliveryIn, True, 200

    def create(self, data):
        orders.deliver(order=self.order, **data, by=self.actor, now=self.now)
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


class OrderPayments(Resource):
    """The shop's share of what was paid for an order."""

    reads = Permission.MONEY_VIEW
    output = serializers.PaymentOut
    listing = Listing("payments", ("sequence", "pk"))

    def load(self, public_id):
        self.order = selectors.order_by_id(public_id, now=self.now, zone=self.merchant.zone)

    def rows(self):
        return selectors.payment_parts(self.order)


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
