from django.db import models
from django.db.models import Q

from config.kernel import ids
from config.kernel.books import AppendOnly
from config.kernel.constraints import SameMerchant
from config.kernel.money import CurrencyField, MinorField, Money
from merchants.accounts.models import MerchantOwned
from merchants.money.states import HoldReason


class PayoutTerms(MerchantOwned):
    """The least that is paid out to a merchant at once; less than that waits."""

    currency = CurrencyField()
    least_minor = MinorField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "currency"], name="one_minimum_per_currency"),
            models.CheckConstraint(condition=Q(least_minor__gte=0), name="payout_minimum_not_negative"),
        ]

    @property
    def least(self) -> Money:
        return Money(self.least_minor, self.currency)


class Hold(MerchantOwned):
    """Money that is not paid out for a reason, until a release: an amount, or all of it where there is none."""

    append_only = True

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    currency = CurrencyField()
    amount_minor = MinorField(null=True)
    reason = models.CharField(max_length=20, choices=HoldReason)
    explanation = models.CharField(max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=100)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_hold_per_public_id"),
            models.CheckConstraint(condition=Q(reason__in=HoldReason.values), name="hold_reason_known"),
            models.CheckConstraint(
                condition=Q(amount_minor__isnull=True) | Q(amount_minor__gt=0), name="hold_of_something"
            ),
            AppendOnly(),
        ]
        indexes = [models.Index(fields=["merchant", "-placed_at", "-id"], name="hold_newest")]

    @property
    def amount(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)

    @property
    def is_open(self) -> bool:
        """Needs `release` selected where many are asked."""
        return not hasattr(self, "release")


class HoldRelease(MerchantOwned):
    """Why a hold ended, by whom, when."""

    append_only = True

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="release", db_constraint=False)
    explanation = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta(MerchantOwned.Meta):
        constraints = [*MerchantOwned.Meta.constraints, SameMerchant("hold"), AppendOnly()]
