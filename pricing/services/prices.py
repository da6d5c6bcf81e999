"""Setting prices."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Variant
from catalog.ports import OpeningPrice
from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.money import Money
from merchants.marketplace.models import SalesChannel
from pricing.errors import NewerPriceStands, NotAPrice, WrongCurrency
from pricing.events import PriceSet
from pricing.models import Price


@transaction.atomic
def set_price(*, variant: Variant, channel: SalesChannel, price: Money, by: Actor, now: datetime) -> Price:
    """The variant costs this on the channel from now on. Raises WrongCurrency, NotAPrice, NewerPriceStands."""
    if price.currency != channel.currency:
        raise WrongCurrency(
            _("%(channel)s sells in %(currency)s.") % {"channel": channel, "currency": channel.currency}
        )
    if price.minor <= 0:
        raise NotAPrice(_("A price is above zero."), field="price")
    variant = Variant.objects.locked().get(pk=variant.pk)
    before = Price.objects.filter(variant=variant, channel=channel).order_by("-starts_at").first()
    if before and before.starts_at >= now:
        raise NewerPriceStands(_("A newer price stands already. Look at it, then try again."))
    row = Price.objects.create(
        variant=variant, channel=channel, amount_minor=price.minor, currency=price.currency, starts_at=now
    )
    fact = PriceSet(
        product_id=str(variant.product.public_id), sku=variant.sku, channel=channel.code,
        before_minor=before.amount_minor if before else None, after_minor=price.minor, currency=price.currency,
    )  # fmt: skip
    events.record(fact, by=by, now=now)
    return row


def open_with(openings: Sequence[OpeningPrice], *, by: Actor, now: datetime) -> list[None]:
    """Answers `catalog.ports.opening_prices`."""
    variants = Variant.objects.in_bulk([each.variant_id for each in openings])
    channels = SalesChannel.objects.in_bulk([each.channel_id for each in openings])
    for each in openings:
        set_price(
            variant=variants[each.variant_id], channel=channels[each.channel_id], price=each.price, by=by, now=now
        )
    return [None] * len(openings)
