"""What things cost."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from config.kernel.money import Money
from pricing.models import Price


def prices_now(variants: Sequence[int], *, now: datetime) -> list[Money | None]:
    """The price that holds now, on the cheapest channel; answers `catalog.ports.current_prices`."""
    cheapest: dict[int, Money] = {}
    for price in _standing(variants, now=now):
        known = cheapest.get(price.variant_id)
        if known is None or (known.currency == price.currency and price.amount < known):
            cheapest[price.variant_id] = price.amount
    return [cheapest.get(key) for key in variants]


def prices_standing(places: Sequence[tuple[int, int]], *, now: datetime) -> list[Money | None]:
    """The price that holds now for each (variant key, channel key); answers `catalog.ports.standing_prices`."""
    found = {
        (price.variant_id, price.channel_id): price.amount for price in _standing({key for key, _ in places}, now=now)
    }
    return [found.get(place) for place in places]


def prices_of(product_id: int, *, now: datetime) -> list[Price]:
    """Of each variant of a product on each channel the price that holds, for its page."""
    rows = Price.objects.filter(variant__product=product_id, starts_at__lte=now)
    newest = rows.order_by("variant", "channel", "-starts_at", "-pk").distinct("variant", "channel")
    return list(newest.select_related("variant", "channel"))


def _standing(variants: Sequence[int], *, now: datetime):
    rows = Price.objects.filter(variant__in=list(variants), starts_at__lte=now)
    return rows.order_by("variant", "channel", "-starts_at", "-pk").distinct("variant", "channel")


def prices() -> QuerySet[Price]:
    """All that were ever set."""
    return Price.objects.select_related("variant", "channel")
