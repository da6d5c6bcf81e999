from merchants.money.models.commissions import CommissionLine, CommissionReturn
from merchants.money.models.ledger import LedgerLine, LedgerTransaction
from merchants.money.models.payouts import Hold, HoldRelease, PayoutTerms
from merchants.money.models.statements import Statement

__all__ = [
    "CommissionLine", "CommissionReturn", "Hold", "HoldRelease", "LedgerLine", "LedgerTransaction", "PayoutTerms",
    "Statement",
]  # fmt: skip
