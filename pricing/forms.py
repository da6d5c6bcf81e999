"""One form per act on prices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Variant
from config.kernel.forms import MoneyField, OwnedChoiceField
from merchants.marketplace import selectors as marketplace
from merchants.marketplace.models import SalesChannel


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
