from django.db import models
from django.db.models import Q

from catalog.models.products import Variant
from catalog.states import LISTING_FLOW, ListingStatus
from config.kernel.constraints import SameMerchant
from config.kernel.flow import Moving
from merchants.accounts.models import MerchantOwned
from merchants.marketplace.models import SalesChannel


class Listing(Moving, MerchantOwned):
    """A variant on a sales channel. It alone says whether the variant is on sale there."""

    flow = LISTING_FLOW

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="listings", db_constraint=False)
    channel = models.ForeignKey(SalesChannel, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=ListingStatus)
    listed_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("variant"),
            models.UniqueConstraint(fields=["merchant", "variant", "channel"], name="one_listing_per_channel"),
            models.CheckConstraint(condition=Q(status__in=ListingStatus.values), name="listing_status_known"),
        ]
