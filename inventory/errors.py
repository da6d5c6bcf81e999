"""What inventory can refuse."""

from config.kernel.errors import DomainError


class InsufficientStock(DomainError):
    """`sku` and `wanted` name what there is not enough of."""

    code = "insufficient_stock"


class StockTooLow(DomainError):
    """A number would fall below what is reserved or damaged, or below zero."""

    code = "stock_too_low"


class NotAQuantity(DomainError):
    code = "not_a_quantity"
    status = 422


class ReservationEnded(DomainError):
    """It has expired, or was released or shipped."""

    code = "reservation_ended"


class ReservationKeyReused(DomainError):
    """The key stands for another quantity or variant."""

    code = "reservation_key_reused"
