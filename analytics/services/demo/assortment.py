"""A sample shop's products as they came to be: created, pictured, priced, listed, and what became of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction

from analytics.services.demo import SOURCE, gtin, pictures
from analytics.services.demo.goods import GOODS, Form, Good
from analytics.services.demo.pictures import Look
from analytics.services.demo.shops import Channel, Shop
from catalog.models import Listing, Product, Variant
from catalog.services import listings, products
from catalog.services import pictures as catalog_pictures
from catalog.services.pictures import Drawn
from catalog.services.products import FirstVariant
from catalog.states import ListingStatus, ProductStatus
from config.kernel import ids, scope
from config.kernel.actors import Actor
from config.kernel.money import Money, Rate
from config.kernel.transactions import one_at_a_time
from inventory.services import alerts, stock
from inventory.services.stock import Units
from merchants.accounts.models import Merchant
from merchants.marketplace.models import Category, SalesChannel
from pricing.services import prices

DRAWING = 2  # processes
REPRICED_BEFORE = timedelta(days=12)
OLDEST, AT_ONCE = 430, 30  # days; goods that a shop began with
LOW, ALERT_BELOW = 5, 15  # every so many products have a line for the alert


Draw = Callable[[Sequence[tuple[str, Look]], str], Iterable[Drawn]]  # with the folder they are kept in


class Begun(NamedTuple):
    """The goods of a shop that are to be added, by their place in it, and their pictures."""

    missing: list[tuple[int, Good]]
    pictures: Iterable[Drawn]


@dataclass(frozen=True)
class Item:
    """A variant of a good, as orders know it."""

    good: Good
    sku: str
    form: Form
    currency: str
    repriced: bool
    since: int  # days

    def price(self, at: datetime, *, now: datetime) -> int:
        """In minor units: a quarter of the goods became a tenth cheaper twelve days ago."""
        if self.repriced and at >= day_start(now, days_ago=REPRICED_BEFORE.days) + timedelta(hours=9):
            return reduced(Money(self.form.price_minor, self.currency)).minor
        return self.form.price_minor


def reduced(price: Money) -> Money:
    return price.portion(Rate(900_000))


def day_start(now: datetime, *, days_ago: int) -> datetime:
    return datetime.combine(now.date() - timedelta(days=days_ago), time(), tzinfo=now.tzinfo)


def code_of(shop: Shop, *, index: int) -> str:
    return f"{shop.mark}-{101 + index}"


def items(shop: Shop, *, products: int | None = None) -> list[Item]:
    """What buyers find in the shop."""
    return [
        Item(good, _sku(shop, good, index, position), form, shop.currency, _repriced(good, index), age(good, index))
        for index, good in enumerate(GOODS[shop.slug][:products])
        if good.state in ("live", "paused")
        for position, form in enumerate(good.forms, 1)
    ]


def age(good: Good, index: int) -> int:
    """For how many days it has been sold: the first from the beginning, the others one after the other."""
    if good.state == "draft":
        return 3
    return OLDEST - 2 * index if index < AT_ONCE else max(OLDEST - 2 * AT_ONCE - 8 * (index - AT_ONCE), 14)


def _sku(shop: Shop, good: Good, index: int, position: int) -> str:
    return f"{code_of(shop, index=index)}-{position}" if len(good.forms) > 1 else code_of(shop, index=index)


def _repriced(good: Good, index: int) -> bool:
    return index % 4 == 1 and good.state == "live"


@contextmanager
def artists(*, are_many: bool) -> Iterator[Draw]:
    """Who draws, and who encodes: others, ahead of what is asked of them, or for a few pictures whoever asks."""
    if not are_many:
        yield lambda looks, folder: (_kept(pictures.png(look), folder=folder) for look in looks)
        return
    spawned = ProcessPoolExecutor(DRAWING, mp_context=get_context("spawn"))
    with spawned as painters, ThreadPoolExecutor(DRAWING) as encoders:

        def draw(looks: Sequence[tuple[str, Look]], folder: str) -> Iterable[Drawn]:
            painted = [painters.submit(pictures.png, look) for look in looks]
            kept = [encoders.submit(_when_painted, each, folder=folder) for each in painted]
            return (each.result() for each in kept)

        yield draw


def _when_painted(painted: Future[bytes], *, folder: str) -> Drawn:
    return _kept(painted.result(), folder=folder)


def _kept(png: bytes, *, folder: str) -> Drawn:
    return catalog_pictures.draw(ContentFile(png), folder=folder)


def begin(shop: Shop, *, merchant: Merchant, draw: Draw, products: int | None = None) -> Begun:
    """Find out which of the shop's products are not there yet, and have their pictures drawn."""
    with scope.acting_for(merchant):
        missing = _missing(shop, list(enumerate(GOODS[shop.slug][:products])))
    first = 7 * shop.number  # so that shops with things of the same form and colors have them on other walls
    looks = [(good.kind, good.look(backdrop=first + index)) for index, good in missing]
    return Begun(missing, draw(looks, str(merchant.public_id)))


