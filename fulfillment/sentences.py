"""How the facts of orders read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from config.kernel.money import Money
from config.kernel.sentences import Payload, Sentence, label
from config.templatetags.ui import money
from fulfillment import events
from fulfillment.states import CancellationReason, Cause, RefundReason, RevealReason


def _cancelled(fact: Payload) -> str:
    told = {"reason": label(CancellationReason, fact["reason"]), "cause": label(Cause, fact["cause"])}
    if fact["cause"] in Cause.values:
        return _("Order cancelled: %(reason)s (caused by: %(cause)s)") % told
    return _("Order cancelled: %(reason)s") % told


def _rest_cancelled(fact: Payload) -> str:
    told = {"reason": label(CancellationReason, fact["reason"]), "cause": label(Cause, fact["cause"])}
    return _("The rest was cancelled: %(reason)s (caused by: %(cause)s)") % told


def _refunded(fact: Payload) -> str:
    amount = Money(fact["amount_minor"], fact["currency"])
    return _("%(amount)s refunded: %(reason)s") % {
        "amount": money(amount), "reason": label(RefundReason, fact["reason"]),
    }  # fmt: skip


def _parcel_shipped(fact: Payload) -> str:
    units = fact["units"]
    return ngettext(
        "A parcel with %(units)s unit handed over", "A parcel with %(units)s units handed over", units
    ) % {"units": units}  # fmt: skip


def _revealed(fact: Payload) -> str:
    return _("Buyer's contact data shown: %(reason)s") % {"reason": label(RevealReason, fact["reason"])}


SENTENCES = {
    events.OrderPlaced: Sentence(__("Order placed"), "shopping-cart"),
    events.OrderPaid: Sentence(__("Order paid"), "credit-card", "ok"),
    events.OrderShipped: Sentence(__("Parcel handed over to the carrier"), "truck", "info"),
    events.OrderDelivered: Sentence(__("Parcel delivered"), "package-check", "ok"),
    events.ParcelShipped: Sentence(_parcel_shipped, "truck", "info"),
    events.ParcelDelivered: Sentence(__("One of the parcels delivered"), "package-check", "ok"),
    events.OrderRefunded: Sentence(_refunded, "undo-2", "warn"),
    events.OrderCancelled: Sentence(_cancelled, "ban", "bad"),
    events.RestCancelled: Sentence(_rest_cancelled, "ban", "bad"),
    events.OrderDataErased: Sentence(__("The buyer's data were erased (%(because)s)"), "shield"),
    events.BuyerDataRevealed: Sentence(_revealed, "eye", "warn"),
}
