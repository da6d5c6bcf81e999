"""What the operator takes of sales: one version after the other, none changed once it is announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel.actors import Actor
from config.kernel.transactions import one_at_a_time
from merchants.accounts.models import Merchant
from merchants.marketplace.errors import CodeTaken, NotInThePast, RulesOverlap
from merchants.marketplace.events import CommissionAnnounced
from merchants.marketplace.models import Category, CommissionRule, CommissionSchedule
from merchants.marketplace.services import telling


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rate with what it is for; None is for all. Bounds are minor units of `currency`."""

    rate_ppm: int
    tax_ppm: int = 0
    merchant: Merchant | None = None
    category: Category | None = None
    currency: str = ""
    least_minor: int | None = None
    most_minor: int | None = None

    @property
    def scope(self) -> tuple:
        return self.merchant and self.merchant.pk, self.category and self.category.pk, self.currency


@transaction.atomic
def announce(
    *, code: str, starts_at: datetime, rules: Sequence[NewRule], by: Actor, now: datetime
) -> CommissionSchedule:  # fmt: skip
    """Let a version hold from a moment on; the one before it ends there.

    It starts after now and after every other version, so that no sale that was made changes its terms. Only the very
    first may start in the past. Raises CodeTaken, NotInThePast, RulesOverlap.
    """
    one_at_a_time("commission schedules")
    latest = CommissionSchedule.objects.order_by("-starts_at").first()
    if CommissionSchedule.objects.filter(code=code).exists():
        raise CodeTaken(_("Another version has this code."), field="code")
    if latest and starts_at <= max(now, latest.starts_at):
        raise NotInThePast(_("It must start in the future, and after every other version."), field="starts_at")
    if len({rule.scope for rule in rules}) != len(rules):
        raise RulesOverlap(_("Two rules are for the same merchant, category and currency."), field="rules")
    if latest:
        latest.ends_at = starts_at
        latest.save(update_fields=["ends_at"])
    schedule = CommissionSchedule.objects.create(code=code, starts_at=starts_at, announced_at=now)
    CommissionRule.objects.bulk_create(
        CommissionRule(
            schedule=schedule, merchant=rule.merchant, category=rule.category, currency=rule.currency,
            rate_ppm=rule.rate_ppm, tax_ppm=rule.tax_ppm, least_minor=rule.least_minor, most_minor=rule.most_minor,
        )
        for rule in rules
    )  # fmt: skip
    fact = CommissionAnnounced(code=code, starts_at=starts_at.isoformat(), rules=len(rules))
    telling.tell(fact, by=by, now=now)
    return schedule