def stock_up(shop: Shop, *, begun: Begun, merchant: Merchant, by: Actor, now: datetime) -> int:
    """Add the products that were not there; say how many were added."""
    # slow, and writes files: before the transaction
    drawn = {index: each for (index, _), each in zip(begun.missing, begun.pictures, strict=True)}
    with scope.acting_for(merchant):
        return _add(shop, begun.missing, drawn, by=by, now=now)


def _missing(shop: Shop, goods: Sequence[tuple[int, Good]]) -> list[tuple[int, Good]]:
    known = set(Product.objects.filter(source=SOURCE).values_list("external_id", flat=True))
    return [(index, good) for index, good in goods if code_of(shop, index=index) not in known]


@transaction.atomic
def _add(shop: Shop, goods: Sequence[tuple[int, Good]], drawn: dict[int, Drawn], *, by: Actor, now: datetime) -> int:
    one_at_a_time(f"sample products of {shop.slug}")
    goods = _missing(shop, goods)
    channels = [_channel(each) for each in shop.channels]
    categories = {each.code: each for each in Category.objects.filter(code__in={good.category for _, good in goods})}
    for index, good in goods:
        product = _create(shop, index, good, categories[good.category], channels, by=by, now=now)
        created = product.created_at
        catalog_pictures.put(product=product, drawn=drawn[index], by=by, now=created + timedelta(minutes=20))
        _live(product, index, good, channels, by=by, now=now)
    return len(goods)


def _channel(channel: Channel) -> SalesChannel:
    return SalesChannel.objects.get(code=channel.code)


def _create(
    shop: Shop, index: int, good: Good, category: Category, channels: Sequence[SalesChannel], *, by: Actor,
    now: datetime,
) -> Product:  # fmt: skip
    created = day_start(now, days_ago=age(good, index)) + timedelta(hours=8, minutes=index * 7 % 60)
    code, forms = code_of(shop, index=index), good.forms
    details = {
        "title": good.title, "description": good.text, "language": shop.language, "category": category,
        "origin": shop.country, "source": SOURCE, "external_id": code,
        "public_id": ids.of_source(created, SOURCE, shop.slug, code),
    }  # fmt: skip
    variants = [
        FirstVariant(
            sku=_sku(shop, good, index, position), specification=form.specification,
            barcode=gtin.in_store(shop=shop.number, product=101 + index, variant=position), weight_g=good.weight_g,
        )
        for position, form in enumerate(forms, 1)
    ]  # fmt: skip
    costs = [Money(form.price_minor, shop.currency) for form in forms]
    product = products.create(
        code=code, details=details, variant=variants[0], price=costs[0], channel=channels[0], by=by, now=created
    )
    first = product.variants.get()
    prices.set_price(variant=first, channel=channels[1], price=costs[0], by=by, now=created)
    for position, (each, price) in enumerate(zip(variants[1:], costs[1:], strict=True), 1):
        at = created + timedelta(minutes=position)
        added = products.add_variant(product=product, variant=each, by=by, now=at)
        for channel in channels:
            prices.set_price(variant=added, channel=channel, price=price, by=by, now=at)
    return product


def _stocked(variants: Sequence[Variant], index: int, *, by: Actor, now: datetime) -> None:
    """What lies in the warehouse: of most enough, of some a handful."""
    units = [
        Units(variant, 4 + (index * 37 + position * 11) % 90, key=f"{SOURCE}:{variant.sku}")
        for position, variant in enumerate(variants)
    ]
    stock.receive(units, by=by, now=now)
    if index % LOW == 0:
        for variant in variants:
            alerts.set_line(variant=variant, line=ALERT_BELOW, by=by, now=now + timedelta(minutes=1))


def _live(
    product: Product, index: int, good: Good, channels: Sequence[SalesChannel], *, by: Actor, now: datetime
) -> None:
    """Its further course: ready, on sale, cheaper, paused, archived."""
    if good.state == "draft":
        return
    ready = product.created_at + timedelta(minutes=40)
    products.move(product=product, to=ProductStatus.READY, by=by, now=ready)
    if good.state == "archived":
        products.move(product=product, to=ProductStatus.ARCHIVED, by=by, now=ready + timedelta(days=30))
        return
    variants = list(product.variants.select_related("product").order_by("position"))
    _stocked(variants, index, by=by, now=ready)
    for variant in variants:
        # what is new is tried in the own shop first
        for channel in channels[: 1 if index % 9 == 7 else 2]:
            listings.put_on_sale(variant=variant, channel=channel, by=by, now=ready + timedelta(hours=1))
    if _repriced(good, index):
        cheaper = day_start(now, days_ago=REPRICED_BEFORE.days) + timedelta(hours=9)
        for variant, form in zip(variants, good.forms, strict=True):
            set_now = partial(prices.set_price, variant=variant, by=by, now=cheaper)
            for channel in channels:
                set_now(channel=channel, price=reduced(Money(form.price_minor, channel.currency)))
    if good.state == "paused":
        paused = day_start(now, days_ago=2) + timedelta(hours=9)
        for listing in Listing.objects.filter(variant__in=variants, status=ListingStatus.LIVE).order_by("pk"):
            listings.take_off(listing=listing, to=ListingStatus.PAUSED, by=by, now=paused)
