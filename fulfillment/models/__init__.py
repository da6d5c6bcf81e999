from fulfillment.models.credits import CreditLine, CreditMatch
from fulfillment.models.groups import OrderGroup
from fulfillment.models.orders import DIRECT, Cancellation, Order, OrderLine
from fulfillment.models.payments import Payment, PaymentPart
from fulfillment.models.refunds import Refund, RefundLine
from fulfillment.models.shipments import Parcel, ParcelLine, Shipment

__all__ = [
    "DIRECT", "Cancellation", "CreditLine", "CreditMatch", "Order", "OrderGroup", "OrderLine", "Parcel", "ParcelLine",
    "Payment", "PaymentPart", "Refund", "RefundLine", "Shipment",
]  # fmt: skip
