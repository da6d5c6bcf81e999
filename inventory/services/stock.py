"""What people do to stock: announce, receive, correct, take back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Variant
from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.events import Event, Past
from inventory import rules
from inventory.errors import NotAQuantity, StockTooLow
from inventory.events import StockAdjusted, StockAnnounced, StockReceived, StockReturned
from inventory.models import StockLevel, StockMovement
from inventory.rules import Effect
from inventory.services import alerts, levels
from inventory.services.levels import Change, Movement
from inventory.states import AdjustmentReason, MovementKind


class Units(NamedTuple):
    """So many units of a variant; `key`, where there is one, makes what is done with them happen once."""

    variant: Variant  # with its product
    quantity: int
    damaged: int = 0
    reason: str = ""
    key: str = ""
    owner: str = ""


@transaction.atomic
def announce(units: Sequence[Units], *, note: str = "", by: Actor, now: datetime) -> None:
    """Say that goods are on their way. Raises NotAQuantity."""
    _move(units, MovementKind.ANNOUNCED, lambda each, level: Effect(incoming=each.quantity), note, by=by, now=now)


@transaction.atomic
def receive(units: Sequence[Units], *, note: str = "", by: Actor, now: datetime) -> None:
    """Take goods in; as far as they were announced they are not on their way any more. Raises NotAQuantity."""

    def effect(each: Units, level: StockLevel) -> Effect:
        return Effect(on_hand=each.quantity, incoming=-min(each.quantity, level.incoming))

    _move(units, MovementKind.RECEIVED, effect, note, by=by, now=now)


@transaction.atomic
def adjust(units: Sequence[Units], *, note: str = "", by: Actor, now: datetime) -> None:
    """Correct numbers, each for its `reason`; of a count, the quantity is what lies there.

    Raises StockTooLow, NotAQuantity.
    """

    def effect(each: Units, level: StockLevel) -> Effect:
        return rules.correction(AdjustmentReason(each.reason), each.quantity, on_hand=level.on_hand)

    _move(units, MovementKind.ADJUSTED, effect, note, by=by, now=now)


@transaction.atomic
def return_(
    units: Sequence[Units], *, note: str = "", at: datetime | None = None, by: Actor, now: datetime
) -> None:  # fmt: skip
    """Take back what was shipped; `damaged` of it cannot be sold again. `at` is when, where that is history.

    Raises NotAQuantity.
    """
    if any(not 0 <= each.damaged <= each.quantity for each in units):
        raise NotAQuantity(_("No more units can be damaged than came back."), field="damaged")
    _move(
        units, MovementKind.RETURNED, lambda each, level: Effect(each.quantity, each.damaged), note, at=at, by=by,
        now=now,
    )  # fmt: skip


def _move(
    units: Sequence[Units], kind: MovementKind, effect: Callable[[Units, StockLevel], Effect], note: str, *,
    at: datetime | None = None, by: Actor, now: datetime,
) -> None:  # fmt: skip
    """Lock the levels, then do to each what is new under its key, and tell."""
    if not units:
        return
    for each in units:
        _check(each, kind)
    of_variant = levels.opened([each.variant.pk for each in units], by=by, now=now)
    held = {level.pk: level for level in StockLevel.objects.filter(pk__in=of_variant.values()).locked()}
    done = _done([each.key for each in units if each.key])
    movements, facts = [], []
    for each in units:
        if each.key and each.key in done:
            continue
        level = held[of_variant[each.variant.pk]]
        what = effect(each, level)
        level.on_hand, level.incoming = level.on_hand + what.on_hand, level.incoming + what.incoming
        facts.append(_fact(each, kind, what))
        if any(what):
            change = Change(level.pk, *what)
            movements.append(Movement(change, kind, each.reason, note, each.key, each.owner, at))
    _write(movements, by=by, now=now)
    if facts:
        events.record_past([Past(fact, at or now) for fact in facts], by=by, now=now)
    alerts.judge(list(held), by=by, now=now)


def _check(each: Units, kind: MovementKind) -> None:
    reason = each.reason if kind == MovementKind.ADJUSTED else ""
    least = {AdjustmentReason.COUNTED: 0, AdjustmentReason.SOURCE: -rules.MOST}.get(reason, 1)
    if not least <= each.quantity <= rules.MOST:
        raise NotAQuantity(
            _("Write a number of units from %(least)s to %(most)s.") % {"least": least, "most": f"{rules.MOST:,}"},
            field="quantity",
        )  # fmt: skip


def _done(keys: Sequence[str]) -> set[str]:
    return set(StockMovement.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()


def _write(movements: Sequence[Movement], *, by: Actor, now: datetime) -> None:
    if not movements:
        return
    on_hand = levels.change([each.change for each in movements])
    if len(on_hand) != len({each.change.level_id for each in movements}):
        raise StockTooLow(
            _("There cannot be so few: more is reserved for orders, or damaged."),
            field="quantity",
        )  # fmt: skip
    levels.record(movements, on_hand=on_hand, by=by, now=now)


def _fact(each: Units, kind: MovementKind, what: Effect) -> Event:
    of = {"product_id": str(each.variant.product.public_id), "sku": each.variant.sku}
    if kind == MovementKind.ADJUSTED:
        return StockAdjusted(**of, reason=each.reason, on_hand=what.on_hand, damaged=what.damaged)
    if kind == MovementKind.RETURNED:
        return StockReturned(**of, quantity=each.quantity, damaged=each.damaged)
    return (StockAnnounced if kind == MovementKind.ANNOUNCED else StockReceived)(**of, quantity=each.quantity)
