"""One form per act on when a shop sells nothing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import PlainText
from merchants.accounts.models import Merchant
from merchants.onboarding.states import SuspensionReason


class Suspending(forms.Form):
    merchant = forms.SlugField(label=_("Merchant"), max_length=60, help_text=_("Its address, such as acme."))
    reason = forms.ChoiceField(label=_("Reason"), choices=SuspensionReason)
    explanation = PlainText(label=_("Explanation"), max_length=300, help_text=_("The merchant's people read it."))

    def clean_merchant(self) -> Merchant:
        found = Merchant.objects.filter(slug=self.cleaned_data["merchant"]).exclude(slug=Merchant.PLATFORM).first()
        if found is None:
            raise ValidationError(_("No merchant has this address."))
        return found


class Confirmation(forms.Form):
    """Nothing to fill in: sending it is the answer."""


class PlannedVacation(forms.Form):
    first_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("On this day too no orders are taken."),
    )  # fmt: skip
