"""Counted stock from a file: each line how many units of a variant lie in the warehouse."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.models import Variant
from config.kernel.actors import Actor
from config.kernel.imports import Effect, Outcome, Problem, Verdict
from inventory.models import StockLevel
from inventory.services import stock
from inventory.services.stock import Units
from inventory.states import AdjustmentReason


class StockLine(NamedTuple):
    sku: str
    counted: int


def take(rows: Sequence[tuple], *, dry: bool, by: Actor, now: datetime) -> list[Verdict]:
    """See `config.kernel.imports.Take`."""
    lines = [StockLine(*row) for row in rows]
    variants = _variants([line.sku for line in lines])
    levels = _levels(variants, is_locked=not dry)
    verdicts = [_judge(line, variants, levels) for line in lines]
    if not dry:
        counted = [
            Units(variants[line.sku], line.counted, reason=AdjustmentReason.COUNTED)
            for line, verdict in zip(lines, verdicts, strict=True) if verdict.effect
        ]  # fmt: skip
        stock.adjust(counted, by=by, now=now)
    return verdicts


def _variants(skus: Sequence[str]) -> dict[str, Variant]:
    return {each.sku: each for each in Variant.objects.filter(sku__in=skus).select_related("product")}


def _levels(variants: dict[str, Variant], *, is_locked: bool) -> dict[int, StockLevel]:
    keys = [each.pk for each in variants.values()]
    found = StockLevel.objects.filter(variant__in=keys, warehouse__is_default=True)
    return {level.variant_id: level for level in (found.locked() if is_locked else found)}


def _judge(line: StockLine, variants: dict[str, Variant], levels: dict[int, StockLevel]) -> Verdict:
    if line.sku not in variants:
        return _rejected("sku", _("There is no variant with this SKU. Bring the products in first."))
    if line.counted is None:
        return _rejected("counted", _("Write how many units lie there."))
    level = levels.get(variants[line.sku].pk)
    before, held = (level.on_hand, level.reserved + level.damaged) if level else (0, 0)
    if line.counted < held:
        told = _("%(held)s units are reserved for orders or damaged: there cannot be fewer.")
        return _rejected("counted", told % {"held": f"{held:,}"})
    if line.counted == before:
        return Verdict(Outcome.UNCHANGED)
    return Verdict(Outcome.CHANGED, effect=Effect(line.sku, {"on_hand": before}, {"on_hand": line.counted}))


def _rejected(column: str, told: str) -> Verdict:
    return Verdict(Outcome.REJECTED, [Problem(column, told)])


def undo(effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
    """See `config.kernel.imports.Undo`."""
    variants = _variants([effect.thing for effect in effects])
    levels = _levels(variants, is_locked=True)
    told, back = [], []
    for effect in effects:
        variant = variants.get(effect.thing)
        level = levels.get(variant.pk) if variant else None
        if level is None or level.on_hand != effect.after["on_hand"]:
            told.append(_("Its stock has moved since."))
        elif effect.before["on_hand"] < level.reserved + level.damaged:
            told.append(_("More is reserved for orders by now than there was before."))
        else:
            told.append("")
            back.append(Units(variant, effect.before["on_hand"], reason=AdjustmentReason.COUNTED))
    stock.adjust(back, by=by, now=now)
    return told
