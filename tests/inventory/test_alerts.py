"""Below a merchant's own line somebody is told, once; above it the work closes itself."""

import pytest

from config.kernel.actors import Actor
from inventory.errors import NotAQuantity
from inventory.models import StockLevel
from inventory.services import alerts, reservations, stock
from inventory.services.reservations import Wanted
from inventory.services.stock import Units
from inventory.states import AdjustmentReason
from merchants.desk.errors import ClosesItself
from merchants.desk.models import WorkItem
from merchants.desk.services import work_items
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock

SAM = Actor("user:7")


@pytest.fixture
def mug(acting):
    variant = make_product(sku="MUG").variants.select_related("product").get()
    make_stock(10, variant=variant)
    return variant


def told() -> list[tuple]:
    return [(item.title, item.closed_why) for item in WorkItem.objects.filter(kind=alerts.LOW).order_by("pk")]


def test_who_sets_a_line_above_what_there_is_is_told_at_once(mug, now):
    alerts.set_line(variant=mug, line=10, by=SAM, now=now)
    assert told() == []
    alerts.set_line(variant=mug, line=11, by=SAM, now=now)
    assert told() == [("MUG runs low: 10 left, the line is 11", "")]
    assert WorkItem.objects.get(kind=alerts.LOW).link == "/m/acme/stock/MUG/"


def test_it_closes_itself_once_there_is_enough_and_never_by_hand(mug, now):
    alerts.set_line(variant=mug, line=11, by=SAM, now=now)
    with pytest.raises(ClosesItself):
        work_items.close(item=WorkItem.objects.get(kind=alerts.LOW), why="seen", by=SAM, now=now)
    stock.receive([Units(mug, 1)], by=SAM, now=now)
    assert told() == [("MUG runs low: 10 left, the line is 11", "There is enough again.")]
    stock.adjust([Units(mug, 1, reason=AdjustmentReason.LOST)], by=SAM, now=now)
    assert [why for _title, why in told()] == ["There is enough again.", ""]


def test_what_orders_take_is_noticed_by_the_sweep(mug, now):
    alerts.set_line(variant=mug, line=5, by=SAM, now=now)
    reservations.reserve([Wanted("order:1", "1", mug.pk, "MUG", 6)], now=now)
    assert told() == []
    assert [alerts.judge_all(now=now), alerts.judge_all(now=now)] == [1, 0]
    assert told() == [("MUG runs low: 4 left, the line is 5", "")]
    reservations.release(owner="order:1")
    assert alerts.judge_all(now=now) == 1
    assert [why for _title, why in told()] == ["There is enough again."]


def test_without_a_line_nobody_is_told(mug, now):
    alerts.set_line(variant=mug, line=11, by=SAM, now=now)
    alerts.set_line(variant=mug, line=None, by=SAM, now=now)
    assert [why for _title, why in told()] == ["There is enough again."]
    assert StockLevel.objects.get().is_low is False


@pytest.mark.parametrize("line", [0, -1, 10**7 + 1])
def test_no_such_line(mug, now, line):
    with pytest.raises(NotAQuantity):
        alerts.set_line(variant=mug, line=line, by=SAM, now=now)
