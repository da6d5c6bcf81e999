"""Where a merchant's goods lie."""

from datetime import datetime

from django.db import transaction

from config.kernel import events
from config.kernel.actors import Actor
from inventory.events import WarehouseOpened
from inventory.models import Warehouse

DEFAULT = "main"


@transaction.atomic
def default(*, by: Actor, now: datetime) -> Warehouse:
    """The acting merchant's warehouse that is meant where none is named, opened on first use."""
    values = {"is_default": True, "opened_at": now}
    warehouse, is_new = Warehouse.objects.get_or_create(code=DEFAULT, defaults=values)
    if is_new:
        events.record(WarehouseOpened(warehouse_id=str(warehouse.public_id), code=DEFAULT), by=by, now=now)
    return warehouse
