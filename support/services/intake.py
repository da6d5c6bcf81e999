"""Taking over reviews of another marketplace; what is here already stays as it is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from config.kernel import bulk, events
from config.kernel.actors import Actor
from config.kernel.events import Past
from support.events import ReviewReceived
from support.models import ProductReview


class ArrivingReview(NamedTuple):
    """Columns of ProductReview, and the order's public id for the fact."""

    merchant_id: int
    source: str
    external_id: str
    group_id: int
    order_id: int | None
    product_id: int | None
    score: int
    title: str
    text: str
    asked_on: date | None
    given_at: datetime
    order: str


@transaction.atomic
def reviews(arriving: Sequence[ArrivingReview], *, by: Actor, now: datetime) -> set[tuple[int, str]]:
    """Add reviews; the new ones as (merchant key, `external_id`)."""
    new = set(
        bulk.load_new(
            ProductReview, ArrivingReview._fields[:-1], (each[:-1] for each in arriving),
            unique_columns=["merchant_id", "source", "external_id"], unique_where="NOT external_id = ''",
            returning=["merchant_id", "external_id"],
        )
    )  # fmt: skip
    facts = [
        Past(ReviewReceived(order_id=each.order, score=each.score), each.given_at, each.merchant_id)
        for each in arriving
        if each.order and (each.merchant_id, each.external_id) in new
    ]
    if facts:
        events.record_past(facts, by=by, now=now)
    return new
