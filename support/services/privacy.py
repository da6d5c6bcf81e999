"""What reviews know of a buyer, told or forgotten."""

from datetime import datetime

from django.db import transaction

from config.kernel import events, privacy
from config.kernel.actors import Actor
from merchants.accounts.models import Buyer
from support.events import ReviewErased
from support.models import ProductReview


def export(*, buyer: Buyer) -> list[dict]:
    """The buyer's reviews, the oldest first."""
    rows = ProductReview.objects.filter(order__buyer=buyer).order_by("given_at", "pk")
    return [{"score": row.score, "given_at": row.given_at} | privacy.values(row) for row in rows]


@transaction.atomic
def erase(*, buyer: Buyer, because: str, by: Actor, now: datetime) -> None:
    """Forget the words of the buyer's reviews; the stars stay, they say nothing about a person."""
    for review in ProductReview.objects.locked().filter(order__buyer=buyer).select_related("order"):
        names = privacy.labelled(review)
        for name in names:
            setattr(review, name, "")
        review.save(update_fields=names)
        events.record(ReviewErased(order_id=str(review.order.public_id), because=because), by=by, now=now)
