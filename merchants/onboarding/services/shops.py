"""A merchant's shops."""

from datetime import datetime

from django.db import transaction

from merchants.onboarding.models import Shop


@transaction.atomic
def open_shop(*, name: str, country: str, city: str = "", region: str = "", postcode: str = "", now: datetime) -> Shop:
    return Shop.objects.create(
        name=name, country=country, city=city, region=region, postcode=postcode, opened_at=now
    )  # fmt: skip
