"""What support announces."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ReviewReceived(Event):
    """On the order's timeline where there is one."""

    name = "support.review.received"
    order_id: str
    score: int

    @property
    def about(self):
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class ReviewErased(Event):
    """`because` is a file number, nothing about the person."""

    name = "support.review.erased"
    order_id: str
    because: str

    @property
    def about(self):
        return f"order:{self.order_id}"
