"""What money can refuse."""

from config.kernel.errors import DomainError


class KeyReused(DomainError):
    """The key stands for another posting already."""

    code = "ledger_key_reused"


class NotSold(DomainError):
    code = "line_not_sold"


class RefundAboveSale(DomainError):
    code = "refund_above_sale"


class NothingToPost(DomainError):
    code = "nothing_to_post"
    status = 422


class AlreadyReleased(DomainError):
    code = "hold_already_released"


class PeriodNotOver(DomainError):
    code = "period_not_over"


class WouldBeOverheld(DomainError):
    """More would be held back than the merchant is owed."""

    code = "hold_above_balance"
