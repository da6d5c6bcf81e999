"""Reads of what the operator offers."""

from django.db.models import QuerySet

from merchants.marketplace.models import Category, SalesChannel


def categories() -> QuerySet[Category]:
    """The open tree in its own order, with all names."""
    return Category.objects.filter(is_open=True).order_by("path").prefetch_related("names")


def channels(*, currency: str) -> QuerySet[SalesChannel]:
    """Where a merchant who counts in this currency may sell."""
    return SalesChannel.objects.filter(currency=currency, is_open=True).order_by("code")
