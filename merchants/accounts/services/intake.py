"""Taking over merchants and buyers of another marketplace; what is here already stays as it is."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from config.kernel import bulk, events
from config.kernel.actors import Actor
from config.kernel.events import Past
from config.kernel.personal import encrypt, phone_tokens
from merchants.accounts.events import MemberAdded, MerchantOpened
from merchants.accounts.models import Buyer, Membership, Merchant, User
from merchants.accounts.permissions import Role
from merchants.accounts.states import MerchantStatus

KEY = {"unique_columns": ["merchant_id", "source", "external_id"], "unique_where": "NOT external_id = ''"}
SECRET = ["phone", "phone_token", "phone_tail_token", "street"]


class ArrivingMerchant(NamedTuple):
    """Columns of Merchant."""

    source: str
    external_id: str
    public_id: uuid.UUID
    slug: str
    name: str
    currency: str
    timezone: str
    language: str


class ArrivingBuyer(NamedTuple):
    """Columns of Buyer; of most sources the person's name and contact do not come along."""

    merchant_id: int
    source: str
    external_id: str
    public_id: uuid.UUID
    city: str
    region: str
    postcode: str
    country: str
    known_since: datetime
    name: str = ""
    phone: str = ""
    street: str = ""


@transaction.atomic
def merchants(arriving: Sequence[ArrivingMerchant], *, by: Actor, now: datetime) -> dict[str, int]:
    """Open a merchant for each key of the source that has none; the new ones' keys by `external_id`."""
    new = bulk.load_new(
        Merchant, [*ArrivingMerchant._fields, "status", "joined_at"],
        ([*each, MerchantStatus.OPEN, now] for each in arriving),
        unique_columns=["source", "external_id"], unique_where="NOT external_id = ''",
        returning=["id", "external_id", "public_id"],
    )  # fmt: skip
    facts = [Past(MerchantOpened(merchant_id=str(public_id)), now, pk) for pk, _external_id, public_id in new]
    if facts:
        events.record_past(facts, by=by, now=now)
    return {external_id: pk for pk, external_id, _public_id in new}


@transaction.atomic
def owner(*, user: User, merchant_ids: Iterable[int], by: Actor, now: datetime) -> int:
    """Make a person owner of merchants in which they are nothing yet; say of how many."""
    new = bulk.load_new(
        Membership, ["merchant_id", "user_id", "roles", "joined_at"],
        ([pk, user.pk, f"{{{Role.OWNER}}}", now] for pk in merchant_ids),
        unique_columns=["merchant_id", "user_id"], returning=["merchant_id"],
    )  # fmt: skip
    facts = [Past(MemberAdded(user_id=user.pk, roles=[Role.OWNER.value]), now, pk) for (pk,) in new]
    if facts:
        events.record_past(facts, by=by, now=now)
    return len(new)


@transaction.atomic
def buyers(arriving: Iterable[ArrivingBuyer]) -> int:
    """Say how many are new."""
    open_fields = [name for name in ArrivingBuyer._fields if name not in SECRET]
    rows = (
        [*(getattr(each, name) for name in open_fields), encrypt(each.phone), *phone_tokens(each.phone),
         encrypt(each.street)]
        for each in arriving
    )  # fmt: skip
    return bulk.load(Buyer, [*open_fields, *SECRET], rows, **KEY)
