"""Products as Ctrl K finds them, and the acts on them that begin there."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from catalog import selectors
from catalog.models import Product, Variant
from config.kernel import finding
from config.kernel.finding import Command, Hit, Source
from config.kernel.queues import Asked
from merchants.accounts.permissions import Permission


def products(asked: Asked, text: str) -> list[Hit]:
    """By code, SKU, barcode or words of the title; by words that are spelled nearly so where there is nothing else."""
    keys = _keys(text)
    corrected = "" if keys else selectors.meant(text)
    if corrected:
        keys = _keys(corrected)
    rows = selectors.with_variants(list(Product.objects.filter(pk__in=keys).order_by("title", "pk")))
    return [_hit(row, text.upper(), slug=asked.merchant.slug, is_near=bool(corrected)) for row in rows]


def _keys(text: str) -> list[int]:
    return [found["pk"] for found in selectors.matching(text)[: finding.SHOWN]]


def _hit(product: Product, wanted: str, *, slug: str, is_near: bool) -> Hit:
    variants: list[Variant] = product.shown_variants
    named = next((each for each in variants if wanted in (each.sku.upper(), each.barcode)), None)
    shown = named or next(iter(variants), None)
    notes = [shown.sku if shown else product.code, shown.specification if named else ""]
    if is_near:
        notes.append(_("similar words"))
    return Hit(
        product.title, reverse("catalog:product", args=[slug, product.code]), "tag",
        " · ".join(filter(None, notes)), is_exact=bool(named) or product.code.upper() == wanted,
    )  # fmt: skip


FOUND = [
    Source(20, Permission.PRODUCTS_VIEW, products),
    Command(20, __("New product"), "plus", "catalog:product-new", Permission.PRODUCTS_EDIT),
    Command(60, __("Export products"), "download", "catalog:product-export", Permission.PRODUCTS_VIEW),
    Command(70, __("Import products"), "upload", "desk:import-new", Permission.PRODUCTS_EDIT, ("catalog.products",)),
]
