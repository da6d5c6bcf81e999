"""One form per act on what the operator offers."""

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import PlainText
from merchants.marketplace import selectors
from merchants.marketplace.models import Category

CURRENCY = RegexValidator(r"^[A-Z]{3}$", _("Use the three letters of ISO 4217, such as CNY or BRL."))


def slot(language: str) -> str:
    return language.replace("-", "_")


class CategoryNames(forms.Form):
    """A category's name in each of the platform's languages, and whether products may be put there."""

    is_open = forms.BooleanField(label=_("Products may be put here"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language, title in settings.LANGUAGES:
            name = _("Name in %(language)s") % {"language": title}
            self.fields[f"name_{slot(language)}"] = PlainText(label=name, max_length=120)

    @property
    def names(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"name_{slot(language)}"] for language, _title in settings.LANGUAGES}


class NewCategory(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=80, help_text=_("It stays as it is from now on."))
    name = PlainText(label=_("Name"), max_length=120, help_text=_("In the language you are reading now."))
    parent = forms.ModelChoiceField(label=_("Below"), queryset=Category.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = selectors.categories()


class NewChannel(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("It stays as it is from now on."))
    name = PlainText(label=_("Name"), max_length=80)
    currency = forms.CharField(label=_("Currency"), max_length=3, validators=[CURRENCY])


class ChannelName(forms.Form):
    name = PlainText(label=_("Name"), max_length=80)
    is_open = forms.BooleanField(label=_("Goods may be put on sale here"), required=False)
