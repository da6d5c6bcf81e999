from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from config.kernel.books import AppendOnly
from config.kernel.money import CurrencyField, MinorField, Money
from merchants.accounts.models import MerchantOwned
from merchants.money import rules


class Statement(MerchantOwned):
    """A month of a merchant in one currency, closed: nothing is posted into it any more.

    The sums are those of the merchant's payable account, by what its lines are for; the lines are the ledger's own.
    """

    append_only = True

    number = models.CharField(max_length=20)  # 2025-03-EUR
    period_on = models.DateField()
    zone = models.CharField(max_length=60)  # in which the month was one
    currency = CurrencyField()
    entries = models.PositiveIntegerField()
    opening_minor = MinorField()
    sales_minor = MinorField()
    refunds_minor = MinorField()
    commission_minor = MinorField()
    commission_tax_minor = MinorField()
    adjustments_minor = MinorField()
    held_minor = MinorField()
    closing_minor = MinorField()
    closed_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "period_on", "currency"], name="one_statement_per_period"),
            models.UniqueConstraint(fields=["merchant", "number"], name="one_statement_per_number"),
            models.CheckConstraint(
                condition=Q(
                    closing_minor=F("opening_minor") + F("sales_minor") + F("refunds_minor") + F("commission_minor")
                    + F("commission_tax_minor") + F("adjustments_minor") + F("held_minor")
                ),
                name="statement_adds_up",
            ),
            AppendOnly(),
        ]  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("money:statement", args=[self.merchant.slug, self.number])

    @property
    def starts_at(self) -> datetime:
        return rules.bounds(self.period_on, zone=ZoneInfo(self.zone))[0]

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return rules.bounds(self.period_on, zone=ZoneInfo(self.zone))[1]

    @property
    def about(self) -> str:
        return f"statement:{self.number}"

    @property
    def opening(self) -> Money:
        return Money(self.opening_minor, self.currency)

    @property
    def closing(self) -> Money:
        return Money(self.closing_minor, self.currency)
