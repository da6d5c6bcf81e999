from datetime import timedelta

from django.db import models
from django.db.models import Q

from merchants.desk.states import DutyOutcome


class Duty(models.Model):
    """Something the platform does again and again; what it is stands in the code, when it is due stands here."""

    key = models.CharField(max_length=60, unique=True)
    cadence_seconds = models.PositiveIntegerField()
    next_due_at = models.DateTimeField()
    is_paused = models.BooleanField(default=False)
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_outcome = models.CharField(max_length=20, choices=DutyOutcome, blank=True)
    last_milliseconds = models.PositiveIntegerField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cadence_seconds__gt=0), name="duty_cadence_positive"),
            models.CheckConstraint(condition=Q(last_outcome__in=["", *DutyOutcome.values]), name="duty_outcome_known"),
        ]

    def __str__(self):
        return self.key

    @property
    def cadence(self) -> timedelta:
        return timedelta(seconds=self.cadence_seconds)


class DutyRun(models.Model):
    """One performance of a duty: of each time that it was due there is at most one."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="runs")
    due_at = models.DateTimeField()
    started_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=DutyOutcome)
    failure = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "due_at"], name="duty_once_per_time"),
            models.CheckConstraint(condition=Q(outcome__in=DutyOutcome.values), name="duty_run_outcome_known"),
        ]
        indexes = [models.Index(fields=["started_at"], name="duty_run_age")]
