"""Long work on products."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from catalog import selectors
from catalog.filters import ProductFilter
from catalog.models import Product
from config.kernel.jobs import Run, job
from config.kernel.money import places
from config.templatetags.ui import moment
from merchants.accounts.permissions import Permission
from merchants.desk.services import exports


@job("catalog.export_products", label=__("Export of products"), needs=Permission.PRODUCTS_VIEW)
def export_products(run: Run) -> Iterator[None]:
    """A line per product of the list, with its first variant and price."""
    heading = [
        _("Product code"), _("Title"), _("Status"), _("Category"), _("SKU"), _("Price"), _("Currency"), _("Variants"),
        _("On sale"), _("Changed"),
    ]  # fmt: skip
    rows = exports.chosen(run, filterset=ProductFilter, rows=selectors.products())
    yield from exports.write(
        run, rows=rows, heading=heading,
        lines=lambda page: map(_line, selectors.with_first_variants(page, now=run.now)),
    )  # fmt: skip


def _line(product: Product) -> list:
    first, price = product.first_variant, product.price
    return [
        product.code, product.title, product.get_status_display(), product.category_name, first and first.sku,
        price and f"{price.amount:.{places(price.currency)}f}", price and price.currency, product.variant_count,
        product.live_count, moment(product.updated_at),
    ]  # fmt: skip
