"""Many want the same goods in the same moment."""

from datetime import timedelta
from threading import Barrier

import pytest

from config.kernel import invariants, scope
from inventory.errors import InsufficientStock, ReservationEnded
from inventory.models import Reservation, StockLevel
from inventory.services import levels, reservations
from inventory.services.reservations import Wanted
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CALLERS = 8


@pytest.fixture
def at_once(acme, in_thread):
    """Let everybody do something for acme in the same moment; what each came to."""

    def do(*acts) -> list:
        together, came = Barrier(len(acts)), [None] * len(acts)

        def run(place, act):
            with scope.acting_for(acme):
                together.wait(timeout=20)
                try:
                    came[place] = act()
                except (InsufficientStock, ReservationEnded) as refusal:
                    came[place] = type(refusal)

        for wait in [in_thread(lambda place=place, act=act: run(place, act)) for place, act in enumerate(acts)]:
            wait()
        return came

    return do


@pytest.fixture
def goods(acme):
    with scope.acting_for(acme):
        found = [make_product(sku=sku).variants.select_related("product").get() for sku in ("A", "B")]
        for variant in found:
            make_stock(10, variant=variant)
    return found


def numbers(acme) -> list[tuple[int, int]]:
    with scope.acting_for(acme):
        return list(StockLevel.objects.order_by("variant__sku").values_list("on_hand", "reserved"))


def test_the_last_units_are_granted_to_exactly_as_many_as_there_are(acme, goods, at_once, now):
    """Eight callers want two units each of ten, from both ends of the shelf, and know their keys by heart."""

    def want(caller):
        lines = [Wanted(f"order:{caller}", f"{caller}:{each.sku}", each.pk, each.sku, 2) for each in goods]
        return lambda: reservations.reserve(lines if caller % 2 else lines[::-1], now=now) or "granted"

    came = at_once(*(want(caller) for caller in range(CALLERS)))

    assert (came.count("granted"), came.count(InsufficientStock)) == (5, 3)
    assert numbers(acme) == [(10, 10), (10, 10)]
    assert invariants.broken()["stock is what its ledger says"] == []


def test_reading_before_writing_sells_more_than_there_is(acme, goods, at_once, now, monkeypatch):
    """The planted fault: the guard is a look before, and both numbers have room."""
    both_looked = Barrier(2)

    def look_then_change(changes):
        free = {level.pk: level.available for level in StockLevel.objects.filter(pk=changes[0].level_id)}
        both_looked.wait(timeout=20)
        if free[changes[0].level_id] < changes[0].reserved:
            return {}
        StockLevel.objects.filter(pk=changes[0].level_id).update(on_hand=10, reserved=changes[0].reserved)
        return {changes[0].level_id: 10}

    monkeypatch.setattr(levels, "change", look_then_change)

    def want(caller):
        lines = [Wanted(f"order:{caller}", str(caller), goods[0].pk, "A", 8)]
        return lambda: reservations.reserve(lines, now=now) or "granted"

    assert at_once(want(1), want(2)) == ["granted", "granted"]
    (said,) = invariants.broken()["stock is what its ledger says"]
    assert said == (
        "acme A: on hand, damaged, incoming, reserved are (10, 0, 0, 8),"
        " the ledger and the reservations say (10, 0, 0, 16)"
    )


def test_the_same_key_from_two_sides_is_set_aside_once(acme, goods, at_once, now):
    lines = [Wanted("order:1", "1", goods[0].pk, "A", 4)]
    assert at_once(*[lambda: reservations.reserve(lines, now=now)] * 4) == [None] * 4
    assert numbers(acme)[0] == (10, 4)


@pytest.mark.parametrize("rounds", [10, pytest.param(2_000, marks=pytest.mark.nightly)])
def test_what_is_confirmed_in_time_is_never_freed(acme, goods, at_once, now, rounds):
    """Expiry and confirmation meet; whoever is first, both agree on what came of it (INV-01d)."""
    until = now + timedelta(minutes=30)
    for number in range(rounds):
        owner = f"order:{number}"
        with scope.acting_for(acme):
            reservations.reserve([Wanted(owner, owner, goods[0].pk, "A", 1)], until=until, now=now)
        confirmed, _freed = at_once(
            lambda owner=owner: reservations.confirm(owner=owner), lambda: reservations.expire(now=until)
        )
        with scope.acting_for(acme):
            kept = Reservation.objects.get(key=owner)
            assert (kept.open, kept.expires_at) == ((1, None) if confirmed is None else (0, until))
            reservations.release(owner=owner)
    assert numbers(acme)[0] == (10, 0)
