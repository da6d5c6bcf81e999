"""How a merchant gets its shop, and when the shop sells nothing.

Owns Shop: the storefront and the place its goods leave from. Suspension: why the platform lets a merchant sell
nothing; its people read on and see to open orders. Vacation: days on which a shop takes no orders.
"""
