"""What pricing shows on pages of lower apps."""

from config.kernel import clock
from merchants.accounts.permissions import Permission
from pricing import selectors


def prices_panel(*, request, product) -> dict:
    """The prices of a product that hold now."""
    return {
        "product": product, "merchant": request.merchant, "prices": selectors.prices_of(product.pk, now=clock.now()),
        "may_set": request.actor.can(Permission.PRICES_EDIT),
    }  # fmt: skip
