"""What can happen to a product and to its listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kernel.flow import Flow


class ProductStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    ARCHIVED = "archived", _("Archived")


PRODUCT_FLOW = Flow(
    "product",
    {
        ProductStatus.DRAFT: frozenset({ProductStatus.READY, ProductStatus.ARCHIVED}),
        ProductStatus.READY: frozenset({ProductStatus.DRAFT, ProductStatus.ARCHIVED}),
        ProductStatus.ARCHIVED: frozenset({ProductStatus.DRAFT}),
    },
)


class ListingStatus(models.TextChoices):
    LIVE = "live", _("On sale")
    PAUSED = "paused", _("Paused")
    DELISTED = "delisted", _("Delisted")


LISTING_FLOW = Flow(
    "listing",
    {
        ListingStatus.LIVE: frozenset({ListingStatus.PAUSED, ListingStatus.DELISTED}),
        ListingStatus.PAUSED: frozenset({ListingStatus.LIVE, ListingStatus.DELISTED}),
        ListingStatus.DELISTED: frozenset({ListingStatus.LIVE}),
    },
)
