"""Taking back what a product file did, where it still stands as the file left it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from catalog import ports
from catalog.events import ProductChanged, ProductMoved, ProductRemoved, VariantChanged, VariantRemoved
from catalog.models import Product, Variant
from catalog.ports import NewPrice
from catalog.states import ProductStatus
from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.dependents import pointed_at
from config.kernel.imports import Effect
from config.kernel.money import Money
from merchants.marketplace.models import SalesChannel


def undo(effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
    """See `config.kernel.imports.Undo`. What came in is removed, what was changed is as it was."""
    skus = [effect.thing for effect in effects]
    products = Product.objects.filter(variants__sku__in=skus).values("pk")
    list(Product.objects.filter(pk__in=products).locked().values_list("pk"))
    known = {each.sku: each for each in Variant.objects.filter(sku__in=skus).locked().select_related("product")}
    removed = _removed([each for each in effects if each.before is None], known, by=by, now=now)
    return [
        removed[effect.thing] if effect.before is None else _restored(effect, known.get(effect.thing), by=by, now=now)
        for effect in effects
    ]


def _removed(effects: list[Effect], known: dict[str, Variant], *, by: Actor, now: datetime) -> dict[str, str]:
    variants = {effect.thing: known[effect.thing] for effect in effects if effect.thing in known}
    kept = pointed_at(Variant, [each.pk for each in variants.values()])
    gone = {sku: each for sku, each in variants.items() if each.pk not in kept}
    facts = [VariantRemoved(product_id=str(each.product.public_id), sku=sku) for sku, each in gone.items()]
    Variant.objects.filter(pk__in=[each.pk for each in gone.values()]).delete()
    brought = {effect.thing for effect in effects if effect.after["brought_product"]}
    products = {each.product_id: each.product for sku, each in variants.items() if sku in brought}
    still = pointed_at(Product, products)
    for key, product in products.items():
        if key not in still:
            facts.append(ProductRemoved(product_id=str(product.public_id), code=product.code))
        elif product.status == ProductStatus.DRAFT:
            facts.append(_archived(product, now=now))
    deleted = [key for key in products if key not in still]
    Product.objects.filter(pk__in=deleted).delete()
    _touch({each.product_id for each in gone.values()}.difference(deleted), now=now)
    if facts:
        events.record_many(facts, by=by, now=now)
    told = {effect.thing: "" for effect in effects}
    return told | {sku: _why_kept(each.product) for sku, each in variants.items() if each.pk in kept}


def _touch(products: Collection[int], *, now: datetime) -> None:
    """They are another version with their variants, to whoever reads along."""
    Product.objects.filter(pk__in=products).update(version=F("version") + 1, updated_at=now)


def _archived(product: Product, *, now: datetime) -> ProductMoved:
    before = product.status
    product.move_to(ProductStatus.ARCHIVED)
    product.version += 1
    product.updated_at = now
    product.save(update_fields=["status", "version", "updated_at"])
    return ProductMoved(product_id=str(product.public_id), before=before, after=product.status)


def _why_kept(product: Product) -> str:
    if product.status == ProductStatus.ARCHIVED:
        return _("Its prices or orders stay on record; the product was archived.")
    return _("Its prices, orders or listings depend on it.")


def _restored(effect: Effect, variant: Variant | None, *, by: Actor, now: datetime) -> str:
    if variant is None:
        return _("It is not here any more.")
    product, before, after = variant.product, effect.before, effect.after
    product.refresh_from_db()
    stands = {name: getattr(product, name) for name in after["product"]}
    stands_there = {name: getattr(variant, name) for name in after["variant"]}
    if (stands, stands_there) != (after["product"], after["variant"]):
        return _("It was changed again since.")
    if "price" in before and (told := _price_restored(effect, variant, by=by, now=now)):
        return told
    if before["product"]:
        for name, value in before["product"].items():
            if name != "status":
                setattr(product, name, value)
        if "status" in before["product"] and product.status != before["product"]["status"]:
            product.move_to(ProductStatus(before["product"]["status"]))
        product.version += 1
        product.updated_at = now
        product.save(update_fields=[*before["product"], "version", "updated_at"])
        fields = sorted(name.removesuffix("_id") for name in before["product"])
        events.record(ProductChanged(product_id=str(product.public_id), fields=fields), by=by, now=now)
    if before["variant"]:
        for name, value in before["variant"].items():
            setattr(variant, name, value)
        variant.save(update_fields=[*before["variant"]])
        _touch([product.pk], now=now)
        fact = VariantChanged(product_id=str(product.public_id), sku=variant.sku, fields=sorted(before["variant"]))
        events.record(fact, by=by, now=now)
    return ""


def _price_restored(effect: Effect, variant: Variant, *, by: Actor, now: datetime) -> str:
    channel = SalesChannel.objects.get(pk=effect.before["channel"])
    (stands,) = ports.standing_prices.ask([(variant.pk, channel.pk)], now=now)
    if stands is None or stands.minor != effect.after["price"]:
        return _("Its price was changed again since.")
    if effect.before["price"] is None:
        return _("It had no price before, and a price that held stays on record.")
    price = Money(effect.before["price"], channel.currency)
    asked = NewPrice(variant.pk, channel.pk, price, str(variant.product.public_id), variant.sku)
    ports.new_prices.ask([asked], by=by, now=now)
    return ""
