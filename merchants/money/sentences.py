"""How the facts of money read."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.money import Money
from config.kernel.sentences import Payload, Sentence, label
from config.templatetags.ui import money
from merchants.money import events
from merchants.money.states import AdjustmentReason, HoldReason


def _amount(fact: Payload, name: str = "amount_minor") -> str:
    return money(Money(fact[name], fact["currency"]))


def _adjusted(text: str) -> Callable[[Payload], str]:
    def tell(fact: Payload) -> str:
        return str(text) % {"amount": _amount(fact), "reason": label(AdjustmentReason, fact["reason"])}

    return tell


def _held(some: str, everything: str) -> Callable[[Payload], str]:
    def tell(fact: Payload) -> str:
        reason = label(HoldReason, fact["reason"])
        if fact["amount_minor"] is None:
            return str(everything) % {"reason": reason}
        return str(some) % {"amount": _amount(fact), "reason": reason}

    return tell


def _minimum(fact: Payload) -> str:
    return _("Minimum payout set to %(amount)s") % {"amount": _amount(fact, "after_minor")}


def _closed(fact: Payload) -> str:
    told = {"number": fact["statement"], "amount": _amount(fact, "closing_minor")}
    return _("Statement %(number)s closed with %(amount)s") % told


SENTENCES = {
    events.MerchantCredited: Sentence(_adjusted(__("%(amount)s credited: %(reason)s")), "plus", "ok"),
    events.MerchantDebited: Sentence(_adjusted(__("%(amount)s debited: %(reason)s")), "ban", "warn"),
    events.HoldPlaced: Sentence(
        _held(__("%(amount)s held back: %(reason)s"), __("All payouts held back: %(reason)s")), "ban", "warn"
    ),
    events.HoldReleased: Sentence(
        _held(__("%(amount)s released: %(reason)s"), __("Payouts released: %(reason)s")), "check", "ok"
    ),
    events.PayoutTermsChanged: Sentence(_minimum, "pencil"),
    events.StatementClosed: Sentence(_closed, "check"),
}
