"""`check_invariants` is quiet about what is right and names what is not (INV-02)."""

import pytest
from django.core.management import CommandError, call_command

from config.kernel import scope
from inventory.models import Reservation, StockLevel
from inventory.services import reservations, stock
from inventory.services.reservations import Sent, Wanted
from inventory.services.stock import Units
from inventory.states import AdjustmentReason
from tests.factories.catalog import make_product
from tests.factories.inventory import BY, make_stock

NAME = "stock is what its ledger says"


@pytest.fixture
def level(acme, now):
    """A shelf to which all has happened that can."""
    with scope.acting_for(acme):
        variant = make_product(sku="MUG").variants.select_related("product").get()
        level = make_stock(10, variant=variant)
        reservations.reserve([Wanted("order:1", "1", variant.pk, "MUG", 4)], now=now)
        reservations.ship([Sent("1", 1, "parcel")], by=BY, now=now)
        stock.adjust([Units(variant, 2, reason=AdjustmentReason.DAMAGED)], by=BY, now=now)
        stock.announce([Units(variant, 7)], by=BY, now=now)
    return level


def test_what_is_right_is_right(level, capsys):
    call_command("check_invariants")
    assert f"{NAME}: holds" in capsys.readouterr().out


@pytest.mark.parametrize("column", ["on_hand", "damaged", "incoming", "reserved"])
def test_a_number_beside_its_ledger_is_named(acme, level, column, capsys):
    with scope.acting_for(acme):
        StockLevel.objects.filter(pk=level.pk).update(**{column: 5})
    with pytest.raises(CommandError):
        call_command("check_invariants")
    said = capsys.readouterr().out
    assert f"{NAME}: 1 rows break it" in said
    assert "acme MUG: on hand, damaged, incoming, reserved are" in said


def test_a_lost_reservation_is_named(acme, level, capsys):
    with scope.acting_for(acme):
        Reservation.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("check_invariants")
    assert "reserved are (9, 2, 7, 3), the ledger and the reservations say (9, 2, 7, 0)" in capsys.readouterr().out
