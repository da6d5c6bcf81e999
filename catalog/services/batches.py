"""Acts on many products at once, and how they are undone; see `config.kernel.changes`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.events import ListingMoved, ProductMoved
from catalog.models import Listing, Product, Variant
from catalog.states import LISTING_FLOW, PRODUCT_FLOW, ListingStatus, ProductStatus
from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.changes import Step
from config.kernel.imports import Effect

SEPARATOR = "@"  # between SKU and channel in the name of a thing; no SKU has it


@transaction.atomic
def take_off(keys: Sequence[int], *, asked: Mapping, dry: bool, by: Actor, now: datetime) -> list[Step]:
    """Pause whatever of these products is on sale."""
    products, listings = _known(keys, is_locked=not dry)
    steps, moved = [], []
    for product in products:
        live = [each for each in listings.get(product.pk, ()) if each.status == ListingStatus.LIVE]
        steps += [_moved(each, ListingStatus.PAUSED, moved) for each in live]
        if not live:
            steps.append(Step(product.title, kept_because=_("It is not on sale.")))
    return _done(steps, moved, dry=dry, by=by, now=now)


@transaction.atomic
def put_back(keys: Sequence[int], *, asked: Mapping, dry: bool, by: Actor, now: datetime) -> list[Step]:
    """Put these products on sale wherever they were once."""
    products, listings = _known(keys, is_locked=not dry)
    steps, moved = [], []
    for product in products:
        known = listings.get(product.pk, ())
        off = [each for each in known if each.status != ListingStatus.LIVE]
        if product.status != ProductStatus.READY:
            why = _("Only a ready product can go on sale. Mark it ready first.")
            steps.append(Step(product.title, kept_because=why))
        elif not off:
            never = _("It was on no channel yet: choose one on its page.")
            steps.append(Step(product.title, kept_because=_("It is on sale already.") if known else never))
        else:
            steps += [_moved(each, ListingStatus.LIVE, moved) for each in off]
    return _done(steps, moved, dry=dry, by=by, now=now)


@transaction.atomic
def undo_listings(effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
    """See `config.kernel.imports.Undo`."""
    skus = [effect.thing.rpartition(SEPARATOR)[0] for effect in effects]
    keys = set(Variant.objects.filter(sku__in=skus).values_list("product", flat=True))
    _products, listings = _known(keys, is_locked=True)
    known = {_thing(each): each for found in listings.values() for each in found}
    told, moved = [], []
    for effect in effects:
        listing, before = known.get(effect.thing), ListingStatus(effect.before["status"])
        why = _why_kept(listing, effect, before)
        told.append(why)
        if not why:
            _moved(listing, before, moved)
    _done([], moved, dry=False, by=by, now=now)
    return told


@transaction.atomic
def archive(keys: Sequence[int], *, asked: Mapping, dry: bool, by: Actor, now: datetime) -> list[Step]:
    products, listings = _known(keys, is_locked=not dry)
    steps, moved = [], []
    for product in products:
        if product.status == ProductStatus.ARCHIVED:
            steps.append(Step(product.title, kept_because=_("It is archived already.")))
        elif any(each.status == ListingStatus.LIVE for each in listings.get(product.pk, ())):
            steps.append(Step(product.title, kept_because=_("Take it off all channels first.")))
        else:
            before, to = ProductStatus(product.status), ProductStatus.ARCHIVED
            effect = Effect(product.code, {"status": before.value}, {"status": to.value})
            steps.append(Step(f"{product.title} · {product.code}", str(before.label), str(to.label), effect))
            moved.append((product, [to]))
    if not dry:
        _move_products(moved, by=by, now=now)
    return steps


@transaction.atomic
def undo_archiving(effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
    """See `config.kernel.imports.Undo`. What was ready becomes a draft again on the way."""
    found = Product.objects.filter(code__in=[effect.thing for effect in effects]).locked()
    known, told, moved = {product.code: product for product in found}, [], []
    for effect in effects:
        product, before = known.get(effect.thing), ProductStatus(effect.before["status"])
        if product is None or product.status != effect.after["status"]:
            told.append(_("It was changed again since."))
            continue
        told.append("")
        is_direct = PRODUCT_FLOW.allows(product.status, before)
        moved.append((product, [before] if is_direct else [ProductStatus.DRAFT, before]))
    _move_products(moved, by=by, now=now)
    return told


def _known(keys, *, is_locked: bool) -> tuple[list[Product], dict[int, list[Listing]]]:
    """Products, and their listings by the keys of products."""
    products = Product.objects.filter(pk__in=keys)
    listings = Listing.objects.filter(variant__product__in=keys).select_related("variant__product", "channel")
    found: dict[int, list[Listing]] = {}
    rows = list(products.locked() if is_locked else products.order_by("pk"))
    for listing in listings.locked() if is_locked else listings.order_by("pk"):
        found.setdefault(listing.variant.product_id, []).append(listing)
    return rows, found


def _thing(listing: Listing) -> str:
    return f"{listing.variant.sku}{SEPARATOR}{listing.channel.code}"


def _moved(listing: Listing, to: ListingStatus, moved: list) -> Step:
    before = ListingStatus(listing.status)
    listing.move_to(to)
    moved.append((listing, before))
    variant = listing.variant
    effect = Effect(_thing(listing), {"status": before.value}, {"status": to.value})
    label = f"{variant.product.title} · {variant.sku} · {listing.channel}"
    return Step(label, str(before.label), str(to.label), effect)


def _done(steps: list[Step], moved: list, *, dry: bool, by: Actor, now: datetime) -> list[Step]:
    if moved and not dry:
        Listing.objects.bulk_update([listing for listing, _before in moved], ["status"])
        facts = [
            ListingMoved(
                product_id=str(listing.variant.product.public_id), sku=listing.variant.sku,
                channel=listing.channel.code, before=before, after=listing.status,
            )
            for listing, before in moved
        ]  # fmt: skip
        events.record_many(facts, by=by, now=now)
    return steps


def _move_products(moved: list, *, by: Actor, now: datetime) -> None:
    facts = []
    for product, way in moved:
        for to in way:
            before = product.status
            product.move_to(to)
            facts.append(ProductMoved(product_id=str(product.public_id), before=before, after=to))
        product.version += 1
        product.updated_at = now
    if facts:
        Product.objects.bulk_update([product for product, _way in moved], ["status", "version", "updated_at"])
        events.record_many(facts, by=by, now=now)


def _why_kept(listing: Listing | None, effect: Effect, before: ListingStatus) -> str:
    if listing is None or listing.status != effect.after["status"]:
        return _("It was changed again since.")
    if before == ListingStatus.LIVE and listing.variant.product.status != ProductStatus.READY:
        return _("Only a ready product can go on sale. Mark it ready first.")
    return "" if LISTING_FLOW.allows(listing.status, before) else _("It was changed again since.")
