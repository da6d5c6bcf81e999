"""Alert lines of many variants set at once; see `config.kernel.changes`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.changes import Step
from config.kernel.imports import Effect
from inventory.events import AlertLineSet
from inventory.models import StockLevel
from inventory.services import alerts

SEPARATOR = "@"  # between SKU and warehouse in the name of a thing; no SKU has it


@transaction.atomic
def set_lines(keys: Sequence[int], *, asked: Mapping, dry: bool, by: Actor, now: datetime) -> list[Step]:
    """Have somebody told below `alert_below` available units, or nobody."""
    rows = StockLevel.objects.filter(pk__in=keys).select_related("variant__product", "warehouse")
    line, steps, changed = asked["alert_below"], [], []
    for level in rows.order_by("pk") if dry else rows.locked():
        before = level.alert_below
        if before == line:
            steps.append(Step(level.variant.sku, kept_because=_("It has this alert line already.")))
            continue
        effect = Effect(_thing(level), {"alert_below": before}, {"alert_below": line})
        label = f"{level.variant.product.title} · {level.variant.sku}"
        steps.append(Step(label, _told(before), _told(line), effect))
        changed.append((level, line))
    if not dry:
        _set(changed, by=by, now=now)
    return steps


@transaction.atomic
def undo(effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
    """See `config.kernel.imports.Undo`."""
    skus = [effect.thing.rpartition(SEPARATOR)[0] for effect in effects]
    rows = StockLevel.objects.filter(variant__sku__in=skus).select_related("variant__product", "warehouse").locked()
    known, told, changed = {_thing(level): level for level in rows}, [], []
    for effect in effects:
        level = known.get(effect.thing)
        if level is None or level.alert_below != effect.after["alert_below"]:
            told.append(_("It was changed again since."))
        else:
            told.append("")
            changed.append((level, effect.before["alert_below"]))
    _set(changed, by=by, now=now)
    return told


def _set(changed: list[tuple[StockLevel, int | None]], *, by: Actor, now: datetime) -> None:
    facts = []
    for level, line in changed:
        product = str(level.variant.product.public_id)
        facts.append(
            AlertLineSet(product_id=product, sku=level.variant.sku, before=level.alert_below, after=line)
        )  # fmt: skip
        level.alert_below = line
    if facts:
        StockLevel.objects.bulk_update([level for level, _line in changed], ["alert_below"])
        events.record_many(facts, by=by, now=now)
        alerts.judge([level.pk for level, _line in changed], by=by, now=now)


def _thing(level: StockLevel) -> str:
    return f"{level.variant.sku}{SEPARATOR}{level.warehouse.code}"


def _told(line: int | None) -> str:
    return f"{line:,}" if line is not None else _("no alert line")
