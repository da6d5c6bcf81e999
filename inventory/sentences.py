"""How the facts of stock read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Payload, Sentence, label
from inventory import events
from inventory.states import AdjustmentReason


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _adjusted(fact: Payload) -> str:
    told = {
        "sku": fact["sku"], "reason": label(AdjustmentReason, fact["reason"]), "on_hand": f"{_int(fact['on_hand']):+,}",
        "damaged": f"{_int(fact['damaged']):+,}",
    }  # fmt: skip
    if fact["damaged"]:
        return _("Stock of %(sku)s corrected (%(reason)s): on hand %(on_hand)s, damaged %(damaged)s") % told
    return _("Stock of %(sku)s corrected (%(reason)s): on hand %(on_hand)s") % told


def _alert_line(fact: Payload) -> str:
    if fact["after"] is None:
        return _("Nobody is told any more when %(sku)s runs low") % {"sku": fact["sku"]}
    return _("Somebody is told when fewer than %(units)s of %(sku)s are left") % {
        "sku": fact["sku"], "units": fact["after"],
    }  # fmt: skip


def _returned(fact: Payload) -> str:
    told = {"sku": fact["sku"], "units": fact["quantity"], "damaged": fact["damaged"]}
    if fact["damaged"]:
        return _("%(units)s × %(sku)s came back, %(damaged)s of them damaged") % told
    return _("%(units)s × %(sku)s came back") % told


SENTENCES = {
    events.WarehouseOpened: Sentence(__("Warehouse opened"), "warehouse"),
    events.StockAnnounced: Sentence(__("%(quantity)s × %(sku)s on its way"), "truck"),
    events.StockReceived: Sentence(__("%(quantity)s × %(sku)s received"), "package-open", "ok"),
    events.StockAdjusted: Sentence(_adjusted, "scale", "warn"),
    events.StockReturned: Sentence(_returned, "undo-2"),
    events.AlertLineSet: Sentence(_alert_line, "bell"),
    events.ReservationExpired: Sentence(__("What was set aside for this order is free again"), "clock", "warn"),
}
