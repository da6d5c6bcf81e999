"""Programs for test_stock.py that keep a shelf and take from it, and may be killed at any moment, as may the database.

    python -m tests.faults.stock_at_work fill UNITS
    python -m tests.faults.stock_at_work take HISTORY CALLERS KEYS [look]

`look` plants the fault that the test has to notice: what is free is read before, and the write is not guarded.
"""

import json
import sys
import threading
import time

import django

django.setup()

from django.db import InterfaceError, OperationalError, connection, connections  # noqa: E402

from catalog.models import Variant  # noqa: E402
from config.kernel import clock, scope  # noqa: E402
from inventory.errors import InsufficientStock  # noqa: E402
from inventory.models import StockLevel  # noqa: E402
from inventory.services import levels, reservations  # noqa: E402
from inventory.services.reservations import Wanted  # noqa: E402
from merchants.accounts.models import Merchant  # noqa: E402
from tests.factories.accounts import make_merchant  # noqa: E402
from tests.factories.catalog import make_product  # noqa: E402
from tests.factories.inventory import make_stock  # noqa: E402

DOWN = (OperationalError, InterfaceError)


def fill(units: str) -> None:
    with scope.acting_for(make_merchant(slug="acme")):
        make_stock(int(units), variant=make_product(sku="HOT").variants.select_related("product").get())


def take(history: str, callers: str, keys: str, fault: str = "") -> None:
    """Each caller wants one unit under each of its keys, and asks again for as long as nobody answers."""
    if fault == "look":
        levels.change = look_then_change
    with open(history, "a", buffering=1) as lines:
        threads = [
            threading.Thread(target=call, args=(lines, f"{caller}", int(keys))) for caller in range(int(callers))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def call(lines, caller: str, keys: int) -> None:
    merchant = asked_until_answered(lines, "", Merchant.objects.filter(slug="acme").get)
    with scope.acting_for(merchant):
        variant = asked_until_answered(lines, "", Variant.objects.get)
        for number in range(keys):
            key = f"{caller}-{number}"
            tell(lines, key, "sent")
            line = Wanted(f"order:{key}", key, variant.pk, variant.sku, 1)
            tell(lines, key, asked_until_answered(lines, key, lambda line=line: reserve(line)))
    connections.close_all()


def reserve(line: Wanted) -> str:
    try:
        reservations.reserve([line], now=clock.now())
    except InsufficientStock:
        return "refused"
    return "granted"


def asked_until_answered(lines, key: str, ask):
    while True:
        try:
            return ask()
        except DOWN:
            if key:
                tell(lines, key, "unknown")
            connection.close()
            time.sleep(0.05)


def tell(lines, key: str, outcome: str) -> None:
    lines.write(json.dumps({"key": key, "outcome": outcome}) + "\n")


def look_then_change(changes):
    """Two may look in the same moment, and each writes what it made of it."""
    (change,) = changes
    level = StockLevel.objects.get(pk=change.level_id)
    if level.available < change.reserved:
        return {}
    time.sleep(0.002)
    StockLevel.objects.filter(pk=level.pk).update(reserved=level.reserved + change.reserved)
    return {level.pk: level.on_hand}


if __name__ == "__main__":
    {"fill": fill, "take": take}[sys.argv[1]](*sys.argv[2:])
