"""The ground floor: who people are, who owns what, what happened. Rooms, upper first; imports point down.

.onboarding   shops
.marketplace  what the operator offers: category tree, sales channels, points on the map
.desk         import runs and what they found
.activity     facts
.accounts     users, merchants, memberships, roles, buyers
"""
