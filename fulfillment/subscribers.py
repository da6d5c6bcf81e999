"""What orders do about facts of the apps below them."""

from datetime import datetime

from config.kernel.actors import machine
from config.kernel.events import on
from fulfillment.services import orders
from inventory.events import ReservationExpired

SYSTEM = machine("system")


@on(ReservationExpired)
def cancel_what_was_not_paid(facts: list[ReservationExpired], *, now: datetime) -> None:
    owners = [fact.owner.partition(":") for fact in facts]
    orders.cancel_unpaid(order_ids=[key for kind, _colon, key in owners if kind == "order"], by=SYSTEM, now=now)
