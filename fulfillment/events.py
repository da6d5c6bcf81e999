"""What fulfillment announces."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OrderEvent(Event):
    name = "fulfillment.order"
    order_id: str

    @property
    def about(self):
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(OrderEvent):
    name = "fulfillment.order.placed"


@dataclass(frozen=True, kw_only=True)
class OrderPaid(OrderEvent):
    name = "fulfillment.order.paid"


@dataclass(frozen=True, kw_only=True)
class OrderShipped(OrderEvent):
    name = "fulfillment.order.shipped"


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(OrderEvent):
    name = "fulfillment.order.delivered"


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(OrderEvent):
    name = "fulfillment.order.cancelled"
    reason: str
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class RestCancelled(OrderEvent):
    """`units` of an order that left in part are not sent any more."""

    name = "fulfillment.order.rest_cancelled"
    reason: str
    cause: str
    units: int


@dataclass(frozen=True, kw_only=True)
class ParcelShipped(OrderEvent):
    """A part of an order has left the house; `units` of it."""

    name = "fulfillment.parcel.shipped"
    parcel_id: str
    units: int


@dataclass(frozen=True, kw_only=True)
class ParcelDelivered(OrderEvent):
    name = "fulfillment.parcel.delivered"
    parcel_id: str


@dataclass(frozen=True, kw_only=True)
class OrderRefunded(OrderEvent):
    name = "fulfillment.order.refunded"
    refund_id: str
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BuyerDataRevealed(OrderEvent):
    """Somebody saw the buyer's contact data in full; what they saw is not kept again."""

    name = "fulfillment.order.buyer_data_revealed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderDataErased(OrderEvent):
    """`because` is a file number, nothing about the person."""

    name = "fulfillment.order.data_erased"
    because: str
