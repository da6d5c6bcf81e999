from itertools import count

from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN

numbers = count(1)


def make_shop(**overrides) -> Shop:
    return Shop.objects.create(**{"name": f"Shop {next(numbers)}", "country": "DE", "opened_at": THEN} | overrides)
