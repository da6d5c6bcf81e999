"""Who people are and whom they act for.

Owns User, Merchant, Membership (a person's roles with a merchant), Credential (an API key of a merchant) and Buyer
(one row per merchant and person).
The permission map is `permissions.py`; the doorkeeper lets a request into one merchant's scope or none.
Facts: accounts.member.added, .roles_changed, .removed; accounts.merchant.opened; accounts.credential.issued, .revoked;
accounts.person.erased; accounts.buyer.erased.
"""
