from django.db import models
from django.db.models import Q

from catalog.models import Variant
from config.kernel.constraints import SameMerchant
from config.kernel.money import CurrencyField, MinorField, Money
from merchants.accounts.models import MerchantOwned
from merchants.marketplace.models import SalesChannel


class Price(MerchantOwned):
    """What a variant costs on a channel from `starts_at` on, until a later price starts."""

    append_only = True  # a price that held once is evidence

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    channel = models.ForeignKey(SalesChannel, on_delete=models.PROTECT, related_name="+")
    amount_minor = MinorField()
    currency = CurrencyField()
    starts_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("variant"),
            models.UniqueConstraint(
                fields=["merchant", "variant", "channel", "starts_at"], name="one_price_per_moment"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="price_not_negative"),
        ]  # fmt: skip

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
