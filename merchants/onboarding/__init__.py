"""How a merchant gets its shop.

Owns Shop: the storefront and the place its goods leave from.
"""
