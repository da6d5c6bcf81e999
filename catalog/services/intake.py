"""Taking over products of another marketplace; what is here already stays as it is."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from catalog.events import ListingMoved, ProductCreated, VariantAdded
from catalog.models import Listing, Product, Variant
from catalog.states import ListingStatus, ProductStatus
from config.kernel import bulk, events
from config.kernel.actors import Actor
from config.kernel.events import Past
from merchants.marketplace.models import SalesChannel

KEY = {"unique_columns": ["merchant_id", "source", "external_id"], "unique_where": "NOT external_id = ''"}


class ArrivingProduct(NamedTuple):
    """A product of one form, on sale since `created_at`; its code is its SKU."""

    merchant_id: int
    source: str
    external_id: str
    public_id: uuid.UUID
    code: str
    title: str
    language: str
    category_id: int
    created_at: datetime
    weight_g: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    title_is_made_up: bool = True


@transaction.atomic
def products(arriving: Sequence[ArrivingProduct], *, channel: SalesChannel, by: Actor, now: datetime) -> set:
    """Add products with their variant and listing; the new ones as (merchant key, `external_id`)."""
    new = bulk.load_new(
        Product,
        ["merchant_id", "source", "external_id", "public_id", "code", "title", "title_is_made_up", "model_number",
         "origin", "description", "language", "category_id", "status", "version", "created_at", "updated_at"],
        ([each.merchant_id, each.source, each.external_id, each.public_id, each.code, each.title,
          each.title_is_made_up, "", "", "", each.language, each.category_id, ProductStatus.READY, 1, each.created_at,
          each.created_at]
         for each in arriving),
        returning=["merchant_id", "external_id", "id"], **KEY,
    )  # fmt: skip
    keys = {(merchant_id, external_id): pk for merchant_id, external_id, pk in new}
    fresh = [(each, keys[each[0], each[2]]) for each in arriving if (each.merchant_id, each.external_id) in keys]
    if fresh:
        variants = _variants(fresh)
        _listings(fresh, variants, channel)
        events.record_past(_facts(fresh, channel), by=by, now=now)
    return set(keys)


def _variants(fresh) -> dict[tuple[int, str], int]:
    new = bulk.load_new(
        Variant,
        ["merchant_id", "product_id", "source", "external_id", "public_id", "sku", "specification", "barcode",
         "weight_g", "length_mm", "width_mm", "height_mm", "position"],
        ([each.merchant_id, product_id, each.source, each.external_id, each.public_id, each.code, "", "",
          each.weight_g, each.length_mm, each.width_mm, each.height_mm, 1] for each, product_id in fresh),
        returning=["merchant_id", "external_id", "id"], **KEY,
    )  # fmt: skip
    return {(merchant_id, external_id): pk for merchant_id, external_id, pk in new}


def _listings(fresh, variants: dict[tuple[int, str], int], channel: SalesChannel) -> None:
    rows = (
        [
            each.merchant_id,
            variants[each.merchant_id, each.external_id],
            channel.pk,
            ListingStatus.LIVE,
            each.created_at,
        ]
        for each, _product_id in fresh
    )
    bulk.load(Listing, ["merchant_id", "variant_id", "channel_id", "status", "listed_at"], rows)


def _facts(fresh, channel: SalesChannel) -> list[Past]:
    facts = []
    for each, _product_id in fresh:
        product = str(each.public_id)
        listed = ListingMoved(
            product_id=product, sku=each.code, channel=channel.code, before="", after=ListingStatus.LIVE
        )
        happened = [ProductCreated(product_id=product), VariantAdded(product_id=product, sku=each.code), listed]
        facts += [Past(fact, each.created_at, each.merchant_id) for fact in happened]
    return facts
