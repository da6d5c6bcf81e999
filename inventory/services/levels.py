"""The one way to change the numbers of levels: many at once, each guarded in the write itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import F

from config.kernel import bulk, scope
from config.kernel.actors import Actor
from inventory.models import StockLevel, StockMovement
from inventory.services import warehouses
from inventory.states import MovementKind

# Rows are locked in the order of their keys, so that no two callers wait for each other; what the guard then reads is
# the newest version of each row.
CHANGE = """
    WITH wanted AS (
        SELECT id, sum(on_hand) AS on_hand, sum(damaged) AS damaged, sum(incoming) AS incoming,
            sum(reserved) AS reserved
        FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
            AS change (id, on_hand, damaged, incoming, reserved)
        GROUP BY id
    ), locked AS (
        SELECT level.id, wanted.on_hand, wanted.damaged, wanted.incoming, wanted.reserved
        FROM inventory_stocklevel AS level JOIN wanted ON wanted.id = level.id
        WHERE level.merchant_id = %s ORDER BY level.id FOR NO KEY UPDATE OF level
    )
    UPDATE inventory_stocklevel AS level
    SET on_hand = level.on_hand + locked.on_hand, damaged = level.damaged + locked.damaged,
        incoming = level.incoming + locked.incoming, reserved = level.reserved + locked.reserved
    FROM locked
    WHERE level.id = locked.id
        AND level.reserved + locked.reserved >= 0 AND level.damaged + locked.damaged >= 0
        AND level.incoming + locked.incoming >= 0
        AND level.on_hand + locked.on_hand >= level.reserved + locked.reserved + level.damaged + locked.damaged
    RETURNING level.id, level.on_hand
"""
LOCK = """
    SELECT level.variant_id, level.id, level.on_hand - level.reserved - level.damaged
    FROM inventory_stocklevel AS level
    WHERE level.merchant_id = %s AND level.id = ANY(%s) ORDER BY level.id FOR NO KEY UPDATE
"""
MOVEMENT = [
    "level_id", "kind", "on_hand", "damaged", "incoming", "on_hand_after", "reason", "note", "key", "owner", "by", "at",
]  # fmt: skip


class Change(NamedTuple):
    """What is added to the numbers of a level; several changes of one level are added up."""

    level_id: int
    on_hand: int = 0
    damaged: int = 0
    incoming: int = 0
    reserved: int = 0


class Movement(NamedTuple):
    """A change that the ledger keeps; `at` is when, where that is history."""

    change: Change
    kind: MovementKind
    reason: str = ""
    note: str = ""
    key: str = ""
    owner: str = ""
    at: datetime | None = None


def known(variants: Iterable[int]) -> dict[int, int]:
    """The levels of variants in the default warehouse, by variant; where nothing ever lay there is none."""
    found = StockLevel.objects.filter(variant__in=list(variants), warehouse__is_default=True)
    return dict(found.values_list("variant_id", "pk"))


def opened(variants: Iterable[int], *, by: Actor, now: datetime) -> dict[int, int]:
    """The same, with those that were missing."""
    variants = set(variants)
    standing = known(variants)
    if missing := sorted(variants - standing.keys()):
        warehouse = warehouses.default(by=by, now=now)
        rows = [StockLevel(warehouse=warehouse, variant_id=variant) for variant in missing]
        StockLevel.objects.bulk_create(rows, ignore_conflicts=True)
        standing = known(variants)
    return standing


def available(levels: Iterable[int]) -> dict[int, int]:
    """Lock levels until the transaction ends; what of each can be promised."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [scope.owner_of(None), list(levels)])
        return {level: free for _variant, level, free in cursor.fetchall()}


def change(changes: Sequence[Change]) -> Mapping[int, int]:
    """Change levels, those left out whose numbers would not allow it; of each changed level what is on hand now."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGE, [*map(list, zip(*changes, strict=True)), scope.owner_of(None)])
        return dict(cursor.fetchall())


def record(movements: Sequence[Movement], *, on_hand: Mapping[int, int], by: Actor, now: datetime) -> None:
    """Write into the ledger what was changed; `on_hand` is what `change` gave back."""
    after, rows = dict(on_hand), []
    for each in reversed(movements):  # the newest first: before the last one, there were so many less
        level, on_hand_change, damaged, incoming, _reserved = each.change
        rows.append(
            [level, each.kind, on_hand_change, damaged, incoming, after[level], each.reason, each.note, each.key,
             each.owner, by.label, each.at or now]
        )  # fmt: skip
        after[level] -= on_hand_change
    bulk.load(StockMovement, MOVEMENT, reversed(rows))


def short(wanted: Mapping[int, int]) -> int | None:
    """A level of which there is less than wanted."""
    found = StockLevel.objects.filter(pk__in=wanted).annotate(free=F("on_hand") - F("reserved") - F("damaged"))
    return next((pk for pk, free in found.order_by("pk").values_list("pk", "free") if free < wanted[pk]), None)
