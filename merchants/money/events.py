"""What money announces; amounts are minor units."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Adjusted(Event):
    name = "money.adjusted"
    transaction_id: str
    amount_minor: int
    currency: str
    reason: str

    @property
    def about(self):
        return f"ledger:{self.transaction_id}"


@dataclass(frozen=True, kw_only=True)
class MerchantCredited(Adjusted):
    name = "money.credited"


@dataclass(frozen=True, kw_only=True)
class MerchantDebited(Adjusted):
    name = "money.debited"


@dataclass(frozen=True, kw_only=True)
class HoldEvent(Event):
    """`amount_minor` is None where the whole balance is held."""

    name = "money.hold"
    hold_id: str
    amount_minor: int | None
    currency: str
    reason: str

    @property
    def about(self):
        return f"hold:{self.hold_id}"


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(HoldEvent):
    name = "money.hold.placed"


@dataclass(frozen=True, kw_only=True)
class HoldReleased(HoldEvent):
    name = "money.hold.released"


@dataclass(frozen=True, kw_only=True)
class PayoutTermsChanged(Event):
    name = "money.payout_terms.changed"
    currency: str
    before_minor: int
    after_minor: int

    @property
    def about(self):
        return f"payout-terms:{self.currency}"


@dataclass(frozen=True, kw_only=True)
class StatementClosed(Event):
    name = "money.statement.closed"
    statement: str
    closing_minor: int
    currency: str

    @property
    def about(self):
        return f"statement:{self.statement}"
