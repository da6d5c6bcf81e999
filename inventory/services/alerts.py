"""Alert lines: below them somebody is told, above them again the work closes itself."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from catalog.models import Variant
from config.kernel import events, scope
from config.kernel.actors import Actor, machine
from inventory import rules
from inventory.errors import NotAQuantity
from inventory.events import AlertLineSet
from inventory.models import StockLevel
from inventory.services import levels
from merchants.accounts.models import Merchant
from merchants.desk.services import work_items

LOW = "inventory.low_stock"
JUDGED_AT_ONCE = 500
SYSTEM = machine("system")


@transaction.atomic
def set_line(*, variant: Variant, line: int | None, by: Actor, now: datetime) -> StockLevel:
    """Tell somebody when fewer units than this are available; None for no line. Raises NotAQuantity."""
    if line is not None and not 0 < line <= rules.MOST:
        raise NotAQuantity(_("Write a number of units above zero, or nothing."), field="alert_below")
    pk = levels.opened([variant.pk], by=by, now=now)[variant.pk]
    level = StockLevel.objects.locked().get(pk=pk)
    before, level.alert_below = level.alert_below, line
    level.save(update_fields=["alert_below"])
    fact = AlertLineSet(product_id=str(variant.product.public_id), sku=variant.sku, before=before, after=line)
    events.record(fact, by=by, now=now)
    judge([pk], by=by, now=now)
    return level


@transaction.atomic
def judge(keys: Sequence[int], *, by: Actor, now: datetime) -> int:
    """Open or close what is to be done about levels that have crossed their line; say of how many."""
    crossed = StockLevel.objects.filter(_crossed(), pk__in=keys).select_related("variant__product", "merchant")
    found = list(crossed.locked())
    for level in found:
        level.is_low = rules.is_low(available=level.available, line=level.alert_below)
        level.save(update_fields=["is_low"])
        item = {"kind": LOW, "about": f"variant:{level.variant.public_id}", "by": by, "now": now}
        if level.is_low:
            params = {"sku": level.variant.sku, "units": level.available, "line": level.alert_below}
            work_items.open(params=params, link=level.get_absolute_url(), **item)
        else:
            work_items.close_about(why=_("There is enough again."), **item)
    return len(found)


def judge_all(*, now: datetime) -> int:
    """The same for levels of all merchants: orders take stock without looking at lines."""
    with scope.across_merchants(because="levels of all merchants cross their lines"):
        found: dict[int, list[int]] = {}
        for merchant, pk in StockLevel.objects.filter(_crossed()).values_list("merchant", "pk")[:JUDGED_AT_ONCE]:
            found.setdefault(merchant, []).append(pk)
    return sum(_judge_of(merchant, found[merchant.pk], now=now) for merchant in Merchant.objects.filter(pk__in=found))


def _judge_of(merchant: Merchant, keys: Sequence[int], *, now: datetime) -> int:
    with scope.acting_for(merchant):
        return judge(keys, by=SYSTEM, now=now)


def _crossed() -> Q:
    """Levels that are not what `is_low` says."""
    line = F("reserved") + F("damaged") + F("alert_below")
    is_above = Q(alert_below__isnull=True) | Q(on_hand__gte=line)
    return Q(is_low=False, alert_below__isnull=False, on_hand__lt=line) | Q(is_low=True) & is_above
