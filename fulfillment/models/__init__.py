from fulfillment.models.groups import OrderGroup
from fulfillment.models.orders import Cancellation, Order, OrderLine
from fulfillment.models.payments import Payment, PaymentPart
from fulfillment.models.shipments import Shipment

__all__ = ["Cancellation", "Order", "OrderGroup", "OrderLine", "Payment", "PaymentPart", "Shipment"]
