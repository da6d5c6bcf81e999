from django.conf import settings
from django.db import models

from catalog.models.products import Product
from config.kernel.constraints import SameMerchant
from merchants.accounts.models import MerchantOwned


class ProductPicture(MerchantOwned):
    """The picture of a product: drawn anew from what was sent, so nothing of the sent file survives.

    `file` is `<merchant uuid>/<sha256>.webp` below MEDIA_ROOT, `thumb` a smaller one.
    """

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="picture", db_constraint=False)
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    thumb = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_in_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [*MerchantOwned.Meta.constraints, SameMerchant("product")]

    @property
    def url(self) -> str:
        return f"{settings.MEDIA_URL}{self.file}"

    @property
    def thumb_url(self) -> str:
        return f"{settings.MEDIA_URL}{self.thumb}"
