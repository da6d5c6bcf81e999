"""Prices from a file: each line what a variant costs on a channel from now on."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.models import Variant
from catalog.ports import NewPrice
from config.kernel.actors import Actor
from config.kernel.imports import Effect, Outcome, Problem, Verdict
from config.kernel.money import Money
from merchants.marketplace.models import SalesChannel
from pricing.models import Price
from pricing.services import prices

SEPARATOR = "@"  # between SKU and channel in the name of a thing; no SKU has it


class PriceLine(NamedTuple):
    sku: str
    channel: SalesChannel
    price: Money


def take(rows: Sequence[tuple], *, dry: bool, by: Actor, now: datetime) -> list[Verdict]:
    """See `config.kernel.imports.Take`."""
    lines = [PriceLine(*row) for row in rows]
    known = _known([line.sku for line in lines], is_locked=not dry)
    stands = prices.latest([pk for pk, _product in known.values()])
    new, verdicts = [], []
    for line in lines:
        verdict = _judge(line, known, stands, now=now)
        verdicts.append(verdict)
        if verdict.outcome == Outcome.CHANGED:
            pk, product = known[line.sku]
            new.append(NewPrice(pk, line.channel.pk, line.price, product, line.sku))
    if new and not dry:
        prices.set_prices(new, by=by, now=now)
    return verdicts


def _known(skus: list[str], *, is_locked: bool) -> dict[str, tuple[int, str]]:
    variants = Variant.objects.filter(sku__in=skus)
    variants = variants.locked() if is_locked else variants
    return {sku: (pk, str(product)) for sku, pk, product in variants.values_list("sku", "pk", "product__public_id")}


def _judge(line: PriceLine, known: dict, stands: dict[tuple[int, int], Price], *, now: datetime) -> Verdict:
    if line.sku not in known:
        return _rejected("sku", _("There is no variant with this SKU. Bring the products in first."))
    if line.price is None or line.channel is None:
        return _rejected("price" if line.price is None else "channel", _("A price needs an amount and a channel."))
    before = stands.get((known[line.sku][0], line.channel.pk))
    if before and before.amount == line.price:
        return Verdict(Outcome.UNCHANGED)
    if before and before.starts_at >= now:
        return _rejected("price", _("A newer price stands already. Look at it, then try again."))
    thing = f"{line.sku}{SEPARATOR}{line.channel.code}"
    was = {"minor": before.amount_minor if before else None}
    return Verdict(Outcome.CHANGED, effect=Effect(thing, was, {"minor": line.price.minor}))


def _rejected(column: str, told: str) -> Verdict:
    return Verdict(Outcome.REJECTED, [Problem(column, told)])


def undo(effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
    """See `config.kernel.imports.Undo`. A price that held once stays on record: the one before it starts again."""
    places = [effect.thing.rpartition(SEPARATOR)[::2] for effect in effects]
    known = _known([sku for sku, _code in places], is_locked=True)
    channels = {
        channel.code: channel for channel in SalesChannel.objects.filter(code__in={code for _sku, code in places})
    }
    stands = prices.latest([pk for pk, _product in known.values()])
    told, new = [], []
    for effect, (sku, code) in zip(effects, places, strict=True):
        pk, product = known.get(sku, (None, ""))
        now_stands = stands.get((pk, channels[code].pk)) if pk and code in channels else None
        if now_stands is None or now_stands.amount_minor != effect.after["minor"]:
            told.append(_("Its price was changed again since."))
        elif effect.before["minor"] is None:
            told.append(_("It had no price before, and a price that held stays on record."))
        else:
            told.append("")
            price = Money(effect.before["minor"], channels[code].currency)
            new.append(NewPrice(pk, channels[code].pk, price, product, sku))
    if new:
        prices.set_prices(new, by=by, now=now)
    return told
