"""Why a merchant is suspended, and how a vacation stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SuspensionReason(models.TextChoices):
    DOCUMENTS = "documents", _("Documents are missing or have expired")
    QUALITY = "quality", _("Too many orders late, cancelled or sent back")
    RISK = "risk", _("Something is being looked into")
    MONEY = "money", _("Money is owed to the platform")
    OWN_WISH = "own_wish", _("The merchant's own wish")


class VacationPhase(models.TextChoices):
    """Time decides it: it is computed, not kept."""

    UPCOMING = "upcoming", _("Planned")
    RUNNING = "running", _("On vacation")
    OVER = "over", _("Over")
