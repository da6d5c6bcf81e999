"""Reads about a merchant's shop and when it sells nothing."""

from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from merchants.accounts.models import Merchant
from merchants.accounts.states import MerchantStatus
from merchants.onboarding.models import Suspension, Vacation


def open_suspension(merchant: Merchant) -> Suspension | None:
    """Nothing is asked of the database about a merchant that may sell."""
    if merchant.status != MerchantStatus.SUSPENDED:
        return None
    return Suspension.objects.filter(merchant=merchant, ended_at__isnull=True).order_by("pk").first()


def vacation_at(now: datetime) -> Vacation | None:
    """The acting merchant's vacation that runs at a moment."""
    return Vacation.objects.filter(starts_at__lte=now, ends_at__gt=now).order_by("pk").first()


def vacations() -> QuerySet[Vacation]:
    return Vacation.objects.order_by("-ends_at", "-pk")


def vacation(public_id) -> Vacation:
    """Raises Http404."""
    return get_object_or_404(Vacation.objects.all(), public_id=public_id)
