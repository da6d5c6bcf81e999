from datetime import datetime

from django.db import models
from django.db.models import Q

from config.kernel.owned import OwnedManager, OwnedQuerySet
from merchants.accounts.models import MerchantOwned


class DeliveryQuerySet(OwnedQuerySet):
    def due(self, now: datetime):
        return self.filter(done_at=None, gave_up_at=None, due_at__lte=now)

    def claimed(self):
        """Lock what no other worker holds, and wait for nobody."""
        return self.select_for_update(of=("self",), skip_locked=True)


class EventDelivery(MerchantOwned):
    """One batch of facts of one name on its way to one subscriber.

    `attempts` counts tries that were begun; `due_at` is when the next one may be, so it lies ahead while one is under
    way. `error` is what the last try died of.
    """

    batch = models.UUIDField()
    name = models.CharField(max_length=100)
    subscriber = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)

    objects = OwnedManager.from_queryset(DeliveryQuerySet)()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "batch", "subscriber"], name="one_delivery_per_batch"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(gave_up_at=None), name="delivery_ends_one_way"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=Q(done_at=None, gave_up_at=None)),
            models.Index(fields=["gave_up_at"], name="delivery_parked", condition=Q(gave_up_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.name} → {self.subscriber}"
