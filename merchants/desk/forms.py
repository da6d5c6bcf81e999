"""One form per act of the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import PlainText


class Confirmation(forms.Form):
    """Nothing to fill in."""


class Closure(forms.Form):
    why = PlainText(label=_("What became of it"), max_length=200)


class Cadence(forms.Form):
    seconds = forms.IntegerField(label=_("Every so many seconds"), min_value=1, max_value=31 * 24 * 3600)


class MailWish(forms.Form):
    wants_mail = forms.BooleanField(label=_("Send me an e-mail when I am given something to do"), required=False)
