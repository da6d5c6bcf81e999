from django.db import models

from config.kernel import ids
from config.kernel.money import CurrencyField


class OrderGroup(models.Model):
    """What a buyer sent at once, to one merchant or several; it says nothing about the buyer."""

    public_id = models.UUIDField(default=ids.fresh, unique=True, editable=False)
    source = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    placed_at = models.DateTimeField()
    currency = CurrencyField()
    source_status = models.CharField(max_length=40, blank=True)  # as the source has it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_group_per_number")]

    def __str__(self):
        return self.number
