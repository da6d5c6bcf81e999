"""Reads of what the operator offers."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from merchants.marketplace.models import Category, CommissionRule, CommissionSchedule, SalesChannel
from merchants.marketplace.rules import Tariff, Terms, Version


def categories() -> QuerySet[Category]:
    """The open tree in its own order, with all names."""
    return Category.objects.filter(is_open=True).order_by("path").prefetch_related("names")


def channels(*, currency: str) -> QuerySet[SalesChannel]:
    """Where a merchant who counts in this currency may sell."""
    return SalesChannel.objects.filter(currency=currency, is_open=True).order_by("code")


def tariff(*, categories: Collection[int]) -> Tariff:
    """What the operator takes and took of sales in these categories."""
    rules: dict[int, list[Terms]] = defaultdict(list)
    for rule in CommissionRule.objects.select_related("schedule", "merchant", "category").order_by("pk"):
        rules[rule.schedule_id].append(
            Terms(
                rule.pk, str(rule), rule.merchant_id, rule.category.path if rule.category else "", rule.currency,
                rule.rate_ppm, rule.tax_ppm, rule.least_minor, rule.most_minor,
            )
        )  # fmt: skip
    schedules = CommissionSchedule.objects.order_by("-starts_at")
    versions = [Version(each.starts_at, each.ends_at, tuple(rules[each.pk])) for each in schedules]
    paths = Category.objects.filter(pk__in=categories).values_list("pk", "path") if versions else ()
    return Tariff(versions, dict(paths))


def latest_rules() -> list[CommissionRule]:
    """Those of the version that starts last, which may be yet to come."""
    latest = CommissionSchedule.objects.order_by("-starts_at")[:1]
    found = CommissionRule.objects.filter(schedule__in=latest.values("pk")).select_related("merchant", "category")
    return list(found.order_by("pk"))
