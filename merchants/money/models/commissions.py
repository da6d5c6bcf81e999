from django.db import models
from django.db.models import Q

from config.kernel.books import AppendOnly
from config.kernel.constraints import SameMerchant
from config.kernel.money import CurrencyField, MinorField, Money
from merchants.accounts.models import MerchantOwned
from merchants.marketplace.models import CommissionRule
from merchants.money.models.ledger import LedgerTransaction
from merchants.money.states import Bound


class CommissionLine(MerchantOwned):
    """What the operator takes of one sold line, frozen with the rule as it read then.

    `goods_minor` is what the buyer paid for the goods, tax contained; `base_minor` is what the rate was taken of: the
    goods without that tax and without freight.
    """

    append_only = True

    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="commissions", db_constraint=False, db_index=False
    )
    line_id = models.UUIDField()  # the order line's, which lies in an app above this one
    position = models.PositiveIntegerField()
    sku = models.CharField(max_length=60)
    quantity = models.PositiveIntegerField()
    currency = CurrencyField()
    goods_minor = MinorField()
    freight_minor = MinorField()
    base_minor = MinorField()
    rule = models.ForeignKey(CommissionRule, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    rule_code = models.CharField(max_length=200, blank=True)
    rate_ppm = models.PositiveIntegerField()
    least_minor = MinorField(null=True)
    most_minor = MinorField(null=True)
    bound = models.CharField(max_length=5, choices=Bound, blank=True)
    fee_minor = MinorField()
    tax_ppm = models.PositiveIntegerField()
    tax_minor = MinorField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("transaction"),
            models.UniqueConstraint(fields=["merchant", "line_id"], name="one_commission_per_line"),
            models.CheckConstraint(condition=Q(bound__in=Bound.values), name="commission_bound_known"),
            models.CheckConstraint(
                condition=Q(goods_minor__gte=0, freight_minor__gte=0, fee_minor__gte=0, tax_minor__gte=0),
                name="commission_not_negative",
            ),
            AppendOnly(),
        ]
        indexes = [models.Index(fields=["merchant", "transaction"], name="commission_of")]

    @property
    def goods(self) -> Money:
        return Money(self.goods_minor, self.currency)

    @property
    def freight(self) -> Money:
        return Money(self.freight_minor, self.currency)

    @property
    def base(self) -> Money:
        return Money(self.base_minor, self.currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)


class CommissionReturn(MerchantOwned):
    """What one refund gave back of a frozen commission; goods and freight are what the buyer got back."""

    append_only = True

    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="returns", db_constraint=False, db_index=False
    )
    commission = models.ForeignKey(
        CommissionLine, on_delete=models.PROTECT, related_name="returns", db_constraint=False, db_index=False
    )
    currency = CurrencyField()
    goods_minor = MinorField()
    freight_minor = MinorField()
    fee_minor = MinorField()
    tax_minor = MinorField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("transaction"),
            SameMerchant("commission"),
            models.UniqueConstraint(fields=["merchant", "transaction", "commission"], name="one_return_per_refund"),
            models.CheckConstraint(
                condition=Q(goods_minor__gte=0, freight_minor__gte=0, fee_minor__gte=0, tax_minor__gte=0),
                name="commission_return_not_negative",
            ),
            AppendOnly(),
        ]
        indexes = [models.Index(fields=["merchant", "commission"], name="return_of_commission")]

    @property
    def goods(self) -> Money:
        return Money(self.goods_minor, self.currency)

    @property
    def freight(self) -> Money:
        return Money(self.freight_minor, self.currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)
