"""Taking over what moved stock at another marketplace; what is here already stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.events import Past
from inventory.errors import StockTooLow
from inventory.events import StockAdjusted, StockReturned
from inventory.models import StockMovement
from inventory.services import levels
from inventory.services.levels import Change, Movement
from inventory.states import AdjustmentReason, MovementKind

LONGEST_NOTE = 200


class ArrivingMovement(NamedTuple):
    """`units` came to a variant at a moment, or left it, below zero; `key` names the movement among all.

    `product_id` and `sku` are for the fact. An adjustment has a reason.
    """

    variant_id: int
    product_id: str
    sku: str
    kind: MovementKind
    units: int
    key: str
    at: datetime
    owner: str = ""
    reason: AdjustmentReason | str = ""
    note: str = ""


@transaction.atomic
def movements(arriving: Sequence[ArrivingMovement], *, by: Actor, now: datetime) -> int:
    """Do to the acting merchant's stock what was done there, in this order, each once; say how many are new.

    Raises StockTooLow where more would leave than there is.
    """
    known = StockMovement.objects.filter(key__in=[each.key for each in arriving]).values_list("key", flat=True)
    done = set(known)
    new = [each for each in arriving if each.key not in done]
    if not new:
        return 0
    of_variant = levels.opened({each.variant_id for each in new}, by=by, now=now)
    found = [_movement(each, of_variant[each.variant_id]) for each in new]
    on_hand = levels.change([each.change for each in found])
    if len(on_hand) != len({each.change.level_id for each in found}):
        short = next(each for each in new if of_variant[each.variant_id] not in on_hand)
        raise StockTooLow(
            _("%(sku)s: more would leave than there is.") % {"sku": short.sku}, field="quantity", sku=short.sku
        )
    levels.record(found, on_hand=on_hand, by=by, now=now)
    if facts := [Past(_fact(each), each.at) for each in new if each.kind != MovementKind.SHIPPED]:
        events.record_past(facts, by=by, now=now)
    return len(new)


def _movement(each: ArrivingMovement, level: int) -> Movement:
    note = each.note[:LONGEST_NOTE]
    return Movement(Change(level, on_hand=each.units), each.kind, each.reason, note, each.key, each.owner, each.at)


def _fact(each: ArrivingMovement) -> StockAdjusted | StockReturned:
    """What was shipped the order tells."""
    of = {"product_id": each.product_id, "sku": each.sku}
    if each.kind == MovementKind.RETURNED:
        return StockReturned(**of, quantity=each.units, damaged=0)
    return StockAdjusted(**of, reason=each.reason, on_hand=each.units, damaged=0)
