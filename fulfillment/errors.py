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
