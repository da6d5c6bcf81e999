"""What activity refuses."""

from config.kernel.errors import DomainError


class NotParked(DomainError):
    """A delivery that was not given up waits for its turn, or has had it."""

    code = "delivery_not_parked"


class TooManyRows(DomainError):
    """A file of this size is of no use to anybody, and holds up the page."""

    code = "too_many_rows"
