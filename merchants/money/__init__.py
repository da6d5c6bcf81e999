"""What merchants are owed, and why, to the cent.

Owns LedgerTransaction with its LedgerLines (double entry, only added to, zero per transaction and currency);
CommissionLine, the commission frozen on a sold line, and CommissionReturn, what a refund gave back of it; Hold and
HoldRelease; PayoutTerms, the least that is paid out; Statement, a month that is closed.
States: none moves; a hold is open until it has a release, a month until it has a statement.
Facts: money.credited, money.debited, money.hold.*, money.payout_terms.changed, money.statement.closed. Sales and
refunds are facts of whoever posts them: the ledger is their record here.
An order is known by what its app hands over: uuids, number, SKU, amounts; nothing here points up to it.
"""
