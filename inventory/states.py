"""What moves stock, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MovementKind(models.TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("stock", "Announced")
    RECEIVED = "received", pgettext_lazy("stock", "Received")
    ADJUSTED = "adjusted", pgettext_lazy("stock", "Adjusted")
    SHIPPED = "shipped", pgettext_lazy("stock", "Shipped")
    RETURNED = "returned", pgettext_lazy("stock", "Came back")


class AdjustmentReason(models.TextChoices):
    """Why a number was corrected."""

    COUNTED = "counted", _("Counted")
    FOUND = "found", _("Found")
    LOST = "lost", _("Lost or stolen")
    DAMAGED = "damaged", _("Damaged")
    REPAIRED = "repaired", _("Good again")
    SCRAPPED = "scrapped", _("Damaged goods thrown away")
    SOURCE = "source", _("Adjusted at the source")
    OPENING = "opening", _("There before the first record")


# what a person may choose, and whether units are added (1), taken away (-1), or either (0)
BY_HAND = [
    AdjustmentReason.COUNTED, AdjustmentReason.FOUND, AdjustmentReason.LOST, AdjustmentReason.DAMAGED,
    AdjustmentReason.REPAIRED, AdjustmentReason.SCRAPPED,
]  # fmt: skip
