from django.db import models

from config.kernel.constraints import OwnRowsOnly
from config.kernel.owned import Owned


class MerchantOwned(Owned):
    """A row of one merchant. An own Meta inherits this one and adds to its constraints."""

    merchant = models.ForeignKey(
        "accounts.Merchant",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,  # the key below leads with it
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["merchant", "id"], name="%(app_label)s_%(class)s_key"),
            OwnRowsOnly(),
        ]
