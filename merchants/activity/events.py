"""What activity announces, about its own work: it is the platform's business, whosever facts they were."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DeliveryEvent(Event):
    name = "activity.delivery"
    delivery_id: int
    merchant_id: int
    fact: str
    subscriber: str

    @property
    def about(self):
        return f"delivery:{self.delivery_id}"


@dataclass(frozen=True, kw_only=True)
class DeliveryParked(DeliveryEvent):
    """A subscriber failed too often; nothing more happens until somebody has it tried again."""

    name = "activity.delivery.parked"
    attempts: int


@dataclass(frozen=True, kw_only=True)
class DeliveryRetried(DeliveryEvent):
    name = "activity.delivery.retried"
