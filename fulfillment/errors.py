"""What fulfillment can refuse."""

from config.kernel.errors import DomainError


class AlreadyCancelled(DomainError):
    code = "already_cancelled"
