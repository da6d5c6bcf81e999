"""Prices of many products changed at once; see `config.kernel.changes`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Variant
from catalog.ports import NewPrice
from config.kernel.actors import Actor
from config.kernel.changes import Step
from config.kernel.imports import Effect
from config.kernel.money import MOST, Money, Rate
from config.templatetags.ui import money
from merchants.marketplace.models import SalesChannel
from pricing.models import Price
from pricing.services import prices
from pricing.services.price_files import SEPARATOR


@transaction.atomic
def change(keys: Sequence[int], *, asked: Mapping, dry: bool, by: Actor, now: datetime) -> list[Step]:
    """Add a share (`ppm`, in millionths) or an amount (`minor` of `currency`) to prices on one `channel`, or on all."""
    rows = Variant.objects.filter(product__in=keys).select_related("product")
    variants = list(rows.order_by("pk") if dry else rows.locked())
    channels = SalesChannel.objects.in_bulk()
    standing: dict[int, list[Price]] = {}
    for price in prices.latest([variant.pk for variant in variants]).values():
        if not asked["channel"] or channels[price.channel_id].code == asked["channel"]:
            standing.setdefault(price.variant_id, []).append(price)
    steps, new = [], []
    for variant in variants:
        found = standing.get(variant.pk, ())
        steps += [_judged(variant, price, channels[price.channel_id], asked, new, now=now) for price in found]
        if not found:
            steps.append(Step(_label(variant), kept_because=_("It has no price there.")))
    if new and not dry:
        prices.set_prices(new, by=by, now=now)
    return steps


def _judged(variant: Variant, price: Price, channel: SalesChannel, asked: Mapping, new: list, *, now: datetime) -> Step:
    label, before = f"{_label(variant)} · {channel}", price.amount
    if asked["ppm"] is None and asked["currency"] != before.currency:
        return Step(label, kept_because=_("%(channel)s sells in %(currency)s.") % {
            "channel": channel, "currency": before.currency
        })  # fmt: skip
    added = before.portion(Rate(asked["ppm"])) if asked["ppm"] is not None else Money(asked["minor"], before.currency)
    after = before + added
    if price.starts_at >= now:
        return Step(label, kept_because=_("A newer price stands already. Look at it, then try again."))
    if after.minor <= 0:
        return Step(label, kept_because=_("A price is above zero."))
    if after.minor >= MOST:  # no order could be placed at it
        return Step(label, kept_because=_("No order comes to as much as that."))
    if after == before:
        return Step(label, kept_because=_("So small a change leaves it as it is."))
    new.append(NewPrice(variant.pk, channel.pk, after, str(variant.product.public_id), variant.sku))
    effect = Effect(f"{variant.sku}{SEPARATOR}{channel.code}", {"minor": before.minor}, {"minor": after.minor})
    return Step(label, money(before), money(after), effect)


def _label(variant: Variant) -> str:
    return f"{variant.product.title} · {variant.sku}"
