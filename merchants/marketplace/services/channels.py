"""Where goods are sold."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel.actors import Actor
from merchants.marketplace.errors import CodeTaken
from merchants.marketplace.events import ChannelAdded, ChannelRenamed
from merchants.marketplace.models import SalesChannel
from merchants.marketplace.services import telling


def find_or_create(*, code: str, name: str, currency: str) -> SalesChannel:
    defaults = {"name": name, "currency": currency}
    return SalesChannel.objects.get_or_create(code=code, defaults=defaults)[0]


@transaction.atomic
def add(*, code: str, name: str, currency: str, by: Actor, now: datetime) -> SalesChannel:
    """Raises CodeTaken."""
    channel, is_new = SalesChannel.objects.get_or_create(code=code, defaults={"name": name, "currency": currency})
    if not is_new:
        raise CodeTaken(_("Another sales channel has this code."), field="code")
    telling.tell(ChannelAdded(code=code), by=by, now=now)
    return channel


@transaction.atomic
def rename(*, channel: SalesChannel, name: str, is_open: bool, by: Actor, now: datetime) -> SalesChannel:
    """Its code and its currency stay: prices and orders were written in them."""
    channel = SalesChannel.objects.select_for_update().get(pk=channel.pk)
    channel.name, channel.is_open = name, is_open
    channel.save(update_fields=["name", "is_open"])
    telling.tell(ChannelRenamed(code=channel.code, is_open=is_open), by=by, now=now)
    return channel
