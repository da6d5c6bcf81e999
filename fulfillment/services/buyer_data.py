"""Looking at a buyer's contact data, which is masked everywhere else."""

from datetime import datetime

from django.db import transaction

from config.kernel import events
from config.kernel.actors import Actor
from fulfillment.events import BuyerDataRevealed
from fulfillment.models import Order
from fulfillment.selectors import Contact
from fulfillment.states import RevealReason


@transaction.atomic
def reveal(*, order: Order, reason: RevealReason, by: Actor, now: datetime) -> Contact:
    """The address and phone of an order in full, for the price of a fact that says who looked and why."""
    events.record(BuyerDataRevealed(order_id=str(order.public_id), reason=reason.value), by=by, now=now)
    return Contact.of(order)
