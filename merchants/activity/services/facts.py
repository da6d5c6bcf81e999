"""Keep facts, in the transaction of the act they tell of, and what brings them to those who react."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection, models

from config.kernel import bulk, ids, wake
from config.kernel.actors import Actor
from config.kernel.events import Past, subscribers
from merchants.activity.models import DomainEvent, EventDelivery

FACT = ["batch", "name", "about", "payload", "actor", "occurred_at", "recorded_at"]
DELIVERY = ["batch", "name", "subscriber", "made_at", "due_at", "attempts", "error"]
DELIVER = "merchants.activity.tasks.deliver"
BATCH = 500  # as many facts as a subscriber gets at once; more would make a second try dear
FEW = 20  # up to here an INSERT is quicker than a COPY through a temporary table


class OutsideTransaction(RuntimeError):
    """A fact was to be recorded apart from its act: half of the two could be lost."""


def keep(facts: Sequence[Past], *, by: Actor, now: datetime) -> None:
    """Raises OutsideTransaction."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"record {facts[0].fact.name} in the transaction of its act")
    batched = list(zip(_batches(facts), facts, strict=True))
    rows = [
        [past.merchant_id, batch, past.fact.name, past.fact.about, past.fact.payload(), by.label, past.occurred_at, now]
        for batch, past in batched
    ]
    _insert(DomainEvent, FACT, rows)
    waiting = [
        [merchant_id, batch, name, subscriber, now, now, 0, ""]
        for batch, (merchant_id, name) in {batch: (past.merchant_id, past.fact.name) for batch, past in batched}.items()
        for subscriber in subscribers(name)
    ]
    if waiting:
        _insert(EventDelivery, DELIVERY, waiting)
        wake.once_after_commit(DELIVER)


def _batches(facts: Sequence[Past]) -> Iterator[uuid.UUID]:
    """The batch of each fact: one merchant's, of one name, and not too many."""
    filling: dict[tuple[int | None, str], tuple[uuid.UUID, int]] = {}
    for past in facts:
        kind = past.merchant_id, past.fact.name
        batch, size = filling.get(kind, (None, BATCH))
        if size == BATCH:
            batch, size = ids.fresh(), 0
        filling[kind] = batch, size + 1
        yield batch


def _insert(model: type[models.Model], columns: Sequence[str], rows: list[list]) -> None:
    """Rows begin with their merchant's key: None for the acting one's, which holds for all of them or for none."""
    if len(rows) <= FEW:
        model.objects.bulk_create(
            model(merchant_id=merchant_id, **dict(zip(columns, values, strict=True))) for merchant_id, *values in rows
        )
    elif rows[0][0] is None:
        bulk.load(model, columns, (values for _, *values in rows))
    else:
        bulk.load(model, ["merchant_id", *columns], rows)
