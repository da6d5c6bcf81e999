"""Stock as the API takes and says it."""

from rest_framework import serializers

from catalog.models import Variant
from config.kernel.api.fields import In, Moment, Named, Out, Text, Whole
from inventory.rules import MOST
from inventory.states import BY_HAND, AdjustmentReason, MovementKind


class UnitsIn(In):
    sku = Named(lambda merchant: Variant.objects.select_related("product"), by="sku", help_text="A variant's SKU.")
    quantity = Whole(min_value=1, max_value=MOST, help_text="Units.")
    note = Text(max_length=200, required=False, allow_blank=True)


class AdjustmentIn(UnitsIn):
    quantity = Whole(min_value=0, max_value=MOST, help_text="Units; of a count, how many lie there.")
    reason = serializers.ChoiceField([(each.value, each.label) for each in BY_HAND])


class AlertLineIn(In):
    sku = UnitsIn._declared_fields["sku"]
    alert_below = Whole(min_value=1, max_value=MOST, allow_null=True, help_text="Null for no line.")


class StockOut(Out):
    """In the shop's warehouse: on hand = available + reserved + damaged."""

    sku = serializers.CharField(source="variant.sku")
    variant = serializers.UUIDField(source="variant.public_id")
    available = serializers.IntegerField()
    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    damaged = serializers.IntegerField()
    incoming = serializers.IntegerField()
    alert_below = serializers.IntegerField(allow_null=True)


class MovementOut(Out):
    """What changed a level, by how much; the numbers of a level are the sums of these."""

    sku = serializers.CharField(source="level.variant.sku")
    kind = serializers.ChoiceField(MovementKind.choices)
    on_hand = serializers.IntegerField()
    damaged = serializers.IntegerField()
    incoming = serializers.IntegerField()
    on_hand_after = serializers.IntegerField()
    reason = serializers.ChoiceField([("", ""), *AdjustmentReason.choices])
    note = serializers.CharField()
    done_for = serializers.CharField(source="owner", help_text="Such as `order:` and its id; empty where for none.")
    at = Moment()
