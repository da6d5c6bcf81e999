"""Buyers as orders bring them along."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from config.kernel import bulk, ids
from config.kernel.personal import encrypt, phone_tokens
from merchants.accounts.models import Buyer

COLUMNS = [
    "source", "external_id", "public_id", "name", "phone", "phone_token", "phone_tail_token", "street", "city",
    "region", "postcode", "country", "known_since",
]  # fmt: skip


class GivenBuyer(NamedTuple):
    """Whom an order names. Who has the same `key` is the same buyer; without one it is somebody new."""

    key: str
    name: str
    phone: str
    street: str
    city: str
    region: str
    postcode: str
    country: str


@transaction.atomic
def known_or_new(given: Sequence[GivenBuyer], *, source: str, now: datetime) -> tuple[list[int], set[int]]:
    """The keys of the acting merchant's buyers, in the order of `given`, and which of them are new.

    A buyer who is known stays as known.
    """
    fresh = [ids.fresh() for _ in given]
    names = [buyer.key or str(public_id) for buyer, public_id in zip(given, fresh, strict=True)]
    first = {}
    for name, buyer, public_id in zip(names, given, fresh, strict=True):
        first.setdefault(name, (buyer, public_id))
    rows = (  # in the order of their keys: two orders that name the same two buyers wait one behind the other
        [source, name, public_id, buyer.name, encrypt(buyer.phone), *phone_tokens(buyer.phone), encrypt(buyer.street),
         buyer.city, buyer.region, buyer.postcode, buyer.country, now]
        for name, (buyer, public_id) in sorted(first.items(), key=lambda each: each[0])
    )  # fmt: skip
    added = bulk.load_new(
        Buyer, COLUMNS, rows, unique_columns=["merchant_id", "source", "external_id"],
        unique_where="NOT external_id = ''", returning=["external_id", "id"],
    )  # fmt: skip
    keys = dict(added)
    missing = [name for name in first if name not in keys]
    standing = Buyer.objects.filter(source=source, external_id__in=missing) if missing else Buyer.objects.none()
    keys |= dict(standing.values_list("external_id", "pk"))
    return [keys[name] for name in names], {pk for _name, pk in added}


@transaction.atomic
def forget_unused(keys: set[int]) -> None:
    """Take back buyers who came along with orders that were not placed after all."""
    Buyer.objects.filter(pk__in=keys).delete()
