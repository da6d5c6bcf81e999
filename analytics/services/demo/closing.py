"""The months that are over are closed, each soon after its end, as the duty for it would have done."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from analytics.services.demo import cast
from analytics.services.demo.shops import SHOPS, Shop
from config.kernel import scope
from config.kernel.clock import day_starts
from merchants.accounts.models import Merchant
from merchants.money.models import LedgerTransaction, Statement
from merchants.money.services import statements

AFTER = timedelta(hours=2)


def close_months(merchants: Mapping[str, Merchant], *, now: datetime) -> int:
    """Close them where none was closed before; say how many statements that gave."""
    return sum(_close(shop, merchants[shop.slug], now=now) for shop in SHOPS)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _close(shop: Shop, merchant: Merchant, *, now: datetime) -> int:
    with scope.acting_for(merchant):
        first = LedgerTransaction.objects.order_by("period_on").values_list("period_on", flat=True).first()
        if first is None or Statement.objects.exists():
            return 0
        made, month = 0, first
        while (ended := day_starts(_next(month), zone=shop.zone)) + AFTER <= now:
            made += len(statements.close(until=month, by=cast.BY, now=ended + AFTER))
            month = _next(month)
        return made
