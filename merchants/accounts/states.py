"""What can happen to a merchant, and how an API key stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.kernel.flow import Flow


class MerchantStatus(models.TextChoices):
    OPEN = "open", _("Open")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


MERCHANT_FLOW = Flow(
    "merchant",
    {
        MerchantStatus.OPEN: frozenset({MerchantStatus.SUSPENDED, MerchantStatus.CLOSED}),
        MerchantStatus.SUSPENDED: frozenset({MerchantStatus.OPEN, MerchantStatus.CLOSED}),
    },
)


class Density(models.TextChoices):
    """How close together the rows of lists stand."""

    COMPACT = "compact", _("Compact")
    STANDARD = "standard", pgettext_lazy("density", "Standard")
    ROOMY = "roomy", _("Roomy")


class CredentialPhase(models.TextChoices):
    """Time and people decide it: it is computed, not kept."""

    ACTIVE = "active", _("Active")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
