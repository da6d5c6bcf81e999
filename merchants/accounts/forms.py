"""One form per act on people."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.kernel.forms import PlainText
from merchants.accounts.permissions import PlatformRole, Role


class Roles(forms.Form):
    """What a person is for a shop: at least one role."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Several may be held at once; what each allows is in the table of roles."),
    )  # fmt: skip


class NewMember(Roles):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("We write to this address.")
    )  # fmt: skip
    name = PlainText(
        label=pgettext_lazy("person", "Name"), max_length=80, help_text=_("Used if this address has no account yet.")
    )  # fmt: skip

    field_order = ["email", "name", "roles"]


class PlatformRoles(Roles):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=PlatformRole.choices, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


class NewPlatformMember(PlatformRoles, NewMember):  # the first one's roles count
    """Somebody who works for the operator."""


class NewCredential(forms.Form):
    """An API key with some of the scopes that its maker has."""

    name = PlainText(
        label=pgettext_lazy("API key", "Name"), max_length=80, help_text=_("The system that will use it.")
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"), widget=forms.CheckboxSelectMultiple, help_text=_("Give it no more than it needs."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("Valid for"), coerce=int, initial=365,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year")), (0, _("Until it is revoked"))],
    )  # fmt: skip

    def __init__(self, *args, scopes: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(value, f"{value} — {label}") for value, label in scopes]


class Confirmation(forms.Form):
    """Nothing to fill in: sending it is the answer."""


class Profile(forms.Form):
    """How a person is called and which language they read."""

    name = PlainText(label=pgettext_lazy("person", "Name"), max_length=80)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
