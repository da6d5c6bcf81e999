import uuid
from itertools import count

from merchants.activity.models import EventDelivery, Seal
from tests.factories.accounts import THEN

numbers = count(1)


def make_delivery(**overrides) -> EventDelivery:
    """A batch of facts that is not there, on its way to nobody."""
    values = {
        "batch": uuid.uuid4(), "name": "catalog.product.moved", "subscriber": f"tests.subscriber_{next(numbers)}",
        "made_at": THEN, "due_at": THEN,
    }  # fmt: skip
    return EventDelivery.objects.create(**values | overrides)


def make_seal(**overrides) -> Seal:
    """A seal that nothing is under."""
    number = next(numbers)
    values = {
        "number": number, "since": number * 10, "until": number * 10 + 10, "first_id": 1, "last_id": 2, "count": 2,
        "contents": "0" * 64, "facts": "0" * 64, "fingerprint": f"{number:064}", "sealed_at": THEN,
    }  # fmt: skip
    return Seal.objects.create(**values | overrides)
