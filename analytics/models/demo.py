from datetime import timedelta

from django.db import models
from django.db.models import Q


class DemoClock(models.Model):
    """How far the clock of a demo goes ahead of the machine's: one row, and only where sample shops were made."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    ahead_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_demo_clock")]

    def __str__(self):
        return str(self.ahead)

    @property
    def ahead(self) -> timedelta:
        return timedelta(seconds=self.ahead_seconds)
