from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from config.kernel.books import AppendOnly
from config.kernel.money import CurrencyField, MinorField
from merchants.accounts.models import Merchant
from merchants.marketplace.models.categories import Category


class Period(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class CommissionSchedule(models.Model):
    """What the operator takes of a sale, from one moment until the next version holds: `[starts_at, ends_at)`."""

    code = models.SlugField(max_length=40, unique=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="schedule_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="one_schedule_at_a_time",
                expressions=[(Period("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self):
        return self.code


class CommissionRule(models.Model):
    """A rate of one version: for all, for a category and what lies below it, for a merchant, or for both.

    The bounds are of the fee of one order line, in minor units of `currency`; a rule without a currency has none.
    """

    append_only = True  # what once held is what fees are explained by

    schedule = models.ForeignKey(CommissionSchedule, on_delete=models.PROTECT, related_name="rules")
    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="+", null=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", null=True)
    currency = CurrencyField(blank=True)
    rate_ppm = models.PositiveIntegerField()
    tax_ppm = models.PositiveIntegerField(default=0)  # on the fee
    least_minor = MinorField(null=True)
    most_minor = MinorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "merchant", "category", "currency"], nulls_distinct=False, name="one_rule_per_scope"
            ),
            models.CheckConstraint(
                condition=Q(rate_ppm__lte=1_000_000) & Q(tax_ppm__lte=1_000_000), name="commission_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(least_minor__isnull=True, most_minor__isnull=True) | ~Q(currency=""),
                name="commission_bounds_have_a_currency",
            ),
            models.CheckConstraint(
                condition=(Q(least_minor__isnull=True) | Q(least_minor__gte=0))
                & (Q(most_minor__isnull=True) | Q(most_minor__gte=0))
                & (Q(least_minor__isnull=True) | Q(most_minor__isnull=True) | Q(most_minor__gte=F("least_minor"))),
                name="commission_bounds_in_order",
            ),
            AppendOnly(),
        ]

    def __str__(self):
        scope = ", ".join(filter(None, [self.merchant and self.merchant.slug, self.category and self.category.code]))
        return f"{self.schedule.code}: {scope or '*'}"
