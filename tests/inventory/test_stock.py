"""Goods are announced, received, corrected and taken back; the ledger keeps each movement."""

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Variant
from config.kernel.actors import Actor
from inventory.errors import NotAQuantity, StockTooLow
from inventory.models import StockLevel, StockMovement, Warehouse
from inventory.services import reservations, stock
from inventory.services.reservations import Wanted
from inventory.services.stock import Units
from inventory.states import AdjustmentReason as Reason
from merchants.activity.models import DomainEvent
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock

SAM = Actor("user:7")
BIG = 10_000_001


@pytest.fixture
def mug(acting) -> Variant:
    return make_product(sku="MUG").variants.select_related("product").get()


def numbers(variant) -> tuple:
    level = StockLevel.objects.get(variant=variant)
    return level.on_hand, level.reserved, level.damaged, level.incoming


def ledger(variant) -> list[tuple]:
    rows = StockMovement.objects.filter(level__variant=variant).order_by("pk")
    return [(row.kind, row.on_hand, row.damaged, row.incoming, row.on_hand_after) for row in rows]


def facts(name: str) -> list[dict]:
    return list(DomainEvent.objects.filter(name=name).order_by("pk").values_list("payload", flat=True))


def test_the_first_goods_open_the_warehouse(mug, now):
    stock.receive([Units(mug, 5)], note="Note 17", by=SAM, now=now)

    assert numbers(mug) == (5, 0, 0, 0)
    assert Warehouse.objects.get().is_default
    (row,) = StockMovement.objects.all()
    assert (row.kind, row.note, row.by, row.at) == ("received", "Note 17", "user:7", now)
    assert facts("inventory.stock.received") == [
        {"product_id": str(mug.product.public_id), "sku": "MUG", "quantity": 5}
    ]  # fmt: skip


def test_what_was_announced_is_not_on_its_way_any_more_once_it_is_received(mug, now):
    stock.announce([Units(mug, 8)], by=SAM, now=now)
    assert numbers(mug) == (0, 0, 0, 8)
    stock.receive([Units(mug, 5)], by=SAM, now=now)
    assert numbers(mug) == (5, 0, 0, 3)
    stock.receive([Units(mug, 5)], by=SAM, now=now)
    assert numbers(mug) == (10, 0, 0, 0)
    assert ledger(mug) == [("announced", 0, 0, 8, 0), ("received", 5, 0, -5, 5), ("received", 5, 0, -3, 10)]


@pytest.mark.parametrize(
    ("reason", "quantity", "after"),
    [
        (Reason.COUNTED, 7, (7, 0, 2, 0)), (Reason.COUNTED, 12, (12, 0, 2, 0)), (Reason.FOUND, 3, (13, 0, 2, 0)),
        (Reason.LOST, 3, (7, 0, 2, 0)), (Reason.DAMAGED, 3, (10, 0, 5, 0)), (Reason.REPAIRED, 2, (10, 0, 0, 0)),
        (Reason.SCRAPPED, 2, (8, 0, 0, 0)), (Reason.SOURCE, -4, (6, 0, 2, 0)),
    ],
)  # fmt: skip
def test_each_reason_corrects_the_right_numbers(mug, now, reason, quantity, after):
    make_stock(10, variant=mug)
    stock.adjust([Units(mug, 2, reason=Reason.DAMAGED)], by=SAM, now=now)
    stock.adjust([Units(mug, quantity, reason=reason)], by=SAM, now=now)
    assert numbers(mug) == after


def test_a_count_that_agrees_moves_nothing_and_is_told(mug, now):
    make_stock(10, variant=mug)
    stock.adjust([Units(mug, 10, reason=Reason.COUNTED)], by=SAM, now=now)
    assert ledger(mug) == [("received", 10, 0, 0, 10)]
    assert [(fact["reason"], fact["on_hand"]) for fact in facts("inventory.stock.adjusted")] == [("counted", 0)]


@pytest.mark.parametrize(
    ("reason", "quantity"),
    [(Reason.COUNTED, 5), (Reason.LOST, 5), (Reason.DAMAGED, 5), (Reason.REPAIRED, 1), (Reason.SCRAPPED, 1)],
)
def test_what_is_reserved_cannot_be_corrected_away(mug, now, reason, quantity):
    make_stock(10, variant=mug)
    reservations.reserve([Wanted("order:1", "1", mug.pk, "MUG", 6)], now=now)
    with pytest.raises(StockTooLow):
        stock.adjust([Units(mug, quantity, reason=reason)], by=SAM, now=now)
    assert numbers(mug) == (10, 6, 0, 0)
    assert len(ledger(mug)) == 1
    assert facts("inventory.stock.adjusted") == []


@pytest.mark.parametrize(
    ("act", "quantity", "reason"),
    [
        (stock.receive, 0, ""), (stock.receive, -1, ""), (stock.receive, BIG, ""), (stock.announce, 0, ""),
        (stock.adjust, -1, Reason.COUNTED), (stock.adjust, 0, Reason.LOST), (stock.adjust, BIG, Reason.FOUND),
        (stock.return_, 0, ""),
    ],
)  # fmt: skip
def test_no_such_quantity(mug, now, act, quantity, reason):
    with pytest.raises(NotAQuantity):
        act([Units(mug, quantity, reason=reason)], by=SAM, now=now)
    assert not StockLevel.objects.exists()


def test_goods_come_back_some_of_them_damaged(mug, now):
    stock.return_([Units(mug, 3, damaged=1, owner="order:1")], by=SAM, now=now)
    assert numbers(mug) == (3, 0, 1, 0)
    with pytest.raises(NotAQuantity):
        stock.return_([Units(mug, 1, damaged=2)], by=SAM, now=now)


def test_what_has_a_key_happens_once(mug, now):
    for _ in range(2):
        stock.receive([Units(mug, 5, key="delivery-1")], by=SAM, now=now)
    assert numbers(mug) == (5, 0, 0, 0)
    assert len(facts("inventory.stock.received")) == 1


def test_many_variants_and_one_of_them_twice_in_one_call(acting, now):
    mugs = [make_product().variants.select_related("product").get() for _ in range(3)]
    stock.receive([Units(each, 2) for each in mugs] + [Units(mugs[0], 5)], by=SAM, now=now)
    assert [numbers(each)[0] for each in mugs] == [7, 2, 2]
    assert [after for *_, after in ledger(mugs[0])] == [2, 7]


def test_the_database_refuses_more_promises_than_goods(mug, now):
    level = make_stock(3, variant=mug)
    for change in ({"reserved": 4}, {"reserved": 2, "damaged": 2}, {"reserved": -1}, {"damaged": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StockLevel.objects.filter(pk=level.pk).update(**change)
