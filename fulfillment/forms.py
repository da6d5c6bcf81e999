"""One form per act on orders."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from config.kernel.errors import DomainError
from config.kernel.forms import CountryField, MoneyField, PlainText
from fulfillment.models import Order, OrderLine, Parcel
from fulfillment.services.drafts import MOST_UNITS, PlacedLine, Placement, made_up_number
from fulfillment.services.refunds import Returned
from fulfillment.states import OURS, Cause, PaymentKind, RefundReason, RevealReason
from merchants.accounts.services.buyers import GivenBuyer
from merchants.marketplace import selectors as marketplace
from merchants.marketplace.models import SalesChannel

MINUTE = "%Y-%m-%dT%H:%M"
KINDS = [(kind.value, kind.label) for kind in PaymentKind if kind != PaymentKind.UNDEFINED]


class Moment(forms.DateTimeField):
    """A moment to the minute, in the merchant's zone."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
        super().__init__(widget=widget, input_formats=[MINUTE, f"{MINUTE}:%S"], **kwargs)


class Cancellation(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(each.value, each.label) for each in OURS], widget=forms.RadioSelect
    )
    cause = forms.ChoiceField(
        label=_("Who caused it?"), required=False,
        choices=[("", _("As usual for the reason")), *((c.value, c.label) for c in Cause if c != Cause.UNKNOWN)],
    )  # fmt: skip
    note = PlainText(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues. Leave out the buyer's personal data."),
    )  # fmt: skip


class Payment(forms.Form):
    kind = forms.ChoiceField(label=_("Paid by"), choices=KINDS)


class HandOver(forms.Form):
    """A parcel with all that is left; how many units of each line, where there is something to choose."""

    carrier = PlainText(label=_("Carrier"), max_length=80)
    waybill = PlainText(label=_("Waybill"), max_length=60)
    at = Moment(label=_("Handed over at"), help_text=_("In the time zone of the shop."))

    def __init__(self, *args, lines: Sequence[OrderLine], **kwargs):
        super().__init__(*args, **kwargs)
        left = {line: line.quantity - line.shipped for line in lines}
        self.positions = [line.position for line in lines if left[line]] if sum(left.values()) > 1 else []
        for line in lines:
            if line.position in self.positions:
                self.fields[f"units_{line.position}"] = forms.IntegerField(
                    label=f"{line.name} · {line.sku}", min_value=0, max_value=left[line], initial=left[line],
                    required=False, help_text=_("%(left)s left to ship") % {"left": left[line]},
                )  # fmt: skip

    @property
    def unit_fields(self) -> list:
        return [self[f"units_{position}"] for position in self.positions]

    @property
    def units(self) -> dict[int, int] | None:
        """By position of the line; None where nobody said anything else than all."""
        said = {position: self.cleaned_data[f"units_{position}"] for position in self.positions}
        if not any(f"units_{position}" in self.data for position in self.positions):
            return None
        return {position: units or 0 for position, units in said.items()}


class Delivery(forms.Form):
    at = Moment(label=_("Delivered at"), help_text=_("In the time zone of the shop."))

    def __init__(self, *args, parcels: Sequence[Parcel], **kwargs):
        super().__init__(*args, **kwargs)
        under_way = [parcel for parcel in parcels if parcel.delivered_at is None]
        if len(parcels) > 1 and under_way:
            choices = [("", _("All that are under way"))]
            choices += [(str(parcel.public_id), f"{parcel.carrier} {parcel.waybill}") for parcel in under_way]
            self.fields["parcel"] = forms.ChoiceField(label=_("Parcel"), choices=choices, required=False)

    @property
    def parcel_id(self) -> uuid.UUID | None:
        chosen = self.cleaned_data.get("parcel")
        return uuid.UUID(chosen) if chosen else None


class Refund(forms.Form):
    """An amount, and what came back with it of what was sent."""

    amount = MoneyField(label=_("Amount"), least=1)
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(r.value, r.label) for r in RefundReason if r != RefundReason.CANCELLED],
        widget=forms.RadioSelect,
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = order.currency
        self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": order.currency}
        self.out = {line.position: line for line in order.shown_lines if line.shipped > line.returned}
        for position, line in self.out.items():
            most = line.shipped - line.returned
            self.fields[f"returned_{position}"] = forms.IntegerField(
                label=_("Came back: %(name)s") % {"name": f"{line.name} · {line.sku}"}, required=False, min_value=0,
                max_value=most,
            )  # fmt: skip
            self.fields[f"damaged_{position}"] = forms.IntegerField(
                label=_("of these damaged"), required=False, min_value=0, max_value=most
            )

    @property
    def returned_fields(self) -> list[tuple]:
        return [(self[f"returned_{position}"], self[f"damaged_{position}"]) for position in self.out]

    @property
    def returned(self) -> dict[int, Returned]:
        came = {
            position: Returned(
                self.cleaned_data[f"returned_{position}"] or 0, self.cleaned_data[f"damaged_{position}"] or 0
            )
            for position in self.out
        }  # fmt: skip
        return {position: back for position, back in came.items() if back.quantity or back.damaged}


