"""What fulfillment can refuse."""

from config.kernel.errors import DomainError


class AlreadyCancelled(DomainError):
    code = "already_cancelled"


class NotOurReason(DomainError):
    code = "not_our_reason"
    status = 422


class OutOfOrder(DomainError):
    """Something is said to have happened before what it follows, or in the future."""

    code = "out_of_order"
    status = 422


class OrdersUnderWay(DomainError):
    """A parcel still needs its address."""

    code = "orders_under_way"


class OrderNumberTaken(DomainError):
    """The number stands for an order with other contents."""

    code = "order_number_taken"


class NotAnOrder(DomainError):
    """A number, quantity, price or amount that no order can have."""

    code = "not_an_order"
    status = 422


class VariantUnknown(DomainError):
    code = "variant_unknown"
    status = 404


class NoPrice(DomainError):
    """No price was given, and none holds on the channel."""

    code = "no_price"


class PartlyShipped(DomainError):
    """Some of the order has left the house."""

    code = "partly_shipped"


class NothingShipped(DomainError):
    """All of the order is still in the house."""

    code = "nothing_shipped"


class AllRefunded(DomainError):
    """All that was paid went back, so nothing more is sent."""

    code = "all_refunded"


class MoreThanIsLeft(DomainError):
    """More units are named than there are left to ship, or came back than were shipped."""

    code = "more_than_is_left"


class WaybillUsed(DomainError):
    """A parcel of this order with the same waybill holds something else."""

    code = "waybill_used"


class ParcelUnknown(DomainError):
    code = "parcel_unknown"
    status = 404


class PaymentKeyReused(DomainError):
    """The key stands for another payment."""

    code = "payment_key_reused"


class PaidInPart(DomainError):
    """Its source knows of a payment, but not of all that it comes to."""

    code = "paid_in_part"


class RefundAbovePaid(DomainError):
    """More would go back than was paid and is not refunded yet."""

    code = "refund_above_paid"


class RefundKeyReused(DomainError):
    """The key stands for another refund."""

    code = "refund_key_reused"
