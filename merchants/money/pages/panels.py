"""What money shows on pages of lower apps."""

from django.urls import reverse

from config.kernel import clock
from merchants.money import rules
from merchants.money.selectors import ledger, statements


def balance_panel(*, request) -> dict:
    """What the shop is owed in its own currency, its latest statement and the day of the next."""
    merchant, now = request.merchant, clock.now()
    next_on = rules.next_period(rules.period_of(now, zone=merchant.zone))
    return {
        "balance": ledger.payable(merchant.currency), "latest": statements.latest(), "next_on": next_on,
        "money_url": reverse("money:home", args=[merchant.slug]),
    }  # fmt: skip
