from django.db import models
from django.db.models import Q

from config.kernel import ids
from config.kernel.constraints import SameMerchant
from config.kernel.money import CurrencyField, MinorField, Money
from fulfillment.models.orders import Order, OrderLine
from fulfillment.states import RefundReason
from merchants.accounts.models import MerchantOwned


class Refund(MerchantOwned):
    """Money of an order that goes back to its buyer. The row reserves it: what is written is not refunded again.

    `key` makes it happen once.
    """

    append_only = True

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds", db_constraint=False)
    key = models.CharField(max_length=120)
    amount_minor = MinorField()
    currency = CurrencyField()
    reason = models.CharField(max_length=20, choices=RefundReason)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("order"),
            models.UniqueConstraint(fields=["merchant", "key"], name="one_refund_per_key"),
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_refund_per_public_id"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_of_something"),
            models.CheckConstraint(condition=Q(reason__in=RefundReason.values), name="refund_reason_known"),
        ]
        indexes = [models.Index(fields=["merchant", "order"], name="refund_of_order")]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class RefundLine(MerchantOwned):
    """What of a refund is for an order line, its goods and its freight."""

    append_only = True

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines", db_constraint=False)
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    goods_minor = MinorField()
    freight_minor = MinorField()
    currency = CurrencyField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("refund"),
            SameMerchant("line"),
            models.UniqueConstraint(fields=["merchant", "refund", "line"], name="one_share_per_line"),
            models.CheckConstraint(condition=Q(goods_minor__gte=0, freight_minor__gte=0), name="refund_not_negative"),
        ]
        indexes = [models.Index(fields=["merchant", "line"], name="refund_of_line")]

    @property
    def goods(self) -> Money:
        return Money(self.goods_minor, self.currency)

    @property
    def freight(self) -> Money:
        return Money(self.freight_minor, self.currency)

    @property
    def amount(self) -> Money:
        return Money(self.goods_minor + self.freight_minor, self.currency)
