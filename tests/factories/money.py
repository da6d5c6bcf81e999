import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import count

from config.kernel.actors import machine
from merchants.marketplace.models import CommissionRule, CommissionSchedule
from merchants.money.models import LedgerTransaction
from merchants.money.services import sales
from merchants.money.services.sales import Sale, SoldLine
from tests.factories.accounts import THEN, acting_merchant
from tests.factories.marketplace import usual_category

numbers = count(1)
LONG_AGO = THEN.replace(year=2016, month=1, day=1)
SYSTEM = machine("system")


def make_schedule(*rules: dict, **overrides) -> CommissionSchedule:
    """A version in force for ever unless other bounds are given; one rule of 12.5 % for all unless others are."""
    values = {"code": f"schedule-{next(numbers)}", "starts_at": LONG_AGO, "announced_at": LONG_AGO}
    schedule = CommissionSchedule.objects.create(**values | overrides)
    for rule in rules or [{}]:
        CommissionRule.objects.create(**{"schedule": schedule, "rate_ppm": 125_000} | rule)
    return schedule


def sold_line(**overrides) -> SoldLine:
    values = {"line_id": uuid.uuid4(), "position": 1, "sku": "TENT-1", "quantity": 1, "goods_minor": 10_000}
    return SoldLine(**values | {"category_id": usual_category().pk} | overrides)


def a_sale(*lines: dict, **overrides) -> Sale:
    sold = [sold_line(**{"position": position} | line) for position, line in enumerate(lines or [{}], 1)]
    number = f"S-{next(numbers):05}"
    values = {"order_id": uuid.uuid4(), "order_number": number, "currency": acting_merchant().currency, "at": THEN}
    return Sale(**values | {"lines": sold} | overrides)


def make_sale(*lines: dict, now: datetime = THEN, **overrides) -> LedgerTransaction:
    """A sale of the acting merchant in the books."""
    return sales.post([a_sale(*lines, **overrides)], by=SYSTEM, now=now)[0]


def entries(transaction: LedgerTransaction) -> Sequence[tuple[str, str, int]]:
    return sorted(transaction.lines.values_list("account", "item", "amount_minor"))
