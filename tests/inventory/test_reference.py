"""Carts of all shapes against a model that is too simple to be wrong: a number per SKU (INV-01c)."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.errors import InsufficientStock
from inventory.models import Reservation, StockLevel
from inventory.services import reservations
from inventory.services.reservations import Wanted
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock

SKUS = ["A", "B", "C"]
carts = st.lists(
    st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 6)), min_size=1, max_size=5), min_size=1, max_size=8
)
shelves = st.fixed_dictionaries({sku: st.integers(0, 12) for sku in SKUS})


def granted(shelf: dict[str, int], orders) -> tuple[list[int], dict[str, int]]:
    """Which orders get all they want, the first first, and what is left."""
    left, found = Counter(shelf), []
    for number, cart in enumerate(orders):
        wanted = Counter()
        for sku, units in cart:
            wanted[sku] += units
        if all(left[sku] >= units for sku, units in wanted.items()):
            left -= wanted
            found.append(number)
    return found, {sku: left[sku] for sku in SKUS}


@pytest.fixture
def variants(acting):
    found = {}
    for sku in SKUS:
        found[sku] = make_product(sku=sku).variants.select_related("product").get()
        make_stock(1, variant=found[sku])
    return found


def at_once(lines) -> set[str]:
    return reservations.reserve_each(lines, now=THEN).keys()


def one_by_one(lines) -> set[str]:
    refused = set()
    for owner in dict.fromkeys(line.owner for line in lines):
        try:
            reservations.reserve([line for line in lines if line.owner == owner], now=THEN)
        except InsufficientStock:
            refused.add(owner)
    return refused


def each_line_alone(lines) -> set[str]:
    """The fault that others shipped: a line is judged by what is there, not by what its order wants altogether."""
    free = {level.variant_id: level.available for level in StockLevel.objects.all()}
    return {line.owner for line in lines if free[line.variant_id] < line.quantity}


def differences(act, variants, shelf, orders) -> list:
    """What the services say and leave behind, where it is not what the model says."""
    Reservation.objects.all().delete()
    for sku, units in shelf.items():
        StockLevel.objects.filter(variant=variants[sku]).update(on_hand=units, reserved=0)
    lines = [
        Wanted(f"order:{number}", f"{number}:{place}", variants[sku].pk, sku, units)
        for number, cart in enumerate(orders) for place, (sku, units) in enumerate(cart)
    ]  # fmt: skip
    refused = act(lines)
    found = [number for number in range(len(orders)) if f"order:{number}" not in refused]
    left = {sku: StockLevel.objects.get(variant=variant).available for sku, variant in variants.items()}
    held = sum(each.open for each in Reservation.objects.all())
    expected, expected_left = granted(shelf, orders)
    taken = sum(shelf.values()) - sum(expected_left.values())
    return [each for each in ((found, expected), (left, expected_left), (held, taken)) if each[0] != each[1]]


SUITE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@pytest.mark.parametrize("act", [at_once, one_by_one])
@pytest.mark.parametrize("examples", [150, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_carts_get_what_the_model_says(variants, act, examples):
    @settings(SUITE, max_examples=examples)
    @given(shelf=shelves, orders=carts)
    def agree(shelf, orders):
        assert differences(act, variants, shelf, orders) == []

    agree()


def test_judging_each_line_alone_is_noticed(variants):
    found = differences(each_line_alone, variants, {"A": 5, "B": 0, "C": 0}, [[("A", 3), ("A", 3)]])
    assert ([0], []) in found
