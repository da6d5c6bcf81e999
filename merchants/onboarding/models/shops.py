from django.db import models

from config.kernel.personal import personal
from merchants.accounts.models import MerchantOwned

SHIPPING = "shipping from there; a sole trader's shop may be a home"


class Shop(MerchantOwned):
    """A merchant's shop and where its goods leave from."""

    name = models.CharField(max_length=120)
    city = personal(models.CharField(max_length=120, blank=True), kind="location", purpose=SHIPPING)
    region = personal(models.CharField(max_length=60, blank=True), kind="location", purpose=SHIPPING)
    postcode = personal(models.CharField(max_length=20, blank=True), kind="location", purpose=SHIPPING)
    country = models.CharField(max_length=2)
    opened_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "name"], name="one_shop_per_name"),
        ]
