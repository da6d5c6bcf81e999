from django.db import models
from django.db.models import Q

from catalog.models import Variant
from config.kernel.constraints import SameMerchant
from config.kernel.money import MinorField
from fulfillment.models.orders import OrderLine
from fulfillment.models.prices import Priced
from fulfillment.models.refunds import Refund
from fulfillment.rules import MILLION
from fulfillment.states import MatchRule
from merchants.accounts.models import Buyer, MerchantOwned, Sourced, one_per_source


class CreditLine(Priced, Sourced, MerchantOwned):
    """A line by which a source takes back what it sold without saying what that was, and by which `rule` the sale was
    found, or why none was. Without a variant it is about a charge; without a buyer the source names none.

    `number` is the source's own of the document that it is a line of.
    """

    append_only = True

    number = models.CharField(max_length=60)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+", db_constraint=False, null=True)
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="+", db_constraint=False, null=True)
    name = models.CharField(max_length=200)
    sku = models.CharField(max_length=60)
    at = models.DateTimeField()
    rule = models.CharField(max_length=20, choices=MatchRule)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            one_per_source(),
            SameMerchant("variant"),
            SameMerchant("buyer"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="credit_of_something"),
            models.CheckConstraint(condition=Q(unit_price_ppm__lt=MILLION), name="credit_price_is_carried"),
            models.CheckConstraint(condition=Q(rule__in=MatchRule.values), name="credit_rule_known"),
        ]
        indexes = [models.Index(fields=["merchant", "-at", "-id"], name="credit_newest")]


class CreditMatch(MerchantOwned):
    """Units of an order line that a credit takes back. Without a refund they came to nothing."""

    append_only = True

    credit = models.ForeignKey(CreditLine, on_delete=models.PROTECT, related_name="matches", db_constraint=False)
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="credits", db_constraint=False)
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="credits", db_constraint=False, null=True)
    quantity = models.PositiveIntegerField()
    amount_minor = MinorField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("credit"),
            SameMerchant("line"),
            SameMerchant("refund"),
            models.UniqueConstraint(fields=["merchant", "credit", "line"], name="one_match_per_line"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="match_of_something"),
            models.CheckConstraint(
                condition=Q(amount_minor=0) | Q(amount_minor__gt=0, refund__isnull=False), name="match_money_goes_back"
            ),
        ]
        indexes = [models.Index(fields=["merchant", "line"], name="credits_of_line")]
