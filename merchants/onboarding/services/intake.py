"""Taking over shops of another marketplace."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from config.kernel import bulk
from merchants.onboarding.models import Shop


class ArrivingShop(NamedTuple):
    """Columns of Shop."""

    merchant_id: int
    name: str
    city: str
    region: str
    postcode: str
    country: str
    opened_at: datetime


@transaction.atomic
def shops(arriving: Iterable[ArrivingShop]) -> int:
    """Say how many are new; a shop of the same name stays as it is."""
    return bulk.load(Shop, ArrivingShop._fields, arriving, unique_columns=["merchant_id", "name"])
