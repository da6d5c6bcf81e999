"""Balances, movements and statements as the API says them."""

from rest_framework import serializers

from config.kernel.api.fields import Moment, MoneyField, Out
from merchants.money.states import Bound, Item, Kind


class ItemOut(Out):
    item = serializers.ChoiceField(Item.choices)
    amount = MoneyField()


class BalanceOut(Out):
    currency = serializers.CharField()
    payable = MoneyField(help_text="What the shop is owed: the sum of the items.")
    items = ItemOut(many=True, source="shown_items")
    held = MoneyField()
    refund_unknown = MoneyField(source="unclear", help_text="Of cancelled orders; it is not paid out.")
    least = MoneyField(help_text="Less than this is not paid out.")
    to_pay_out = MoneyField()


class BalancesOut(Out):
    balances = BalanceOut(many=True)


class CommissionOut(Out):
    """What was taken of one sold line: fee = base x rate, within the limits, and tax on it."""

    position = serializers.IntegerField()
    sku = serializers.CharField()
    quantity = serializers.IntegerField()
    goods = MoneyField()
    freight = MoneyField()
    base = MoneyField()
    rule = serializers.CharField(source="rule_code")
    rate_ppm = serializers.IntegerField(help_text="Millionths: 125000 is 12.5 %.")
    bound = serializers.ChoiceField([("", ""), *((each.value, each.value) for each in Bound if each.value)])
    fee = MoneyField()
    tax_ppm = serializers.IntegerField()
    tax = MoneyField()


class ReturnOut(Out):
    """What a refund gave back of a commission."""

    sku = serializers.CharField(source="commission.sku")
    goods = MoneyField()
    freight = MoneyField()
    fee = MoneyField()
    tax = MoneyField()


class EntryOut(Out):
    """A movement with its arithmetic: gross + fee + tax = net."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.ChoiceField(Kind.choices)
    order = serializers.UUIDField(source="order_id", allow_null=True)
    order_number = serializers.CharField()
    reason = serializers.CharField()
    explanation = serializers.CharField()
    occurred_at = Moment()
    posted_at = Moment()
    period_on = serializers.DateField(help_text="The first day of the month whose statement it is on.")
    gross = MoneyField(source="sums.gross")
    fee = MoneyField(source="sums.fee")
    tax = MoneyField(source="sums.tax")
    net = MoneyField(source="sums.net", help_text="The change of what the shop is owed.")
    commissions = CommissionOut(many=True, source="frozen")
    returns = ReturnOut(many=True, source="returned")


class StatementOut(Out):
    """opening + sales + refunds + commission + commission_tax + adjustments + held = closing."""

    number = serializers.CharField()
    period_on = serializers.DateField(help_text="The first day of the month.")
    zone = serializers.CharField(help_text="The time zone in which the month was one.")
    currency = serializers.CharField()
    entries = serializers.IntegerField()
    opening = MoneyField()
    sales = MoneyField(source="sums.sales")
    refunds = MoneyField(source="sums.refunds")
    commission = MoneyField(source="sums.commission")
    commission_tax = MoneyField(source="sums.commission_tax")
    adjustments = MoneyField(source="sums.adjustments")
    held = MoneyField(source="sums.held")
    closing = MoneyField()
    closed_at = Moment()
