"""Keep facts, in the transaction of the act they tell of."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from config.kernel import bulk
from config.kernel.actors import Actor
from config.kernel.events import Past
from merchants.activity.models import DomainEvent

COLUMNS = ["batch", "name", "about", "payload", "actor", "occurred_at", "recorded_at"]
FEW = 20  # up to here an INSERT is quicker than a COPY through a temporary table


class OutsideTransaction(RuntimeError):
    """A fact was to be recorded apart from its act: half of the two could be lost."""


def keep(facts: Sequence[Past], *, by: Actor, now: datetime) -> None:
    """Raises OutsideTransaction."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"record {facts[0].fact.name} in the transaction of its act")
    batch = uuid.uuid4()
    rows = [
        [batch, past.fact.name, past.fact.about, past.fact.payload(), by.label, past.occurred_at, now] for past in facts
    ]
    if len(rows) <= FEW:
        DomainEvent.objects.bulk_create(
            DomainEvent(merchant_id=past.merchant_id, **dict(zip(COLUMNS, row, strict=True)))
            for past, row in zip(facts, rows, strict=True)
        )
    elif facts[0].merchant_id is None:
        bulk.load(DomainEvent, COLUMNS, rows)
    else:
        named = [[past.merchant_id, *row] for past, row in zip(facts, rows, strict=True)]
        bulk.load(DomainEvent, ["merchant_id", *COLUMNS], named)
