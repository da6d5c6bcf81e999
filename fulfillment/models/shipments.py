from django.db import models

from config.kernel.constraints import SameMerchant
from fulfillment.models.orders import Order
from merchants.accounts.models import MerchantOwned


class Shipment(MerchantOwned):
    """The parcel of an order: what was promised and what came of it.

    `ship_by_at` is a moment, `deliver_by_on` a date in the merchant's zone.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="shipment", db_constraint=False)
    ship_by_at = models.DateTimeField(null=True)
    deliver_by_on = models.DateField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=80, blank=True)
    waybill = models.CharField(max_length=60, blank=True)

    class Meta(MerchantOwned.Meta):
        constraints = [*MerchantOwned.Meta.constraints, SameMerchant("order")]
        indexes = [
            models.Index(fields=["merchant", "waybill"], name="shipment_waybill", condition=~models.Q(waybill=""))
        ]