class NewOrder(forms.Form):
    """An order that was taken by telephone, or at a fair: up to five lines."""

    channel = forms.ModelChoiceField(
        label=_("Sales channel"), queryset=SalesChannel.objects.none(), empty_label=_("Choose…")
    )
    number = PlainText(
        label=_("Order number"), max_length=60, required=False, help_text=_("Leave it empty and one is made up.")
    )
    made_up_number = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)  # sent twice, it is one
    freight = MoneyField(label=_("Freight"), required=False)
    paid_by = forms.ChoiceField(label=_("Paid by"), choices=[("", _("Not paid yet")), *KINDS], required=False)
    name = PlainText(label=_("Name"), max_length=120)
    customer_number = PlainText(
        label=_("Customer number"), max_length=200, required=False,
        help_text=_("The same number is the same buyer; without one it is somebody new."),
    )  # fmt: skip
    phone = PlainText(label=_("Phone"), max_length=30, required=False)
    street = PlainText(label=_("Street"), max_length=200)
    postcode = PlainText(label=_("Postcode"), max_length=20, required=False)
    city = PlainText(label=_("City"), max_length=120)
    region = PlainText(label=_("Region"), max_length=60, required=False)
    country = CountryField(label=_("Country"), help_text=_("Two letters, such as CN or BR."))

    LINES = 5
    OF_LINE = {"quantity": "quantity", "unit_price": "price", "sku": "sku"}

    def __init__(self, *args, currency: str, now: datetime, **kwargs):
        super().__init__(*args, initial={"made_up_number": made_up_number(now)}, **kwargs)
        self.currency = currency
        self.fields["channel"].queryset = marketplace.channels(currency=currency)
        self.fields["freight"].currency = currency
        for row in range(1, self.LINES + 1):
            self.fields[f"sku_{row}"] = PlainText(label=_("SKU"), max_length=60, required=row == 1)
            self.fields[f"quantity_{row}"] = forms.IntegerField(
                label=_("Units"), min_value=1, max_value=MOST_UNITS, required=False
            )
            self.fields[f"price_{row}"] = MoneyField(
                label=_("Unit price in %(currency)s") % {"currency": currency}, required=False, currency=currency
            )

    @property
    def rows(self) -> list[list]:
        return [
            [self[f"{name}_{row}"] for name in ("sku", "quantity", "price")] for row in range(1, self.LINES + 1)
        ]  # fmt: skip

    @property
    def terms_fields(self) -> list:
        return [self[name] for name in ("channel", "number", "freight", "paid_by")]

    @property
    def buyer_fields(self) -> list:
        names = ("name", "customer_number", "phone", "street", "postcode", "city", "region", "country")
        return [self[name] for name in names]

    def clean(self):
        sent = super().clean()
        skus = {row: sent.get(f"sku_{row}") for row in range(1, self.LINES + 1)}
        known = set(Variant.objects.filter(sku__in=filter(None, skus.values())).values_list("sku", flat=True))
        for row, sku in skus.items():
            if sku and sku not in known:
                self.add_error(f"sku_{row}", _("There is no variant with this SKU."))
            if not sku and (sent.get(f"quantity_{row}") or sent.get(f"price_{row}")) and row > 1:
                self.add_error(f"sku_{row}", _("Write which variant it is about."))
        self.filled = [row for row, sku in skus.items() if sku]
        return sent

    @property
    def placement(self) -> Placement:
        sent = self.cleaned_data
        lines = [
            PlacedLine(sent[f"sku_{row}"], sent[f"quantity_{row}"] or 1, sent[f"price_{row}"]) for row in self.filled
        ]
        buyer = GivenBuyer(
            sent["customer_number"], sent["name"], sent["phone"], sent["street"], sent["city"], sent["region"],
            sent["postcode"], sent["country"],
        )  # fmt: skip
        return Placement(
            channel=sent["channel"], lines=lines, buyer=buyer, freight=sent["freight"],
            number=sent["number"] or sent["made_up_number"],
            paid_by=PaymentKind(sent["paid_by"]) if sent["paid_by"] else None,
        )  # fmt: skip

    def place_of(self, refusal: DomainError) -> str | None:
        """The field that a refusal is about."""
        line = refusal.context.get("line")
        if line is None or refusal.field not in self.OF_LINE:
            return refusal.field
        return f"{self.OF_LINE[refusal.field]}_{self.filled[line]}"


class BuyerData(forms.Form):
    reason = forms.ChoiceField(
        label=_("What do you need it for?"), choices=RevealReason.choices, widget=forms.RadioSelect
    )
