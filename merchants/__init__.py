"""The ground floor: who people are, who owns what, what happened. Rooms, upper first; imports point down.

.onboarding   shops
.marketplace  what the operator offers: category tree, sales channels, points on the map
.desk         jobs, recurring duties, work items, notifications; import runs and what they found
.activity     facts, their delivery and their seals
.accounts     users, merchants, memberships, roles, buyers
"""
