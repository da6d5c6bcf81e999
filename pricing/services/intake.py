"""Taking over what things cost on another marketplace."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from config.kernel import bulk, events
from config.kernel.actors import Actor
from config.kernel.events import Past
from merchants.marketplace.models import SalesChannel
from pricing.events import PriceSet
from pricing.models import Price


class ArrivingPrice(NamedTuple):
    """What a variant cost from a moment on, in the channel's currency; `product_id` and `sku` are for the fact."""

    merchant_id: int
    variant_id: int
    amount_minor: int
    starts_at: datetime
    product_id: str
    sku: str


@transaction.atomic
def prices(arriving: Sequence[ArrivingPrice], *, channel: SalesChannel, by: Actor, now: datetime) -> int:
    """Add prices that are not known yet; say how many."""
    before = _standing(arriving, channel)
    new = bulk.load_new(
        Price, ["merchant_id", "variant_id", "channel_id", "amount_minor", "currency", "starts_at"],
        ([each.merchant_id, each.variant_id, channel.pk, each.amount_minor, channel.currency, each.starts_at]
         for each in arriving),
        unique_columns=["merchant_id", "variant_id", "channel_id", "starts_at"], returning=["variant_id"],
    )  # fmt: skip
    fresh = {variant_id for (variant_id,) in new}
    facts = [
        Past(_fact(each, before.get(each.variant_id), channel), each.starts_at, each.merchant_id)
        for each in arriving
        if each.variant_id in fresh
    ]
    if facts:
        events.record_past(facts, by=by, now=now)
    return len(facts)


def _standing(arriving: Sequence[ArrivingPrice], channel: SalesChannel) -> dict[int, int]:
    """The price of each variant that starts last."""
    known = Price.objects.filter(channel=channel, variant__in=[each.variant_id for each in arriving])
    return dict(known.order_by("starts_at", "pk").values_list("variant_id", "amount_minor"))


def _fact(each: ArrivingPrice, before: int | None, channel: SalesChannel) -> PriceSet:
    return PriceSet(
        product_id=each.product_id, sku=each.sku, channel=channel.code, before_minor=before,
        after_minor=each.amount_minor, currency=channel.currency,
    )  # fmt: skip
