"""What can happen to a merchant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
