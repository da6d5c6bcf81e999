"""Units are set aside for all lines of an order or for none, kept, shipped, released and freed in time."""

from datetime import timedelta

import pytest

from config.kernel import scope
from config.kernel.actors import Actor
from inventory.errors import InsufficientStock, NotAQuantity, ReservationEnded, ReservationKeyReused
from inventory.models import Reservation, StockLevel, StockMovement
from inventory.services import reservations
from inventory.services.reservations import Sent, Wanted
from merchants.activity.models import DomainEvent
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock

SAM = Actor("user:7")


@pytest.fixture
def goods(acting):
    """Ten mugs and two lamps."""
    found = {}
    for sku, units in (("MUG", 10), ("LAMP", 2)):
        found[sku] = make_product(sku=sku).variants.select_related("product").get()
        make_stock(units, variant=found[sku])
    return found


def want(goods, *lines: tuple[str, int], order="order:1") -> list[Wanted]:
    return [Wanted(order, f"{order}:{place}", goods[sku].pk, sku, units) for place, (sku, units) in enumerate(lines)]


def numbers(goods) -> dict[str, tuple[int, int]]:
    return {
        sku: StockLevel.objects.filter(variant=variant).values_list("on_hand", "reserved").get()
        for sku, variant in goods.items()
    }


def test_an_order_gets_all_its_lines(goods, now):
    reservations.reserve(want(goods, ("MUG", 4), ("LAMP", 2)), now=now)
    assert numbers(goods) == {"MUG": (10, 4), "LAMP": (2, 2)}
    assert [row.quantity for row in Reservation.objects.order_by("key")] == [4, 2]


def test_an_order_that_cannot_have_all_gets_nothing(goods, now):
    with pytest.raises(InsufficientStock) as refusal:
        reservations.reserve(want(goods, ("MUG", 4), ("LAMP", 3)), now=now)
    assert refusal.value.context == {"sku": "LAMP", "wanted": 3}
    assert numbers(goods) == {"MUG": (10, 0), "LAMP": (2, 0)}
    assert not Reservation.objects.exists()


def test_two_lines_of_one_sku_are_added_up_before_they_are_judged(goods, now):
    """Each line for itself would fit."""
    with pytest.raises(InsufficientStock) as refusal:
        reservations.reserve(want(goods, ("MUG", 6), ("MUG", 6)), now=now)
    assert refusal.value.context == {"sku": "MUG", "wanted": 12}
    assert numbers(goods)["MUG"] == (10, 0)
    refused = reservations.reserve_each(want(goods, ("MUG", 6), ("MUG", 6)), now=now)
    assert refused.keys() == {"order:1"}
    assert numbers(goods)["MUG"] == (10, 0)


def test_what_never_lay_here_is_not_there(goods, now):
    never = make_product(sku="NEVER").variants.get()
    lines = [Wanted("order:1", "1", never.pk, "NEVER", 1)]
    with pytest.raises(InsufficientStock):
        reservations.reserve(lines, now=now)
    assert reservations.reserve_each(lines, now=now)["order:1"].context == {"sku": "NEVER", "wanted": 1}


def test_of_many_orders_the_first_get_what_there_is(goods, now):
    lines = [
        line for number in range(5) for line in want(goods, ("MUG", 3), ("LAMP", number % 2), order=f"order:{number}")
        if line.quantity
    ]  # fmt: skip
    refused = reservations.reserve_each(lines, now=now)
    assert {owner: refusal.context for owner, refusal in refused.items()} == {
        "order:3": {"sku": "MUG", "wanted": 3}, "order:4": {"sku": "MUG", "wanted": 3},
    }  # fmt: skip
    assert numbers(goods) == {"MUG": (10, 9), "LAMP": (2, 1)}


@pytest.mark.parametrize("act", [reservations.reserve, reservations.reserve_each])
@pytest.mark.parametrize("quantity", [0, -1, 10**7 + 1, 2**63])
def test_no_such_quantity(goods, now, act, quantity):
    with pytest.raises(NotAQuantity):
        act(want(goods, ("MUG", quantity)), now=now)


@pytest.mark.parametrize("act", [reservations.reserve, reservations.reserve_each])
def test_the_same_key_sets_aside_once(goods, now, act):
    for _ in range(2):
        act(want(goods, ("MUG", 4)), now=now)
    assert numbers(goods)["MUG"] == (10, 4)
    with pytest.raises(ReservationKeyReused):
        act(want(goods, ("MUG", 5)), now=now)
    assert numbers(goods)["MUG"] == (10, 4)


def test_what_is_released_is_free_again_once(goods, now):
    reservations.reserve(want(goods, ("MUG", 4), ("LAMP", 1)), now=now)
    assert reservations.release(owner="order:1") == 5
    assert reservations.release(owner="order:1") == 0
    assert numbers(goods) == {"MUG": (10, 0), "LAMP": (2, 0)}
    with pytest.raises(ReservationEnded):
        reservations.reserve(want(goods, ("MUG", 4), ("LAMP", 1)), now=now)


def test_units_are_shipped_in_parts_and_the_rest_released(goods, now):
    reservations.reserve(want(goods, ("MUG", 4)), now=now)
    reservations.ship([Sent("order:1:0", 3, "parcel-1")], by=SAM, now=now)
    assert numbers(goods)["MUG"] == (7, 1)
    row = StockMovement.objects.get(kind="shipped")
    assert (row.on_hand, row.on_hand_after, row.owner, row.by) == (-3, 7, "order:1", "user:7")
    with pytest.raises(ReservationEnded):
        reservations.ship([Sent("order:1:0", 2, "parcel-2")], by=SAM, now=now)
    reservations.release(owner="order:1")
    assert numbers(goods)["MUG"] == (7, 0)


def test_what_nothing_was_reserved_for_ships_without_stock(goods, now):
    reservations.ship([Sent("elsewhere:1", 3, "parcel-1")], by=SAM, now=now)
    assert not StockMovement.objects.filter(kind="shipped").exists()


def test_what_is_not_confirmed_in_time_is_free_again_and_told(goods, now):
    until = now + timedelta(minutes=30)
    for number, order in enumerate(("order:1", "order:2"), start=1):
        reservations.reserve(want(goods, ("MUG", number), order=order), until=until, now=now)
    reservations.confirm(owner="order:2")

    assert reservations.expire(now=until - timedelta(seconds=1)) == 0
    assert reservations.expire(now=until) == 1

    assert numbers(goods)["MUG"] == (10, 2)
    assert [fact.about for fact in DomainEvent.objects.filter(name="inventory.reservation.expired")] == ["order:1"]
    with pytest.raises(ReservationEnded):
        reservations.confirm(owner="order:1")
    assert reservations.expire(now=until) == 0


def test_another_merchants_stock_is_not_touched(goods, rival, now):
    with scope.acting_for(rival), pytest.raises(InsufficientStock):
        reservations.reserve(want(goods, ("MUG", 1)), now=now)
    assert numbers(goods)["MUG"] == (10, 0)
