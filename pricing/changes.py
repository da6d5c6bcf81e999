"""What can be done to the prices of many products at once."""

from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from config.kernel.changes import Kind
from merchants.accounts.permissions import Permission
from pricing.forms import PriceChange
from pricing.services import batches, price_files


def _changed(count: int) -> str:
    return ngettext("%(count)s price was changed.", "%(count)s prices were changed.", count) % {"count": count}


KINDS = (
    Kind(
        key="pricing.change", page="catalog:products", label=__("Change price"), icon="percent",
        needs=Permission.PRICES_EDIT, carry=batches.change, undo=price_files.undo, told=_changed, form=PriceChange,
        lasting=__("Orders that buyers place at the new price; and the new price stays in the history of prices."),
    ),
)  # fmt: skip
