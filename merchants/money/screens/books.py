"""What the pages about money show, ready to be written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from config.kernel.actors import Actor
from config.kernel.money import Money
from config.kernel.subjects import named
from config.templatetags.ui import money
from merchants.money.models import LedgerTransaction, Statement
from merchants.money.screens import arithmetic
from merchants.money.selectors.ledger import Balance
from merchants.money.states import Kind

TONES = {Kind.UNCLEAR: "bad", Kind.REFUND: "warn", Kind.HOLD: "warn", Kind.DEBIT: "warn"}


def ready(rows: list[LedgerTransaction], *, actor: Actor) -> list[LedgerTransaction]:
    """Give rows with their arithmetic what a list shows: order, tone, parts."""
    orders = named({row.about_order for row in rows if row.order_id}, actor=actor)
    for row in rows:
        row.order, row.tone = orders.get(row.about_order), TONES.get(row.kind, "quiet")
        row.parts = arithmetic.parts(row)
    return rows


def sums(statement: Statement) -> list[tuple[str, Money]]:
    """What a statement comes to, from its opening to its closing balance."""
    names = [
        (_("Opening balance"), "opening_minor"), (_("Sales"), "sales_minor"), (_("Refunds"), "refunds_minor"),
        (_("Commission"), "commission_minor"), (_("Tax on commission"), "commission_tax_minor"),
        (_("Manual credits and debits"), "adjustments_minor"), (_("Held back and released"), "held_minor"),
        (_("Closing balance"), "closing_minor"),
    ]  # fmt: skip
    return [(label, Money(getattr(statement, name), statement.currency)) for label, name in names]


@dataclass(frozen=True)
class Owed:
    """A balance with what it comes of, and what of it would be paid out now, or why nothing would."""

    balance: Balance
    sums: Sequence[tuple[str, str]]
    why_not: str

    @property
    def tone(self) -> str:
        return "warn" if self.why_not else "ok"


def owed(balance: Balance) -> Owed:
    told = [(item.label, money(amount)) for item, amount in balance.items.items()]
    return Owed(balance, [*told, (_("Balance"), money(balance.payable))], _why_not(balance))


def _why_not(balance: Balance) -> str:
    if balance.is_held_whole:
        return _("All payouts are held back.")
    if balance.payable.minor <= 0:
        return _("There is nothing to pay out.")
    if balance.is_below_least:
        return _("It is paid out from %(least)s on.") % {"least": money(balance.least)}
    return ""
