"""Reads of cancellations that came without their sales."""

from django.db.models import Prefetch, QuerySet

from fulfillment.models import CreditLine, CreditMatch

HIDDEN = ["line__order__recipient", "line__order__phone", "line__order__street"]  # encrypted, and not needed


def credits() -> QuerySet[CreditLine]:
    """Cancellations that were taken over, each with its `found`: which orders it takes units back from."""
    matches = CreditMatch.objects.select_related("line__order").defer(*HIDDEN).order_by("pk")
    return CreditLine.objects.select_related("variant__product").prefetch_related(
        Prefetch("matches", matches, to_attr="found")
    )
