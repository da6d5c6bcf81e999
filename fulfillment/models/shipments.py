from django.db import models
from django.db.models import Q

from config.kernel import ids
from config.kernel.constraints import SameMerchant
from fulfillment.models.orders import Order, OrderLine
from merchants.accounts.models import MerchantOwned


class Shipment(MerchantOwned):
    """How an order travels as a whole: what was promised, and when all of it was handed over and had arrived.

    `ship_by_at` is a moment, `deliver_by_on` a date in the merchant's zone; carrier and waybill are those of the last
    parcel, or what a source says. What we send ourselves is in Parcels.
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


class Parcel(MerchantOwned):
    """One of the boxes of an order, with its own waybill."""

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parcels", db_constraint=False)
    carrier = models.CharField(max_length=80)
    waybill = models.CharField(max_length=60)
    handed_over_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("order"),
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_parcel_per_public_id"),
            models.UniqueConstraint(fields=["merchant", "order", "carrier", "waybill"], name="one_parcel_per_waybill"),
        ]
        indexes = [models.Index(fields=["merchant", "waybill"], name="parcel_waybill")]


class ParcelLine(MerchantOwned):
    """Units of an order line in a parcel."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="lines", db_constraint=False)
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    quantity = models.PositiveIntegerField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("parcel"),
            SameMerchant("line"),
            models.UniqueConstraint(fields=["merchant", "parcel", "line"], name="one_line_per_parcel"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="parcel_of_something"),
        ]
