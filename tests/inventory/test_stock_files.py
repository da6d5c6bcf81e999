"""Counted stock comes in as a file; what cannot be is reported line by line, and it can be taken back."""

import pytest

from config.kernel.actors import Actor
from config.kernel.imports import Outcome
from inventory.models import StockLevel
from inventory.services import reservations, stock, stock_files
from inventory.services.reservations import Wanted
from inventory.services.stock import Units
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock

SAM = Actor("user:7")


@pytest.fixture
def shelf(acting, now):
    """Ten mugs, of which six are reserved, and a lamp that never lay here."""
    mug, lamp = (make_product(sku=sku).variants.select_related("product").get() for sku in ("MUG", "LAMP"))
    make_stock(10, variant=mug)
    reservations.reserve([Wanted("order:1", "1", mug.pk, "MUG", 6)], now=now)
    return {"MUG": mug, "LAMP": lamp}


def on_hand() -> dict[str, int]:
    return dict(StockLevel.objects.values_list("variant__sku", "on_hand"))


ROWS = [("MUG", 8), ("LAMP", 3), ("NEVER", 1), ("MUG", 5), ("MUG", None)]


def test_a_dry_run_judges_and_changes_nothing(shelf, now):
    verdicts = stock_files.take(ROWS, dry=True, by=SAM, now=now)
    assert [each.outcome for each in verdicts] == [Outcome.CHANGED, Outcome.CHANGED, *[Outcome.REJECTED] * 3]
    assert [each.problems[0].column for each in verdicts[2:]] == ["sku", "counted", "counted"]
    assert "6 units are reserved" in verdicts[3].problems[0].message
    assert on_hand() == {"MUG": 10}


def test_what_was_counted_is_on_hand(shelf, now):
    stock_files.take(ROWS[:2], dry=False, by=SAM, now=now)
    assert on_hand() == {"MUG": 8, "LAMP": 3}
    again = stock_files.take(ROWS[:2], dry=False, by=SAM, now=now)
    assert [each.outcome for each in again] == [Outcome.UNCHANGED] * 2


def test_taking_it_back_leaves_what_has_moved_since(shelf, now):
    effects = [each.effect for each in stock_files.take(ROWS[:2], dry=False, by=SAM, now=now)]
    stock.receive([Units(shelf["LAMP"], 1)], by=SAM, now=now)
    told = stock_files.undo(effects, by=SAM, now=now)
    assert told == ["", "Its stock has moved since."]
    assert on_hand() == {"MUG": 10, "LAMP": 4}
