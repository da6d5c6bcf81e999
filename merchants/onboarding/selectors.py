"""Reads about a merchant's shop and when it sells nothing."""

from datetime import date, datetime

from django.core.cache import cache
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from merchants.accounts.models import Merchant
from merchants.accounts.states import MerchantStatus
from merchants.onboarding.models import Suspension, Vacation

NOTICE_KEPT = 60  # seconds


def open_suspension(merchant: Merchant) -> Suspension | None:
    """Nothing is asked of the database about a merchant that may sell."""
    if merchant.status != MerchantStatus.SUSPENDED:
        return None
    return Suspension.objects.filter(merchant=merchant, ended_at__isnull=True).order_by("pk").first()


def vacation_at(now: datetime) -> Vacation | None:
    """The acting merchant's vacation that runs at a moment."""
    return Vacation.objects.filter(starts_at__lte=now, ends_at__gt=now).order_by("pk").first()


def closed_until(merchant: Merchant, *, now: datetime) -> date | None:
    """The last day of the vacation that runs, for the notice on every page: a minute old at most. Whether an order is
    taken `vacation_at` says.
    """
    known = cache.get(key_of(merchant.pk))
    if known is None:
        ahead = Vacation.objects.filter(ends_at__gt=now).order_by("starts_at", "pk").first()
        known = [each.isoformat() for each in (ahead.starts_at, ahead.ends_at, ahead.last_on)] if ahead else []
        cache.set(key_of(merchant.pk), known, NOTICE_KEPT)
    if not known:
        return None
    starts_at, ends_at = map(datetime.fromisoformat, known[:2])
    return date.fromisoformat(known[2]) if starts_at <= now < ends_at else None


def key_of(merchant_id: int) -> str:
    """Of what the cache knows of the merchant's vacation."""
    return f"vacation:{merchant_id}"


def vacations() -> QuerySet[Vacation]:
    return Vacation.objects.order_by("-ends_at", "-pk")


def vacation(public_id) -> Vacation:
    """Raises Http404."""
    return get_object_or_404(Vacation.objects.all(), public_id=public_id)
