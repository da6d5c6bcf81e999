from django.db import models
from django.db.models import Q

from config.kernel.constraints import SameMerchant
from config.kernel.money import CurrencyField, MinorField, Money
from fulfillment.models.groups import OrderGroup
from fulfillment.models.orders import Order
from fulfillment.states import PaymentKind
from merchants.accounts.models import MerchantOwned, Sourced, one_per_source


class Payment(Sourced, MerchantOwned):
    """What a buyer paid for a group: the platform's row. Its parts, one per merchant, sum to it."""

    group = models.ForeignKey(OrderGroup, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PaymentKind)
    instalments = models.PositiveSmallIntegerField(default=1)
    amount_minor = MinorField()
    currency = CurrencyField()
    paid_at = models.DateTimeField(null=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            one_per_source(),
            models.UniqueConstraint(fields=["merchant", "group", "sequence"], name="one_payment_per_sequence"),
            models.CheckConstraint(condition=Q(kind__in=PaymentKind.values), name="payment_kind_known"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="payment_not_negative"),
        ]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class PaymentPart(MerchantOwned):
    """A merchant's share of a payment, with a copy of what the merchant may see of it.

    `payment` is a row of the platform, so its key is a plain one.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payment_parts", db_constraint=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PaymentKind)
    instalments = models.PositiveSmallIntegerField(default=1)
    amount_minor = MinorField()
    currency = CurrencyField()
    paid_at = models.DateTimeField(null=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("order"),
            models.UniqueConstraint(fields=["merchant", "order", "sequence"], name="one_part_per_sequence"),
            models.CheckConstraint(condition=Q(kind__in=PaymentKind.values), name="part_kind_known"),
        ]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
