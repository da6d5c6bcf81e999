"""How a commission came about, in words and numbers."""

from decimal import Decimal

from django.utils.translation import gettext as _

from config.templatetags.ui import money
from merchants.money.models import CommissionLine, CommissionReturn, LedgerTransaction
from merchants.money.states import AdjustmentReason, Bound, HoldReason, Kind


def percent(ppm: int) -> str:
    """`12.5 %` of 125,000 millionths."""
    return f"{Decimal(ppm).scaleb(-4).normalize():f}\u00a0%"


def frozen(line: CommissionLine) -> str:
    """`2 × TENT-1 for €80.00: 12.5 % of €80.00 = €10.00; tax 6 % = €0.60`."""
    what = _sold(line)
    if line.rule_id is None:
        return _("%(what)s: no commission was announced for it") % {"what": what}
    told = {
        "what": what, "rate": percent(line.rate_ppm), "base": money(line.base), "fee": money(line.fee),
        "bound": Bound(line.bound).label, "tax_rate": percent(line.tax_ppm), "tax": money(line.tax),
    }  # fmt: skip
    if line.bound:
        text = _("%(what)s: %(rate)s of %(base)s, %(bound)s of %(fee)s")
    else:
        text = _("%(what)s: %(rate)s of %(base)s = %(fee)s")
    tax = _("; tax %(tax_rate)s = %(tax)s") if line.tax_ppm else ""
    return (text + tax) % told


def _sold(line: CommissionLine) -> str:
    told = {"count": f"{line.quantity:,}", "sku": line.sku, "goods": money(line.goods), "freight": money(line.freight)}
    if line.freight_minor:
        return _("%(count)s × %(sku)s for %(goods)s and freight %(freight)s") % told
    return _("%(count)s × %(sku)s for %(goods)s") % told


def given_back(back: CommissionReturn) -> str:
    """`TENT-1: €40.00 of €80.00 refunded, so €5.00 of €10.00 commission and €0.30 of €0.60 tax`."""
    of = back.commission
    told = {
        "sku": of.sku, "goods": money(back.goods), "of_goods": money(of.goods), "fee": money(back.fee),
        "of_fee": money(of.fee), "tax": money(back.tax), "of_tax": money(of.tax),
    }  # fmt: skip
    if of.tax_minor:
        text = _(
            "%(sku)s: %(goods)s of %(of_goods)s refunded, so %(fee)s of %(of_fee)s commission and "
            "%(tax)s of %(of_tax)s tax"
        )
    else:
        text = _("%(sku)s: %(goods)s of %(of_goods)s refunded, so %(fee)s of %(of_fee)s commission")
    if back.freight_minor:
        return _("%(refund)s; freight %(freight)s") % {"refund": text % told, "freight": money(back.freight)}
    return text % told


def why(movement: LedgerTransaction) -> str:
    """The reason of what was done by hand."""
    reasons = HoldReason if movement.kind in (Kind.HOLD, Kind.RELEASE) else AdjustmentReason
    reason = str(dict(reasons.choices).get(movement.reason, movement.reason))
    return f"{reason}: {movement.explanation}" if movement.explanation else reason


def parts(movement: LedgerTransaction) -> list[str]:
    """Of one with its arithmetic: a line for each sold or refunded line, or why it was done."""
    told = [*map(frozen, movement.frozen), *map(given_back, movement.returned)]
    if movement.kind == Kind.UNCLEAR:
        told.append(_("Cancelled. It is not known whether the buyer got the money back, so nothing is payable."))
    return told or ([why(movement)] if movement.reason else [])
