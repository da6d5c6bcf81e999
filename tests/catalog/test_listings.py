import pytest

from catalog.errors import NotReady
from catalog.models import Listing, Variant
from catalog.services import listings
from catalog.states import ListingStatus, ProductStatus
from config.kernel.actors import machine
from config.kernel.flow import IllegalMove
from merchants.activity.models import DomainEvent
from tests.factories.catalog import make_product
from tests.factories.marketplace import usual_channel

BY = machine("test")


def test_a_variant_goes_on_sale_off_and_on_again(acting, now):
    make_product(listing=None, sku="A")
    variant, channel = Variant.objects.get(), usual_channel()
    listing = listings.put_on_sale(variant=variant, channel=channel, by=BY, now=now)
    listings.take_off(listing=listing, to=ListingStatus.DELISTED, by=BY, now=now)
    listings.put_on_sale(variant=variant, channel=channel, by=BY, now=now)
    assert list(Listing.objects.values_list("status", flat=True)) == ["live"]
    moves = [(fact.payload["before"], fact.payload["after"]) for fact in DomainEvent.objects.order_by("pk")]
    assert moves == [("", "live"), ("live", "delisted"), ("delisted", "live")]


def test_only_a_ready_product_goes_on_sale(acting, now):
    make_product(status=ProductStatus.DRAFT)
    with pytest.raises(NotReady):
        listings.put_on_sale(variant=Variant.objects.get(), channel=usual_channel(), by=BY, now=now)
    assert not Listing.objects.exists()


def test_what_is_delisted_cannot_be_paused(acting, now):
    make_product(listing=ListingStatus.DELISTED)
    with pytest.raises(IllegalMove):
        listings.take_off(listing=Listing.objects.get(), to=ListingStatus.PAUSED, by=BY, now=now)
    assert Listing.objects.get().status == ListingStatus.DELISTED
