from datetime import datetime

from catalog.models import Variant
from config.kernel.actors import machine
from inventory.models import StockLevel
from inventory.services import stock
from inventory.services.stock import Units
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product

BY = machine("system")


def make_stock(on_hand: int = 10, *, variant: Variant | None = None, at: datetime = THEN) -> StockLevel:
    """So many units of a variant, received as a person would: the ledger knows of them."""
    variant = variant or make_product().variants.select_related("product").get()
    stock.receive([Units(variant, on_hand)], by=BY, now=at)
    return StockLevel.objects.get(variant=variant)
