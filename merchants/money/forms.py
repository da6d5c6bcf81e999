"""One form per act on a merchant's money, for the platform's finance staff."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import MoneyField, PlainText
from merchants.accounts.models import Merchant
from merchants.money.states import AdjustmentReason, HoldReason


class OfMerchant(forms.Form):
    """About a merchant, named by its address; amounts are in its currency."""

    merchant = forms.SlugField(label=_("Merchant"), max_length=60, help_text=_("Its address, such as acme."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.merchant = Merchant.objects.filter(slug=str(self.data.get("merchant", "")).strip()).first()
        for field in self.fields.values():
            if isinstance(field, MoneyField):
                field.currency = self.merchant.currency if self.merchant else ""

    def clean_merchant(self) -> Merchant:
        if self.merchant is None or self.merchant.slug == Merchant.PLATFORM:
            raise ValidationError(_("No merchant has this address."))
        return self.merchant


class Adjustment(OfMerchant):
    amount = MoneyField(label=_("Amount"))
    reason = forms.ChoiceField(label=_("Reason"), choices=AdjustmentReason)
    explanation = PlainText(label=_("Explanation"), max_length=300, help_text=_("The merchant reads it."))


class NewHold(OfMerchant):
    amount = MoneyField(label=_("Amount"), required=False, help_text=_("Empty: everything, until it is released."))
    reason = forms.ChoiceField(label=_("Reason"), choices=HoldReason)
    explanation = PlainText(label=_("Explanation"), max_length=300, help_text=_("The merchant reads it."))


class Release(forms.Form):
    explanation = PlainText(label=_("Explanation"), max_length=300, help_text=_("The merchant reads it."))


class Minimum(OfMerchant):
    least = MoneyField(label=_("Least amount that is paid out"))
