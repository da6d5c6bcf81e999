"""Orders and shipments as the API takes and says them. Of a buyer they say where the goods go, and no more."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from config.kernel.api.fields import Country, In, Moment, MoneyField, Named, Out, Text, Whole
from fulfillment.services.drafts import MOST_LINES, MOST_UNITS
from fulfillment.states import (
    OURS,
    CancellationReason,
    Cause,
    OrderStatus,
    PaymentKind,
    RefundReason,
    RevealReason,
)
from merchants.marketplace import selectors as marketplace

KINDS = [(kind.value, kind.label) for kind in PaymentKind if kind != PaymentKind.UNDEFINED]


def paid_by(**more) -> serializers.ChoiceField:
    return serializers.ChoiceField(KINDS, **more)


# ---------------------------------------------------------------- what is answered
class LineOut(Out):
    """As it was called and priced when it was ordered."""

    position = serializers.IntegerField()
    sku = serializers.CharField()
    variant = serializers.UUIDField(source="variant_public_id", allow_null=True, help_text="Null for a charge.")
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = MoneyField(help_text="Rounded down where the source gave fractions; `goods` is exact.")
    goods = MoneyField(source="amount", help_text="What all units cost.")
    freight = MoneyField()
    tax = MoneyField(help_text="Contained in the price.")
    ship_by_at = Moment(allow_null=True)
    shipped = serializers.IntegerField(help_text="Units that have left in parcels.")
    returned = serializers.IntegerField(help_text="Units of these that came back.")


class TravelOut(Out):
    """How the order travels as a whole; its boxes are parcels."""

    carrier = serializers.CharField()
    waybill = serializers.CharField()
    ship_by_at = Moment(allow_null=True)
    deliver_by_on = serializers.DateField(allow_null=True, help_text="A day in the shop's time zone.")
    handed_over_at = Moment(allow_null=True)
    delivered_at = Moment(allow_null=True)


class ShipmentOut(TravelOut):
    order = serializers.UUIDField(source="order.public_id")
    order_number = serializers.CharField(source="order.number")


class PackedOut(Out):
    position = serializers.IntegerField(source="line.position", help_text="Of the order's line.")
    sku = serializers.CharField(source="line.sku")
    quantity = serializers.IntegerField()


class ParcelOut(Out):
    """One of the boxes of an order."""

    id = serializers.UUIDField(source="public_id")
    carrier = serializers.CharField()
    waybill = serializers.CharField()
    handed_over_at = Moment()
    delivered_at = Moment(allow_null=True)
    lines = PackedOut(many=True, source="packed")


class CancellationOut(Out):
    reason = serializers.ChoiceField(CancellationReason.choices)
    cause = serializers.ChoiceField(Cause.choices)
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
    shipment = TravelOut(source="parcel", allow_null=True)
    cancellation = CancellationOut(source="ended", allow_null=True)


class PlacedOut(Out):
    """Of each order of many as much as leads to it."""

    id = serializers.UUIDField(source="order.public_id")
    number = serializers.CharField(source="order.number")
    status = serializers.ChoiceField(OrderStatus.choices, source="order.status")
    total = MoneyField(source="order.total")


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


class GivenBackOut(Out):
    position = serializers.IntegerField(source="line.position", help_text="Of the order's line.")
    sku = serializers.CharField(source="line.sku")
    goods = MoneyField()
    freight = MoneyField()


class RefundOut(Out):
    id = serializers.UUIDField(source="public_id")
    order = serializers.UUIDField(source="order.public_id")
    order_number = serializers.CharField(source="order.number")
    amount = MoneyField()
    reason = serializers.ChoiceField(RefundReason.choices)
    at = Moment()
    lines = GivenBackOut(many=True, source="shares")


# ---------------------------------------------------------------- what is sent
class OrderedIn(In):
    sku = Text(max_length=60)
    quantity = Whole(min_value=1, max_value=MOST_UNITS, help_text="Units.")
    unit_price = MoneyField(required=False, help_text="Tax included; left out for the price on the channel now.")


class BuyerIn(In):
    reference = Text(
        max_length=200, required=False, allow_blank=True,
        help_text="Your own for this buyer: the same is the same buyer, without one it is somebody new.",
    )  # fmt: skip
    name = Text(max_length=120)
    phone = Text(max_length=30, required=False, allow_blank=True)


class AddressIn(In):
    recipient = Text(max_length=120, required=False, allow_blank=True, help_text="Where it is not the buyer.")
    street = Text(max_length=200)
    postcode = Text(max_length=20, required=False, allow_blank=True)
    city = Text(max_length=120)
    region = Text(max_length=60, required=False, allow_blank=True)
    country = Country(help_text="ISO 3166.")


class OrderIn(In):
    """An order, whole with its stock or not at all. One that is not paid keeps its stock for 30 minutes."""

    number = Text(
        max_length=60, required=False, allow_blank=True,
        help_text="Your own, unique in the shop; made up where there is none. Sent again it is the same order.",
    )  # fmt: skip
    channel = Named(
        lambda merchant: marketplace.channels(currency=merchant.currency), by="code", lasting=True,
        help_text="The code of a channel in the shop's currency.",
    )  # fmt: skip
    buyer = BuyerIn()
    ship_to = AddressIn()
    lines = OrderedIn(many=True, min_length=1, max_length=MOST_LINES)
    freight = MoneyField(required=False)
    paid_by = paid_by(required=False, help_text="How it was paid; left out where it is not paid yet.")
    payment_reference = Text(max_length=100, required=False, allow_blank=True, help_text="The payment provider's.")


class PaymentIn(In):
    kind = paid_by()
    reference = Text(
        max_length=100, required=False, allow_blank=True,
        help_text="The payment provider's: the same payment said twice is one.",
    )  # fmt: skip


class CancellationIn(In):
    reason = serializers.ChoiceField([(each.value, each.label) for each in OURS])
    cause = serializers.ChoiceField(
        [(each.value, each.label) for each in Cause if each != Cause.UNKNOWN], required=False,
        help_text="Who brought it about; left out for the usual one of the reason.",
    )  # fmt: skip
    note = Text(max_length=500, required=False, allow_blank=True, lines=True, help_text="Nothing about the buyer.")


class HandOverIn(In):
    carrier = Text(max_length=80)
    waybill = Text(max_length=60)
    at = Moment()


class OfALine(In):
    position = Whole(min_value=1, max_value=MOST_LINES, help_text="Of the order's line.")


def once_each(lines: list[dict]) -> list[dict]:
    """Raises ValidationError for a line of the order that is named twice."""
    seen: set[int] = set()
    for place, line in enumerate(lines):
        if line["position"] in seen:
            raise serializers.ValidationError(
                {place: {"position": [_told(_("This line is named twice."), "repeated")]}}
            )
        seen.add(line["position"])
    return lines


def _told(message: str, code: str) -> serializers.ErrorDetail:
    return serializers.ErrorDetail(message, code=code)


class PackedIn(OfALine):
    quantity = Whole(min_value=1, max_value=MOST_UNITS, help_text="Units.")


class ParcelIn(HandOverIn):
    lines = PackedIn(
        many=True, required=False, min_length=1, max_length=MOST_LINES,
        help_text="What is in it; left out for all that is left of the order.",
    )  # fmt: skip

    def validate_lines(self, lines):
        return once_each(lines)


class DeliveryIn(In):
    at = Moment()
    parcel = serializers.UUIDField(required=False, help_text="Its id; left out for all that is under way.")


class GivenBackIn(OfALine):
    goods = MoneyField(required=False, help_text="What of the amount is for its goods.")
    freight = MoneyField(required=False, help_text="What of the amount is for its freight.")
    returned = Whole(min_value=0, max_value=MOST_UNITS, required=False, help_text="Units that came back with it.")
    damaged = Whole(min_value=0, max_value=MOST_UNITS, required=False, help_text="Units of these not to be sold again.")


class RefundIn(In):
    amount = MoneyField(above_zero=True)
    reason = serializers.ChoiceField(
        [(each.value, each.label) for each in RefundReason if each != RefundReason.CANCELLED]
    )
    lines = GivenBackIn(
        many=True, required=False, min_length=1, max_length=MOST_LINES,
        help_text="Without goods and freight the amount is spread by what is left of each line.",
    )  # fmt: skip

    def validate_lines(self, lines):
        return once_each(lines)

    def validate(self, sent):
        """Raises ValidationError for a share in another currency than the whole, and for more damaged than came."""
        for place, line in enumerate(sent.get("lines", [])):
            for name in ("goods", "freight"):
                if name in line and line[name].currency != sent["amount"].currency:
                    wrong = {"currency": [_told(_("The amount is in another currency."), "wrong_currency")]}
                    raise serializers.ValidationError({"lines": {place: {name: wrong}}})
            if line.get("damaged", 0) > line.get("returned", 0):
                wrong = [_told(_("No more units can be damaged than came back."), "max_value")]
                raise serializers.ValidationError({"lines": {place: {"damaged": wrong}}})
        return sent


class BuyerDataIn(In):
    reason = serializers.ChoiceField(RevealReason.choices)
