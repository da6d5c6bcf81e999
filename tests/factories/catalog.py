from itertools import count

from catalog.models import Listing, Product, Variant
from catalog.states import ListingStatus, ProductStatus
from merchants.marketplace.models import SalesChannel
from pricing.models import Price
from tests.factories.accounts import THEN, acting_merchant
from tests.factories.marketplace import usual_category, usual_channel

numbers = count(1)


def make_product(
    *, sku: str = "", price: int | None = 1990, channel: SalesChannel | None = None,
    listing: str | None = ListingStatus.LIVE, **overrides,
) -> Product:  # fmt: skip
    """A ready product with one variant, its `price` in minor units, and on sale; a draft or archived one is not listed.

    `price=None` leaves out the price, `listing=None` the listing.
    """
    number = next(numbers)
    values = {
        "code": f"P-{number:04}", "title": f"Product {number}", "language": "en", "status": ProductStatus.READY,
        "created_at": THEN, "updated_at": THEN,
    } | overrides  # fmt: skip
    product = Product.objects.create(**{"category": overrides.get("category") or usual_category()} | values)
    variant, channel = make_variant(product, sku=sku or f"S-{number:04}"), channel or usual_channel()
    if price is not None:
        make_price(variant, channel=channel, amount_minor=price)
    if listing and product.status == ProductStatus.READY:
        make_listing(variant, channel=channel, status=listing)
    return product


def make_variant(product: Product | None = None, **overrides) -> Variant:
    product = product or make_product(listing=None)
    position = Variant.objects.filter(product=product).count() + 1
    values = {"sku": f"V-{next(numbers):04}", "position": position}
    return Variant.objects.create(**{"product": product} | values | overrides)


def make_price(variant: Variant, *, channel: SalesChannel | None = None, **overrides) -> Price:
    values = {"amount_minor": 1990, "currency": acting_merchant().currency, "starts_at": THEN}
    return Price.objects.create(**{"variant": variant, "channel": channel or usual_channel()} | values | overrides)


def make_listing(variant: Variant, *, channel: SalesChannel | None = None, **overrides) -> Listing:
    values = {"status": ListingStatus.LIVE, "listed_at": THEN}
    return Listing.objects.create(**{"variant": variant, "channel": channel or usual_channel()} | values | overrides)
