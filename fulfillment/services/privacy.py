"""What orders know of a buyer, told or forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events, privacy
from config.kernel.actors import Actor
from fulfillment.errors import OrdersUnderWay
from fulfillment.events import OrderDataErased
from fulfillment.models import Cancellation, Order
from fulfillment.states import OrderStatus
from merchants.accounts.models import Buyer

ENDED = (OrderStatus.DELIVERED, OrderStatus.CANCELLED)


def export(*, buyer: Buyer) -> list[dict]:
    """The buyer's orders, the oldest first."""
    rows = Order.objects.filter(buyer=buyer).order_by("placed_at", "pk")
    return [
        {"number": each.number, "placed_at": each.placed_at, "total": str(each.total)} | privacy.values(each)
        for each in rows
    ]


@transaction.atomic
def erase(*, buyer: Buyer, because: str, by: Actor, now: datetime) -> None:
    """Forget whom the buyer's orders went to and where; what was bought and paid stays. Raises OrdersUnderWay."""
    for order in Order.objects.locked().filter(buyer=buyer):
        if order.status not in ENDED:
            raise OrdersUnderWay(_("Order %(number)s is still under way.") % {"number": order.number})
        names = privacy.labelled(order)
        for name in names:
            setattr(order, name, "")
        order.save(update_fields=names)
        Cancellation.objects.filter(order=order).update(note="")
        events.record(OrderDataErased(order_id=str(order.public_id), because=because), by=by, now=now)
