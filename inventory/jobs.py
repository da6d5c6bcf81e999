"""Long work on stock."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.jobs import Run, job
from inventory import selectors
from inventory.filters import StockFilter
from inventory.models import StockLevel
from merchants.accounts.permissions import Permission
from merchants.desk.services import exports


@job("inventory.export_stock", label=__("Export of stock"), needs=Permission.STOCK_VIEW)
def export_stock(run: Run) -> Iterator[None]:
    """A line per variant of the list."""
    heading = [
        _("SKU"), _("Product"), _("Available"), _("On hand"), _("Reserved"), _("Damaged"), _("On its way"),
        _("Alert line"),
    ]  # fmt: skip
    rows = exports.chosen(run, filterset=StockFilter, rows=selectors.levels())
    yield from exports.write(run, rows=rows, heading=heading, lines=lambda page: map(_line, page))


def _line(level: StockLevel) -> list:
    return [
        level.variant.sku, level.variant.product.title, level.available, level.on_hand, level.reserved, level.damaged,
        level.incoming, level.alert_below,
    ]  # fmt: skip
