"""Reads of stock."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, QuerySet
from django.http import Http404

from catalog.models import Variant
from config.kernel import scope
from inventory.models import StockLevel, StockMovement

SHOWN = 50  # movements on the page of a variant

# on hand, damaged and incoming are the sums of the ledger, reserved is that of what is neither shipped nor released
WRONG_LEVELS = """
    SELECT merchant.slug, variant.sku,
        level.on_hand, level.damaged, level.incoming, level.reserved,
        coalesce(moved.on_hand, 0), coalesce(moved.damaged, 0), coalesce(moved.incoming, 0), coalesce(held.units, 0)
    FROM inventory_stocklevel AS level
    JOIN accounts_merchant AS merchant ON merchant.id = level.merchant_id
    JOIN catalog_variant AS variant ON variant.merchant_id = level.merchant_id AND variant.id = level.variant_id
    LEFT JOIN (
        SELECT level_id, sum(on_hand) AS on_hand, sum(damaged) AS damaged, sum(incoming) AS incoming
        FROM inventory_stockmovement GROUP BY level_id
    ) AS moved ON moved.level_id = level.id
    LEFT JOIN (
        SELECT level_id, sum(quantity - shipped - released) AS units FROM inventory_reservation GROUP BY level_id
    ) AS held ON held.level_id = level.id
    WHERE (level.on_hand, level.damaged, level.incoming, level.reserved) IS DISTINCT FROM
        (coalesce(moved.on_hand, 0), coalesce(moved.damaged, 0), coalesce(moved.incoming, 0), coalesce(held.units, 0))
    ORDER BY merchant.slug, variant.sku
"""


def levels() -> QuerySet[StockLevel]:
    """For the list: with variant and product, and what to sort by."""
    return StockLevel.objects.select_related("variant__product__picture").annotate(
        sku=F("variant__sku"), free=F("on_hand") - F("reserved") - F("damaged")
    )


def level(sku: str) -> StockLevel:
    """Of a variant in the default warehouse, with its product; zeros where nothing ever lay. Raises Http404."""
    variant = (
        Variant.objects.filter(sku=sku).select_related("merchant", "product__picture", "product__merchant").first()
    )
    if variant is None:
        raise Http404
    found = StockLevel.objects.filter(variant=variant, warehouse__is_default=True).first()
    found = found or StockLevel(merchant=variant.merchant, on_hand=0, reserved=0, damaged=0, incoming=0)
    found.variant, found.merchant = variant, variant.merchant
    return found


def movements(level: StockLevel) -> list[StockMovement]:
    """The newest of them."""
    return list(StockMovement.objects.filter(level=level.pk).order_by("-pk")[:SHOWN])


@dataclass(frozen=True)
class VariantStock:
    """A variant of a product and what there is of it, None where nothing ever lay."""

    sku: str
    specification: str
    level: StockLevel | None


def stock_of(product_id: int) -> list[VariantStock]:
    """Of each variant of a product, for its page."""
    standing = StockLevel.objects.filter(variant__product=product_id, warehouse__is_default=True)
    of_variant = {level.variant_id: level for level in standing}
    variants = Variant.objects.filter(product=product_id).order_by("position")
    return [VariantStock(each.sku, each.specification, of_variant.get(each.pk)) for each in variants]


def wrong_levels() -> list[str]:
    """What is not as the ledger and the reservations have it, of all merchants."""
    with (
        scope.across_merchants(because="the stock of all merchants is checked against its ledger"),
        connection.cursor() as cursor,
    ):
        cursor.execute(WRONG_LEVELS)
        return [
            f"{slug} {sku}: on hand, damaged, incoming, reserved are {tuple(stands)},"
            f" the ledger and the reservations say {tuple(map(int, says))}"
            for slug, sku, *numbers in cursor.fetchall()
            for stands, says in [(numbers[:4], numbers[4:])]
        ]


def levels_of(variants: Sequence[int]) -> list[StockLevel]:
    """Of each variant in its place, in the default warehouse."""
    found = levels().filter(variant__in=variants, warehouse__is_default=True)
    of_variant = {level.variant_id: level for level in found}
    return [of_variant[variant] for variant in variants]


def ledger() -> QuerySet[StockMovement]:
    return StockMovement.objects.select_related("level__variant")
