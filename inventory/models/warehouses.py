from django.db import models
from django.db.models import Q

from config.kernel import ids
from merchants.accounts.models import MerchantOwned


class Warehouse(MerchantOwned):
    """A place where goods lie. Each merchant has one that is meant where none is named."""

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    code = models.CharField(max_length=40)
    is_default = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            models.UniqueConstraint(fields=["merchant", "code"], name="one_warehouse_per_code"),
            models.UniqueConstraint(fields=["merchant"], condition=Q(is_default=True), name="one_default_warehouse"),
        ]

    def __str__(self):
        return self.code
