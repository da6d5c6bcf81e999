"""Units set aside: for all lines of an order or for none, under keys that make it happen once.

Reservations are locked before levels, both in the order of their keys. An order locks itself first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from config.kernel import bulk, events, scope
from config.kernel.actors import Actor, machine
from inventory.errors import InsufficientStock, NotAQuantity, ReservationEnded, ReservationKeyReused
from inventory.events import ReservationExpired
from inventory.models import Reservation
from inventory.models.reservations import OPEN
from inventory.rules import MOST
from inventory.services import levels
from inventory.services.levels import Change, Movement
from inventory.states import MovementKind
from merchants.accounts.models import Merchant

ROW = ["level_id", "key", "owner", "quantity", "made_at", "expires_at"]
EXPIRED_AT_ONCE = 500
SYSTEM = machine("system")


class Wanted(NamedTuple):
    """A line of an order: `owner` is the order, such as `order:0190…`, `key` names the line among all.

    It is set aside until a moment, or for good.
    """

    owner: str
    key: str
    variant_id: int
    sku: str
    quantity: int
    until: datetime | None = None


class Sent(NamedTuple):
    """Units of a reservation that leave the house; `key` names the movement."""

    reservation: str
    quantity: int
    key: str


@transaction.atomic
def reserve(wanted: Sequence[Wanted], *, now: datetime) -> None:
    """Set all of it aside, or nothing. What is set aside under its key already is not set aside again.

    Raises InsufficientStock, NotAQuantity, ReservationKeyReused, ReservationEnded.
    """
    _check_quantities(wanted)
    of_variant = levels.known(line.variant_id for line in wanted)
    _refuse_unknown(wanted, of_variant)
    _set_aside(wanted, of_variant, now=now)


@transaction.atomic
def reserve_each(wanted: Sequence[Wanted], *, now: datetime) -> dict[str, InsufficientStock]:
    """Set aside for many owners what there is, the first first, each whole or not at all; say who got nothing.

    Raises NotAQuantity, ReservationKeyReused, ReservationEnded.
    """
    _check_quantities(wanted)
    of_variant = levels.known({line.variant_id for line in wanted})
    free = levels.available(of_variant.values())
    by_owner: dict[str, list[Wanted]] = defaultdict(list)
    for line in wanted:
        by_owner[line.owner].append(line)
    granted, refused = [], {}
    for owner, lines in by_owner.items():
        sums = _sums(lines)
        lacking = next((key for key, units in sums.items() if free.get(of_variant.get(key), 0) < units), None)
        if lacking is not None:
            refused[owner] = _insufficient(lines, lacking)
            continue
        granted += lines
        for variant, units in sums.items():
            free[of_variant[variant]] -= units
    if granted:
        _set_aside(granted, of_variant, now=now)
    return refused


def looks_possible(wanted: Sequence[Wanted]) -> bool:
    """Whether there is enough for all of it, at a glance: nothing is locked, so it is no promise."""
    of_variant = levels.known({line.variant_id for line in wanted})
    sums = _sums(wanted)
    if not sums.keys() <= of_variant.keys():
        return False
    return levels.short({of_variant[variant]: units for variant, units in sums.items()}) is None


def _check_quantities(wanted: Sequence[Wanted]) -> None:
    for line in wanted:
        if not 0 < line.quantity <= MOST:
            raise NotAQuantity(_("Order at least one unit, and no more than %(most)s.") % {"most": f"{MOST:,}"},
                               field="quantity", sku=line.sku)  # fmt: skip


def _sums(lines: Iterable[Wanted]) -> Counter:
    """Units by variant: two lines of one order want the same goods."""
    sums: Counter = Counter()
    for line in lines:
        sums[line.variant_id] += line.quantity
    return sums


def _refuse_unknown(wanted: Sequence[Wanted], of_variant: dict[int, int]) -> None:
    for line in wanted:
        if line.variant_id not in of_variant:
            raise _insufficient(wanted, line.variant_id)


def _insufficient(lines: Iterable[Wanted], variant: int) -> InsufficientStock:
    of_it = [line for line in lines if line.variant_id == variant]
    units, sku = sum(line.quantity for line in of_it), of_it[0].sku
    told = _("There are not %(units)s units of %(sku)s left.") % {"units": f"{units:,}", "sku": sku}
    return InsufficientStock(told, sku=sku, wanted=units)


def _set_aside(wanted: Sequence[Wanted], of_variant: dict[int, int], *, now: datetime) -> None:
    fresh = _new(wanted, of_variant, now=now)
    _check_same([line for line in wanted if line.key not in fresh], of_variant)
    sums = _sums(line for line in wanted if line.key in fresh)
    if not sums:
        return
    of_level = {of_variant[variant]: units for variant, units in sums.items()}
    changed = levels.change([Change(level, reserved=units) for level, units in of_level.items()])
    if len(changed) != len(of_level):
        level = levels.short({level: units for level, units in of_level.items() if level not in changed})
        of_it = {level: variant for variant, level in of_variant.items()}
        raise _insufficient(wanted, of_it[level or (of_level.keys() - changed.keys()).pop()])


def _new(wanted: Sequence[Wanted], of_variant: dict[int, int], *, now: datetime) -> set[str]:
    """Write what stands under no key yet; whoever writes the same keys waits here, in the order of the keys."""
    rows = (
        [of_variant[line.variant_id], line.key, line.owner, line.quantity, now, line.until]
        for line in sorted(wanted, key=lambda line: line.key)
    )
    new = bulk.load_new(Reservation, ROW, rows, unique_columns=["merchant_id", "key"], returning=["key"])
    return {key for (key,) in new}


def _check_same(repeated: Sequence[Wanted], of_variant: dict[int, int]) -> None:
    standing = {each.key: each for each in Reservation.objects.filter(key__in=[line.key for line in repeated])}
    for line in repeated:
        known = standing[line.key]
        if (known.level_id, known.quantity, known.owner) != (of_variant[line.variant_id], line.quantity, line.owner):
            raise ReservationKeyReused(_("Something else is reserved under this key."), key=line.key)
        if known.released:
            raise _ended()


def _ended() -> ReservationEnded:
    return ReservationEnded(_("What was set aside for this order is not any more."))


@transaction.atomic
def confirm(*, owner: str) -> None:
    """Keep what is set aside for an owner, however long it takes. Raises ReservationEnded."""
    held = list(Reservation.objects.filter(owner=owner).locked())
    if any(each.released for each in held):
        raise _ended()
    Reservation.objects.filter(pk__in=[each.pk for each in held]).update(expires_at=None)


@transaction.atomic
def release(*, owner: str) -> int:
    """Free what is still set aside for an owner; say how many units. Doing so again frees nothing."""
    return _release(list(Reservation.objects.filter(OPEN, owner=owner).locked()))


def _release(held: Sequence[Reservation]) -> int:
    if not held:
        return 0
    Reservation.objects.filter(pk__in=[each.pk for each in held]).update(released=F("quantity") - F("shipped"))
    freed = levels.change([Change(each.level_id, reserved=-each.open) for each in held])
    if len(freed) != len({each.level_id for each in held}):
        raise RuntimeError("more is reserved than its level knows of")
    return sum(each.open for each in held)


@transaction.atomic
def ship(sent: Sequence[Sent], *, by: Actor, now: datetime) -> None:
    """Let units of reservations leave the house; lines that nothing was ever reserved for are passed over.

    Raises ReservationEnded where less is set aside than is sent.
    """
    held = {each.key: each for each in Reservation.objects.filter(key__in=[line.reservation for line in sent]).locked()}
    mine = [(held[line.reservation], line) for line in sent if line.reservation in held]
    if not mine:
        return
    movements = []
    for reservation, line in mine:
        if reservation.open < line.quantity:
            raise _ended()
        reservation.shipped += line.quantity
        reservation.save(update_fields=["shipped"])
        change = Change(reservation.level_id, on_hand=-line.quantity, reserved=-line.quantity)
        movements.append(Movement(change, MovementKind.SHIPPED, key=line.key, owner=reservation.owner))
    on_hand = levels.change([each.change for each in movements])
    if len(on_hand) != len({each.change.level_id for each in movements}):
        raise RuntimeError("more is reserved than its level knows of")
    levels.record(movements, on_hand=on_hand, by=by, now=now)


def expire(*, now: datetime) -> int:
    """Free what was not confirmed in time; say for how many owners. Each merchant's in a transaction of its own."""
    with scope.across_merchants(because="reservations of all merchants expire"):
        due = Reservation.objects.filter(OPEN, expires_at__lte=now).order_by("expires_at", "pk")
        found: dict[int, list[int]] = defaultdict(list)
        for merchant, pk in due.values_list("merchant", "pk")[:EXPIRED_AT_ONCE]:
            found[merchant].append(pk)
    return sum(_expire_of(merchant, found[merchant.pk], now=now) for merchant in Merchant.objects.filter(pk__in=found))


@transaction.atomic
def _expire_of(merchant: Merchant, keys: Sequence[int], *, now: datetime) -> int:
    with scope.acting_for(merchant):
        due = Reservation.objects.filter(OPEN, pk__in=keys, expires_at__lte=now)  # read again, under lock
        held = list(due.locked())
        _release(held)
        owners = sorted({each.owner for each in held})
        if owners:
            events.record_many([ReservationExpired(owner=owner) for owner in owners], by=SYSTEM, now=now)
    return len(owners)
