"""How the facts of prices read."""

from django.utils.translation import gettext as _

from config.kernel.money import Money
from config.kernel.sentences import Payload, Sentence
from config.templatetags.ui import money
from pricing import events


def _set(fact: Payload) -> str:
    known = {"sku": fact["sku"], "channel": fact["channel"], "after": _shown(fact, "after_minor")}
    if fact["before_minor"] is None:
        return _("First price of %(sku)s on %(channel)s: %(after)s") % known
    known["before"] = _shown(fact, "before_minor")
    return _("Price of %(sku)s on %(channel)s changed from %(before)s to %(after)s") % known


def _shown(fact: Payload, name: str) -> str:
    return money(Money(fact[name], fact["currency"]))


SENTENCES = {events.PriceSet: Sentence(_set, "coins")}
