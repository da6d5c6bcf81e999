"""What can be done to the stock of many variants at once."""

from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from config.kernel.changes import Kind, Rows
from inventory import selectors
from inventory.filters import StockFilter
from inventory.forms import AlertLines
from inventory.services import alert_batches
from merchants.accounts.permissions import Permission

PAGE = "inventory:stocks"
LEVELS = Rows(page=PAGE, rows=selectors.levels, filterset=StockFilter, named_by="variant__sku")


def _set(count: int) -> str:
    return ngettext("%(count)s alert line was set.", "%(count)s alert lines were set.", count) % {"count": count}


KINDS = (
    Kind(
        key="inventory.alert_lines", page=PAGE, label=__("Set alert line"), icon="bell", needs=Permission.STOCK_EDIT,
        carry=alert_batches.set_lines, undo=alert_batches.undo, told=_set, form=AlertLines,
    ),
)  # fmt: skip
