"""What support shows on pages of lower apps."""

from merchants.accounts.permissions import Permission
from support import selectors


def order_reviews(*, request, order) -> dict:
    """What the buyer said of an order."""
    return {"reviews": list(selectors.reviews_of_order(order)), "order": order, "merchant": request.merchant}


def product_reviews(*, request, product) -> dict:
    """How a product is judged, and what was said of it last."""
    return {
        "product": product, "merchant": request.merchant, "summary": selectors.summary(product),
        "reviews": selectors.newest_of_product(product), "may_see_orders": request.actor.can(Permission.ORDERS_VIEW),
    }  # fmt: skip
