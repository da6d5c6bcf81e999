"""Putting variants on sale and taking them off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.errors import NotReady
from catalog.events import ListingMoved
from catalog.models import Listing, Product, Variant
from catalog.states import ListingStatus, ProductStatus
from config.kernel import events, scope
from config.kernel.actors import Actor
from merchants.accounts.models import Merchant
from merchants.marketplace.models import SalesChannel
from merchants.onboarding.services import suspensions


@transaction.atomic
def put_on_sale(*, variant: Variant, channel: SalesChannel, by: Actor, now: datetime) -> Listing:
    """List a variant of a ready product, for the first time or again. Raises NotReady, IllegalMove,
    MerchantSuspended.
    """
    suspensions.require_none(Merchant.objects.get(pk=scope.owner_of(None)))
    product = Product.objects.locked().get(pk=variant.product_id)
    if product.status != ProductStatus.READY:
        raise NotReady(_("Only a ready product can go on sale. Mark it ready first."))
    listing = Listing.objects.locked().filter(variant=variant, channel=channel).first()
    if listing:
        return _move(listing, product, variant, to=ListingStatus.LIVE, by=by, now=now)
    listing = Listing.objects.create(variant=variant, channel=channel, status=ListingStatus.LIVE, listed_at=now)
    _tell(listing, product, variant, before="", by=by, now=now)
    return listing


@transaction.atomic
def take_off(*, listing: Listing, to: ListingStatus, by: Actor, now: datetime) -> Listing:
    """Pause or delist. Raises IllegalMove."""
    variant = Variant.objects.select_related("product").get(pk=listing.variant_id)
    listing = Listing.objects.locked().select_related("channel").get(pk=listing.pk)
    return _move(listing, variant.product, variant, to=to, by=by, now=now)


def _move(listing: Listing, product: Product, variant: Variant, *, to, by, now) -> Listing:
    before = listing.status
    listing.move_to(to)
    listing.save(update_fields=["status"])
    _tell(listing, product, variant, before=before, by=by, now=now)
    return listing


def _tell(listing: Listing, product: Product, variant: Variant, *, before: str, by: Actor, now: datetime) -> None:
    fact = ListingMoved(
        product_id=str(product.public_id), sku=variant.sku, channel=listing.channel.code, before=before,
        after=listing.status,
    )  # fmt: skip
    events.record(fact, by=by, now=now)
