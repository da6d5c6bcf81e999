from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from catalog.models import Variant
from config.kernel.constraints import SameMerchant
from inventory.models.warehouses import Warehouse
from inventory.states import AdjustmentReason, MovementKind
from merchants.accounts.models import MerchantOwned


class StockLevel(MerchantOwned):
    """How many units of a variant lie in a warehouse (`on_hand`), and what of them cannot be sold.

    `on_hand`, `damaged` and `incoming` are the sums of the movements, `reserved` of the open reservations. Below
    `alert_below` available units somebody is told; `is_low` says that this has happened.
    """

    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    on_hand = models.BigIntegerField(db_default=0)
    reserved = models.BigIntegerField(db_default=0)
    damaged = models.BigIntegerField(db_default=0)
    incoming = models.BigIntegerField(db_default=0)
    alert_below = models.PositiveIntegerField(null=True)
    is_low = models.BooleanField(db_default=False)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("warehouse"),
            SameMerchant("variant"),
            models.UniqueConstraint(fields=["merchant", "variant", "warehouse"], name="one_level_per_variant"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="reserved_not_negative"),
            models.CheckConstraint(condition=Q(damaged__gte=0), name="damaged_not_negative"),
            models.CheckConstraint(condition=Q(incoming__gte=0), name="incoming_not_negative"),
            models.CheckConstraint(
                condition=Q(on_hand__gte=F("reserved") + F("damaged")), name="no_more_promised_than_on_hand"
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "id"], name="level_watched", condition=Q(alert_below__isnull=False))
        ]

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved - self.damaged

    def get_absolute_url(self):
        return reverse("inventory:stock", args=[self.merchant.slug, self.variant.sku])


class StockMovement(MerchantOwned):
    """What changed a level, by how much, why. `on_hand_after` is what lay there then.

    `key`, where there is one, makes it happen once; `owner` is what it was done for, such as `order:0190…`.
    """

    append_only = True

    level = models.ForeignKey(StockLevel, on_delete=models.PROTECT, related_name="movements", db_constraint=False)
    kind = models.CharField(max_length=20, choices=MovementKind)
    on_hand = models.BigIntegerField()
    damaged = models.BigIntegerField()
    incoming = models.BigIntegerField()
    on_hand_after = models.BigIntegerField()
    reason = models.CharField(max_length=20, choices=AdjustmentReason, blank=True)
    note = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            SameMerchant("level"),
            models.UniqueConstraint(fields=["merchant", "key"], condition=~Q(key=""), name="one_movement_per_key"),
            models.CheckConstraint(condition=Q(kind__in=MovementKind.values), name="movement_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=MovementKind.ADJUSTED) | Q(reason__in=AdjustmentReason.values),
                name="adjusted_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(on_hand=0, damaged=0, incoming=0), name="movement_moves_something"),
        ]
        indexes = [models.Index(fields=["merchant", "level", "-id"], name="movement_of_level")]
