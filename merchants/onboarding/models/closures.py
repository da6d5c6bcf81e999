from datetime import datetime

from django.db import models
from django.db.models import F, Q

from config.kernel import ids
from merchants.accounts.models import MerchantOwned
from merchants.onboarding.states import SuspensionReason, VacationPhase


class Suspension(MerchantOwned):
    """Why the platform lets a merchant sell nothing, since when and by whom; the open one has no end."""

    reason = models.CharField(max_length=20, choices=SuspensionReason)
    explanation = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["merchant"], condition=Q(ended_at__isnull=True), name="one_suspension_at_a_time"
            ),
            models.CheckConstraint(condition=Q(reason__in=SuspensionReason.values), name="suspension_reason_known"),
        ]


class Vacation(MerchantOwned):
    """Days in the merchant's zone, the last one included, on which its shop takes no orders, and the same as moments.

    One that is ended early ends at that moment.
    """

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    first_on = models.DateField()
    last_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_vacation_per_public_id"),
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="vacation_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["merchant", "-ends_at"], name="vacation_latest")]

    def phase(self, now: datetime) -> VacationPhase:
        if now >= self.ends_at:
            return VacationPhase.OVER
        return VacationPhase.UPCOMING if now < self.starts_at else VacationPhase.RUNNING
