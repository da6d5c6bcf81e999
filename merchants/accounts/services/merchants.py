"""Merchants come and go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events, scope
from config.kernel.actors import Actor
from merchants.accounts.errors import SlugTaken
from merchants.accounts.events import MerchantOpened
from merchants.accounts.models import Merchant
from merchants.accounts.states import MerchantStatus

RESERVED = frozenset({Merchant.PLATFORM, "new", "admin", "api"})


@transaction.atomic
def open_merchant(
    *, slug: str, name: str, currency: str, timezone: str, language: str, by: Actor, now: datetime
) -> Merchant:
    """Raises SlugTaken, also for an address that is reserved."""
    if slug in RESERVED or Merchant.objects.filter(slug=slug).exists():
        raise SlugTaken(_("The address “%(slug)s” is taken.") % {"slug": slug}, field="slug")
    merchant = Merchant(slug=slug, name=name, currency=currency, timezone=timezone, language=language, joined_at=now)
    merchant.full_clean()
    merchant.save()
    with scope.acting_for(merchant):
        events.record(MerchantOpened(merchant_id=str(merchant.public_id)), by=by, now=now)
    return merchant


@transaction.atomic
def move(*, merchant: Merchant, to: MerchantStatus) -> Merchant:
    """Open, suspend or close it; who does so records why. Raises IllegalMove."""
    merchant = Merchant.objects.select_for_update().get(pk=merchant.pk)
    merchant.move_to(to)
    merchant.save(update_fields=["status"])
    return merchant


def platform(*, now: datetime) -> Merchant:
    """The operator's own row, made on first use."""
    defaults = {"name": "Platform", "currency": "CNY", "timezone": "UTC", "joined_at": now}
    return Merchant.objects.get_or_create(slug=Merchant.PLATFORM, defaults=defaults)[0]
