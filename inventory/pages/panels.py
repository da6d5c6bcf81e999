"""What inventory shows on pages of lower apps."""

from inventory import selectors
from merchants.accounts.permissions import Permission


def stock_panel(*, request, product) -> dict:
    """What there is of each variant of a product."""
    return {
        "merchant": request.merchant, "variants": selectors.stock_of(product.pk),
        "may_edit": request.actor.can(Permission.STOCK_EDIT),
    }  # fmt: skip
