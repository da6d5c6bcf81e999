"""Orders and shipments as the API takes and says them. Of a buyer they say where the goods go, and no more."""

from rest_framework import serializers

from config.kernel.api.fields import In, Moment, MoneyField, Out, Text
from fulfillment.states import OURS, CancellationReason, OrderStatus, PaymentKind, RevealReason


class LineOut(Out):
    """As it was called and priced when it was ordered."""

    position = serializers.IntegerField()
    sku = serializers.CharField()
    variant = serializers.UUIDField(
        source="variant_public_id", allow_null=True, help_text="Null for a charge of the order, such as postage."
    )
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = MoneyField()
    freight = MoneyField()
    tax = MoneyField(help_text="Contained in the price.")
    ship_by_at = Moment(allow_null=True)


class ParcelOut(Out):
    carrier = serializers.CharField()
    waybill = serializers.CharField()
    ship_by_at = Moment(allow_null=True)
    deliver_by_on = serializers.DateField(allow_null=True, help_text="A day in the shop's time zone.")
    handed_over_at = Moment(allow_null=True)
    delivered_at = Moment(allow_null=True)


class ShipmentOut(ParcelOut):
    order = serializers.UUIDField(source="order.public_id")
    order_number = serializers.CharField(source="order.number")


class CancellationOut(Out):
    reason = serializers.ChoiceField(CancellationReason.choices)
    at = Moment(allow_null=True)


class PlaceOut(Out):
    city = serializers.CharField()
    region = serializers.CharField()
    postcode = serializers.CharField()
    country = serializers.CharField()


class OrderOut(Out):
    id = serializers.UUIDField(source="public_id")
    number = serializers.CharField()
    status = serializers.ChoiceField(OrderStatus.choices)
    source = serializers.CharField(help_text="Where it was taken over from; empty for one of our own.")
    source_status = serializers.CharField()
    channel = serializers.CharField(source="channel.code")
    buyer = serializers.UUIDField(source="buyer.public_id")
    items = MoneyField()
    freight = MoneyField()
    charges = MoneyField(help_text="Of lines without a variant.")
    total = MoneyField()
    units = serializers.IntegerField()
    is_late = serializers.BooleanField()
    placed_at = Moment()
    paid_at = Moment(allow_null=True)
    updated_at = Moment()
    version = serializers.IntegerField(help_text="It grows with every change.")
    ship_to = PlaceOut(source="place")
    lines = LineOut(many=True, source="shown_lines")
    shipment = ParcelOut(source="parcel", allow_null=True)
    cancellation = CancellationOut(source="ended", allow_null=True)


class PaymentOut(Out):
    sequence = serializers.IntegerField()
    kind = serializers.ChoiceField(PaymentKind.choices)
    instalments = serializers.IntegerField()
    amount = MoneyField()
    paid_at = Moment(allow_null=True)


class ContactOut(Out):
    recipient = serializers.CharField()
    phone = serializers.CharField()
    street = serializers.CharField()
    city = serializers.CharField()
    region = serializers.CharField()
    postcode = serializers.CharField()
    country = serializers.CharField()


class CancellationIn(In):
    reason = serializers.ChoiceField([(each.value, each.label) for each in OURS])
    note = Text(max_length=500, required=False, allow_blank=True, lines=True, help_text="Nothing about the buyer.")


class HandOverIn(In):
    carrier = Text(max_length=80)
    waybill = Text(max_length=60)
    at = Moment()


class DeliveryIn(In):
    at = Moment()


class BuyerDataIn(In):
    reason = serializers.ChoiceField(RevealReason.choices)
