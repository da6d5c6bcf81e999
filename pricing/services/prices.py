"""Setting prices, one or many at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Variant
from catalog.ports import NewPrice
from config.kernel import bulk, events
from config.kernel.actors import Actor
from config.kernel.money import Money
from merchants.marketplace.models import SalesChannel
from pricing.errors import NewerPriceStands, NotAPrice, WrongCurrency
from pricing.events import PriceSet
from pricing.models import Price


@transaction.atomic
def set_price(*, variant: Variant, channel: SalesChannel, price: Money, by: Actor, now: datetime) -> Price:
    """The variant costs this on the channel from now on. Raises WrongCurrency, NotAPrice, NewerPriceStands."""
    new = NewPrice(variant.pk, channel.pk, price, str(variant.product.public_id), variant.sku)
    set_prices([new], by=by, now=now)
    return Price.objects.get(variant=variant, channel=channel, starts_at=now)


@transaction.atomic
def set_prices(new: Sequence[NewPrice], *, by: Actor, now: datetime) -> list[None]:
    """The same for many, all or none; answers `catalog.ports.new_prices`.

    Raises WrongCurrency, NotAPrice, NewerPriceStands.
    """
    channels = SalesChannel.objects.in_bulk({each.channel_id for each in new})
    for each in new:
        _require_price(each.price, channels[each.channel_id])
    keys = {each.variant_id for each in new}
    list(Variant.objects.filter(pk__in=keys).locked().values_list("pk"))
    before = latest(keys)
    if any(before[key].starts_at >= now for key in map(_place, new) if key in before):
        raise NewerPriceStands(_("A newer price stands already. Look at it, then try again."))
    bulk.load(
        Price, ["variant_id", "channel_id", "amount_minor", "currency", "starts_at"],
        ([*_place(each), each.price.minor, each.price.currency, now] for each in new),
    )  # fmt: skip
    events.record_many([_fact(each, before.get(_place(each)), channels) for each in new], by=by, now=now)
    return [None] * len(new)


def latest(variants) -> dict[tuple[int, int], Price]:
    """The price of each (variant key, channel key) that starts last."""
    rows = Price.objects.filter(variant__in=list(variants))
    newest = rows.order_by("variant", "channel", "-starts_at", "-pk").distinct("variant", "channel")
    return {(price.variant_id, price.channel_id): price for price in newest}


def _place(new: NewPrice) -> tuple[int, int]:
    return new.variant_id, new.channel_id


def _require_price(price: Money, channel: SalesChannel) -> None:
    if price.currency != channel.currency:
        raise WrongCurrency(
            _("%(channel)s sells in %(currency)s.") % {"channel": channel, "currency": channel.currency}
        )
    if price.minor <= 0:
        raise NotAPrice(_("A price is above zero."), field="price")


def _fact(new: NewPrice, before: Price | None, channels: dict[int, SalesChannel]) -> PriceSet:
    return PriceSet(
        product_id=new.product_id, sku=new.sku, channel=channels[new.channel_id].code,
        before_minor=before.amount_minor if before else None, after_minor=new.price.minor, currency=new.price.currency,
    )  # fmt: skip
