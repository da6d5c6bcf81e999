"""Reads of what a merchant sells."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from catalog import ports
from catalog.events import ProductRemoved
from catalog.models import Listing, Product, ProductWord, Variant
from catalog.states import ListingStatus
from config.kernel import scope
from config.kernel.ports import NotChecked
from config.kernel.subjects import Subject
from config.kernel.words import HIGHEST, IS_HAN, words_asked
from merchants.activity.models import DomainEvent
from merchants.activity.selectors import facts
from merchants.marketplace import selectors as marketplace
from merchants.marketplace.models import SalesChannel

SHORTEST_TYPO = 4  # letters; shorter words are all like each other


def products() -> QuerySet[Product]:
    """For the list: with the picture and `category_name` of each. What is counted of each is counted for one page."""
    return Product.objects.select_related("picture").annotate(category_name=marketplace.local_name("category"))


def with_first_variants(rows: list[Product], *, now: datetime) -> list[Product]:
    """Give each row its `first_variant` and that variant's `price`, which is None where none holds; and its
    `variant_count` and `live_count`, the number of its listings on sale.
    """
    keys = [row.pk for row in rows]
    live = Count("listings", filter=Q(listings__status=ListingStatus.LIVE))
    variants = list(Variant.objects.filter(product__in=keys).annotate(live=live).order_by("-position"))
    first, counts, on_sale = {each.product_id: each for each in variants}, Counter(), Counter()
    for each in variants:
        counts[each.product_id] += 1
        on_sale[each.product_id] += each.live
    found = list(first.values())
    prices = dict(zip([each.pk for each in found], _prices([each.pk for each in found], now=now), strict=True))
    for row in rows:
        row.first_variant, row.variant_count, row.live_count = first.get(row.pk), counts[row.pk], on_sale[row.pk]
        row.price = prices.get(row.first_variant.pk) if row.first_variant else None
    return rows


def _prices(variants: list[int], *, now: datetime) -> list:
    try:
        return ports.current_prices.ask(variants, now=now)
    except NotChecked:
        return [None] * len(variants)


def matching(text: str) -> QuerySet:
    """Keys of the products whose code, or a SKU or the barcode of theirs, is or begins with a text, or whose title has
    all of its words.

    Each part is an equality or a range, which keep their index behind row-level security, as LIKE would not.
    """
    found: list[QuerySet] = []
    for code in {text, text.upper()}:
        found.append(Product.objects.filter(_begins("code", code)).values("pk"))
        found.append(Variant.objects.filter(_begins("sku", code)).values("product"))
    found.append(Variant.objects.filter(barcode=text).exclude(barcode="").values("product"))
    if words := words_asked(text):
        found.append(_with_words(words).values("product"))
    return found[0].union(*found[1:])


def _with_words(words: Sequence[str]) -> QuerySet[ProductWord]:
    """Of titles that have all of them; the longest is looked for first."""
    first, *others = sorted(words, key=len, reverse=True)
    found = _words().filter(_begins("word", first))
    for word in others:
        found = found.filter(product__in=_words().filter(_begins("word", word)).values("product"))
    return found


def _words() -> QuerySet[ProductWord]:
    return ProductWord.objects.filter(merchant=scope.owner_of(None))


def _begins(column: str, text: str) -> Q:
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + HIGHEST})


def meant(text: str) -> str:
    """The same text with Latin words that no title has put right by what titles have; empty where nothing is near."""
    words = []
    for word in words_asked(text):
        known = _words()
        if IS_HAN.match(word) or known.filter(_begins("word", word)).exists():
            words.append(word)
            continue
        if len(word) < SHORTEST_TYPO:
            return ""
        near = known.filter(word__trigram_similar=word).values_list("word", flat=True).distinct()
        nearest = near.annotate(likeness=TrigramSimilarity("word", word)).order_by("-likeness", "word").first()
        if nearest is None:
            return ""
        words.append(nearest)
    return " ".join(words)


def product(code: str) -> Product:
    """One product with all that its page shows, its `shown_variants` with their `shown_listings`. Raises Http404."""
    variants = Variant.objects.order_by("position").prefetch_related(
        Prefetch("listings", Listing.objects.select_related("channel").order_by("channel__code"), "shown_listings")
    )
    found = (
        Product.objects.filter(code=code)
        .select_related("merchant", "picture", "category")
        .prefetch_related("category__names", Prefetch("variants", variants, "shown_variants"))
        .first()
    )
    if found is None:
        raise Http404
    return found


def subjects(keys: list[str]) -> dict[str, Subject]:
    """Products as facts are about them, by their public ids."""
    found = Product.objects.filter(public_id__in=keys).select_related("merchant")
    return {str(each.public_id): Subject(each.title, each.get_absolute_url()) for each in found}


def plain_products() -> QuerySet[Product]:
    """For the API: without the figures of the list's page."""
    return Product.objects.select_related("category", "picture")


def deleted_products() -> QuerySet[DomainEvent]:
    """The facts by which products went: what was brought in by a file may be taken back."""
    return facts().filter(name=ProductRemoved.name)


def product_by_id(public_id) -> Product:
    """Raises Http404."""
    return get_object_or_404(plain_products(), public_id=public_id)


def with_variants(rows: list[Product]) -> list[Product]:
    """Give each row its `shown_variants`, in their order, and `picture_url`: one query for all."""
    prefetch_related_objects(rows, Prefetch("variants", Variant.objects.order_by("position"), "shown_variants"))
    for row in rows:
        picture = getattr(row, "picture", None)
        row.picture_url = picture and picture.url
    return rows


def variants() -> QuerySet[Variant]:
    return Variant.objects.select_related("product")


def variant_by_id(public_id) -> Variant:
    """Raises Http404."""
    return get_object_or_404(variants(), public_id=public_id)


def listings() -> QuerySet[Listing]:
    return Listing.objects.select_related("variant", "channel")


def listing_of(*, variant: Variant, channel: SalesChannel) -> Listing:
    """Raises Http404."""
    return get_object_or_404(Listing.objects.all(), variant=variant, channel=channel)
