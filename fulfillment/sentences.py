"""How the facts of orders read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Payload, Sentence, label
from fulfillment import events
from fulfillment.states import CancellationReason, RevealReason


def _cancelled(fact: Payload) -> str:
    return _("Order cancelled: %(reason)s") % {"reason": label(CancellationReason, fact["reason"])}


def _revealed(fact: Payload) -> str:
    return _("Buyer's contact data shown: %(reason)s") % {"reason": label(RevealReason, fact["reason"])}


SENTENCES = {
    events.OrderPlaced: Sentence(__("Order placed"), "shopping-cart"),
    events.OrderPaid: Sentence(__("Order paid"), "credit-card", "ok"),
    events.OrderShipped: Sentence(__("Parcel handed over to the carrier"), "truck", "info"),
    events.OrderDelivered: Sentence(__("Parcel delivered"), "package-check", "ok"),
    events.OrderCancelled: Sentence(_cancelled, "ban", "bad"),
    events.OrderDataErased: Sentence(__("The buyer's data were erased (%(because)s)"), "shield"),
    events.BuyerDataRevealed: Sentence(_revealed, "eye", "warn"),
}
