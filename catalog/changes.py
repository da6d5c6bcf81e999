"""What can be done to many products at once."""

from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from catalog.filters import ProductFilter
from catalog.models import Product
from catalog.services import batches
from config.kernel.changes import Kind, Rows
from merchants.accounts.permissions import Permission

PAGE = "catalog:products"
PRODUCTS = Rows(page=PAGE, rows=lambda: Product.objects.all(), filterset=ProductFilter, named_by="code")


def _off_sale(count: int) -> str:
    return ngettext("%(count)s listing was taken off sale.", "%(count)s listings were taken off sale.", count) % {
        "count": count
    }


def _on_sale(count: int) -> str:
    return ngettext("%(count)s listing is on sale.", "%(count)s listings are on sale.", count) % {"count": count}


def _archived(count: int) -> str:
    return ngettext("%(count)s product was archived.", "%(count)s products were archived.", count) % {"count": count}


KINDS = (
    Kind(
        key="catalog.take_off", page=PAGE, label=__("Take off sale"), icon="ban", needs=Permission.PRODUCTS_EDIT,
        carry=batches.take_off, undo=batches.undo_listings, told=_off_sale,
    ),
    Kind(
        key="catalog.put_back", page=PAGE, label=__("Put on sale"), icon="tag", needs=Permission.PRODUCTS_EDIT,
        carry=batches.put_back, undo=batches.undo_listings, told=_on_sale,
        lasting=__("Orders that buyers place while the goods are on sale."),
    ),
    Kind(
        key="catalog.archive", page=PAGE, label=__("Archive"), icon="boxes", needs=Permission.PRODUCTS_EDIT,
        carry=batches.archive, undo=batches.undo_archiving, told=_archived,
    ),
)  # fmt: skip
