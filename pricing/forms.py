"""One form per act on prices."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Variant
from config.kernel.forms import MoneyField, OwnedChoiceField, PlainText
from config.kernel.money import Money, NotMoney
from merchants.marketplace import selectors as marketplace
from merchants.marketplace.models import SalesChannel

PERCENT = "EUR"  # any currency of two decimals: a percentage is read as an amount is
LEAST_LEFT, MOST_ADDED = 990_001, 9_000_000  # in millionths
MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-"})


class NewPrice(forms.Form):
    variant = OwnedChoiceField(Variant, label=_("Variant"), to_field_name="sku", empty_label=_("Choose…"))
    channel = forms.ModelChoiceField(
        label=_("Sales channel"),
        queryset=SalesChannel.objects.none(),
        to_field_name="code",
        empty_label=_("Choose…"),
    )
    price = MoneyField(label=_("New price"), help_text=_("It applies from the moment you save."))

    def __init__(self, *args, product: Product, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["variant"].queryset = Variant.objects.filter(product=product).order_by("position")
        self.fields["channel"].queryset = marketplace.channels(currency=currency)
        self.fields["price"].currency = currency


class PriceChange(forms.Form):
    """By how much many prices are to change: a share such as -5 % or an amount such as +2.00."""

    change = PlainText(
        label=_("Change prices by"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "autofocus": ""}),
    )  # fmt: skip
    channel = forms.ModelChoiceField(
        label=_("Sales channel"), queryset=SalesChannel.objects.none(), to_field_name="code", required=False,
        empty_label=_("All channels"),
    )  # fmt: skip

    def __init__(self, *args, merchant, **kwargs):
        super().__init__(*args, **kwargs)
        self.currency = merchant.currency
        told = _("A share such as -5%% or +3.5%%, or an amount in %(currency)s such as -2 or +0.50.")
        self.fields["change"].help_text = told % {"currency": merchant.currency}
        self.fields["channel"].queryset = marketplace.channels(currency=merchant.currency)

    def clean_change(self):
        text = unicodedata.normalize("NFKC", self.cleaned_data["change"]).translate(MINUSES).replace(" ", "")
        try:
            if text.endswith("%"):
                share = Money.parse(text[:-1], PERCENT).minor  # two decimals: hundredths of a percent
                found = {"ppm": share * 100, "minor": None}
            else:
                found = {"ppm": None, "minor": Money.parse(text, self.currency).minor}
        except NotMoney:
            told = {"share": "-5%", "amount": "+0.50"}
            raise ValidationError(
                _("Write a share such as %(share)s, or an amount such as %(amount)s."), params=told
            ) from None
        if not (found["ppm"] or found["minor"]):
            raise ValidationError(_("This changes nothing."))
        if found["ppm"] is not None and not -LEAST_LEFT < found["ppm"] <= MOST_ADDED:
            bounds = {"least": "-99%", "most": "+900%"}
            raise ValidationError(_("A share lies between %(least)s and %(most)s."), params=bounds)
        return found

    @property
    def asked(self) -> dict:
        channel = self.cleaned_data["channel"]
        return self.cleaned_data["change"] | {"currency": self.currency, "channel": channel.code if channel else ""}
