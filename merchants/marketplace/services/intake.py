"""Taking over where postcodes lie."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from config.kernel import bulk
from merchants.marketplace.models import PostcodeArea


class ArrivingArea(NamedTuple):
    """Columns of PostcodeArea."""

    country: str
    prefix: str
    latitude: Decimal
    longitude: Decimal
    samples: int
    city: str
    region: str
    source: str


@transaction.atomic
def areas(arriving: Iterable[ArrivingArea]) -> int:
    """Add postcodes and move known ones to where the newest source sees them; say how many were written."""
    key = ["country", "prefix"]
    changing = [name for name in ArrivingArea._fields if name not in key]
    return bulk.load(PostcodeArea, ArrivingArea._fields, arriving, unique_columns=key, update_columns=changing)
