"""The ground floor: who people are, who owns what, what happened. Rooms, upper first; imports point down.

.onboarding   shops
.money        the ledger: what merchants are owed, commissions frozen, holds, statements
.marketplace  what the operator offers: category tree, sales channels, commission schedules, points on the map
.desk         jobs, recurring duties, work items, notifications; import runs and what they found
.activity     facts, their delivery and their seals
.accounts     users, merchants, memberships, roles, buyers
"""
