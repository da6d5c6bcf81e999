"""One form per act on orders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import PlainText
from fulfillment.states import OURS, RevealReason

MINUTE = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """A moment to the minute, in the merchant's zone."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
        super().__init__(widget=widget, input_formats=[MINUTE, f"{MINUTE}:%S"], **kwargs)


class Cancellation(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(each.value, each.label) for each in OURS], widget=forms.RadioSelect
    )
    note = PlainText(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues. Leave out the buyer's personal data."),
    )  # fmt: skip


class HandOver(forms.Form):
    carrier = PlainText(label=_("Carrier"), max_length=80)
    waybill = PlainText(label=_("Waybill"), max_length=60)
    at = Moment(label=_("Handed over at"), help_text=_("In the time zone of the shop."))


class Delivery(forms.Form):
    at = Moment(label=_("Delivered at"), help_text=_("In the time zone of the shop."))


class BuyerData(forms.Form):
    reason = forms.ChoiceField(
        label=_("What do you need it for?"), choices=RevealReason.choices, widget=forms.RadioSelect
    )
