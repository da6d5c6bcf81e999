from django.db import models
from django.db.models import F, Q

from config.kernel.constraints import SameMerchant
from inventory.models.stock import StockLevel
from merchants.accounts.models import MerchantOwned

OPEN = Q(quantity__gt=F("shipped") + F("released"))


class Reservation(MerchantOwned):
    """Units of a level set aside under a key, such as that of an order line, for an owner, such as `order:0190…`.

    What is neither shipped nor released is reserved; with `expires_at` only until then.
    """

    level = models.ForeignKey(StockLevel, on_delete=models.PROTECT, related_name="reservations", db_constraint=False)
    key = models.CharField(max_length=120)
    owner = models.CharField(max_length=120)
    quantity = models.IntegerField()
    shipped = models.IntegerField(db_default=0)
    released = models.IntegerField(db_default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("level"),
            models.UniqueConstraint(fields=["merchant", "key"], name="one_reservation_per_key"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_of_something"),
            models.CheckConstraint(
                condition=Q(shipped__gte=0, released__gte=0, quantity__gte=F("shipped") + F("released")),
                name="no_more_used_than_reserved",
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "owner"], name="reservation_of_owner"),
            models.Index(fields=["merchant", "level"], name="reservation_open", condition=OPEN),
            models.Index(
                fields=["expires_at"], name="reservation_expiring", condition=OPEN & Q(expires_at__isnull=False)
            ),
        ]  # fmt: skip

    @property
    def open(self) -> int:
        return self.quantity - self.shipped - self.released
