"""What the desk keeps of a buyer: how an import found them, for as long as that may be undone."""

from datetime import datetime

from config.kernel.actors import Actor
from merchants.accounts.models import Buyer
from merchants.desk.models import ImportEffect

KIND = "accounts.buyers"


def export(*, buyer: Buyer) -> list[dict]:
    return [{"before": each.before, "after": each.after} for each in _of(buyer).order_by("pk")]


def erase(*, buyer: Buyer, because: str, by: Actor, now: datetime) -> None:
    """What was done to them can be undone no more."""
    _of(buyer).delete()


def _of(buyer: Buyer):
    rows = ImportEffect.objects.filter(run__kind=KIND, thing=buyer.external_id)
    return rows if buyer.external_id else rows.none()
