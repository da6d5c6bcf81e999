"""What can be done to a product."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import ports
from catalog.errors import CodeTaken, SkuTaken, StillOnSale
from catalog.events import ProductChanged, ProductCreated, ProductMoved, VariantAdded
from catalog.models import Listing, Product, Variant
from catalog.ports import NewPrice
from catalog.services import pictures
from catalog.services.pictures import Drawn
from catalog.states import ListingStatus, ProductStatus
from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.errors import ChangedMeanwhile
from config.kernel.money import Money
from merchants.marketplace.models import SalesChannel


@dataclass(frozen=True)
class FirstVariant:
    """What a new product starts with."""

    sku: str
    specification: str = ""
    barcode: str = ""
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None


@transaction.atomic
def create(
    *, code: str, details: Mapping[str, object], variant: FirstVariant, price: Money, channel: SalesChannel,
    picture: Drawn | None = None, by: Actor, now: datetime,
) -> Product:  # fmt: skip
    """Add a draft with its first variant and price; it goes on sale when it is listed.

    Raises CodeTaken, SkuTaken, WrongCurrency.
    """
    values = {**details, "created_at": now, "updated_at": now}
    product, is_new = Product.objects.get_or_create(code=code, defaults=values)  # of two at once, one is refused
    if not is_new:
        raise CodeTaken(_("Another product has this code."), field="code")
    events.record(ProductCreated(product_id=str(product.public_id)), by=by, now=now)
    first = _added(product, variant, by=by, now=now)
    opening = NewPrice(first.pk, channel.pk, price, str(product.public_id), first.sku)
    ports.new_prices.ask([opening], by=by, now=now)
    if picture:
        pictures.put(product=product, drawn=picture, by=by, now=now)
    return product


@transaction.atomic
def add_variant(*, product: Product, variant: FirstVariant, by: Actor, now: datetime) -> Variant:
    """Raises SkuTaken."""
    product = Product.objects.locked().get(pk=product.pk)
    added = _added(product, variant, by=by, now=now)
    _touch(product, now=now)
    return added


def _added(product: Product, variant: FirstVariant, *, by: Actor, now: datetime) -> Variant:
    values = vars(variant) | {"product": product, "position": Variant.objects.filter(product=product).count() + 1}
    added, is_new = Variant.objects.get_or_create(sku=variant.sku, defaults=values)
    if not is_new:
        raise SkuTaken(_("Another variant has this SKU."), field="sku")
    events.record(VariantAdded(product_id=str(product.public_id), sku=added.sku), by=by, now=now)
    return added


@transaction.atomic
def change(
    *, product: Product, changes: Mapping[str, object], version: int, picture: Drawn | None = None, by: Actor,
    now: datetime,
) -> Product:  # fmt: skip
    """Change a product that is still as the person saw it. Raises ChangedMeanwhile."""
    product = Product.objects.locked().get(pk=product.pk)
    if product.version != version:
        raise ChangedMeanwhile(
            _("Somebody else changed this product while you were writing. Choose what holds, then save again.")
        )  # fmt: skip
    changed = [name for name, value in changes.items() if getattr(product, name) != value]
    if changed:
        for name in changed:
            setattr(product, name, changes[name])
        product.version += 1
        product.updated_at = now
        product.save(update_fields=[*changed, "version", "updated_at"])
        events.record(ProductChanged(product_id=str(product.public_id), fields=sorted(changed)), by=by, now=now)
    if picture:
        pictures.put(product=product, drawn=picture, by=by, now=now)
    return product


@transaction.atomic
def move(*, product: Product, to: ProductStatus, by: Actor, now: datetime) -> Product:
    """Raises IllegalMove, StillOnSale."""
    product = Product.objects.locked().get(pk=product.pk)
    before = product.status
    product.move_to(to)
    if to != ProductStatus.READY and _is_on_sale(product):
        raise StillOnSale(_("Take it off all channels first."))
    product.save(update_fields=["status"])
    _touch(product, now=now)
    events.record(ProductMoved(product_id=str(product.public_id), before=before, after=to), by=by, now=now)
    return product


def _touch(product: Product, *, now: datetime) -> None:
    """It is another version now, to whoever has read it."""
    product.version += 1
    product.updated_at = now
    product.save(update_fields=["version", "updated_at"])


def _is_on_sale(product: Product) -> bool:
    return Listing.objects.filter(variant__product=product, status=ListingStatus.LIVE).exists()
