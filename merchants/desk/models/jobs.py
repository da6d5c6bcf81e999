from django.db import models
from django.db.models import Q
from django.urls import reverse

from config.kernel import ids
from config.kernel.flow import Moving
from merchants.accounts.models import MerchantOwned
from merchants.desk.states import JOB_FLOW, JobStatus


class Job(Moving, MerchantOwned):
    """Long work that somebody asked for, done in steps; each step commits together with `checkpoint`.

    Whoever holds `lease` works on it until `lease_until`, which every step moves on. `tries` counts how often it was
    taken up since the last step that ended. `resumed_at` and `resumed_done` are what its rate is reckoned from.
    """

    flow = JOB_FLOW

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=20)
    arguments = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    status = models.CharField(max_length=20, choices=JobStatus, default=JobStatus.QUEUED)
    started_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    done = models.PositiveBigIntegerField(default=0)
    resumed_done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    errors = models.PositiveBigIntegerField(default=0)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    file = models.CharField(max_length=200, blank=True)
    failure = models.TextField(blank=True)

    turn_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.CheckConstraint(condition=Q(status__in=JobStatus.values), name="job_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.going()) | Q(ended_at__isnull=False), name="job_end_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "-created_at", "-id"], name="job_newest"),
            models.Index(fields=["queue", "turn_at"], condition=Q(status__in=JobStatus.going()), name="job_next"),
            models.Index(fields=["expires_at"], name="job_expiry"),
        ]

    @property
    def about(self) -> str:
        return f"job:{self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("desk:job", args=[self.merchant.slug, self.public_id])
