"""One form per act on what the operator offers."""

import csv
from decimal import Decimal, InvalidOperation

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import PlainText
from config.kernel.money import Money
from merchants.accounts.models import Merchant
from merchants.marketplace import selectors
from merchants.marketplace.models import Category, CommissionRule
from merchants.marketplace.services.schedules import NewRule

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


RULE_COLUMNS = ["merchant", "category", "rate", "tax", "currency", "least", "most"]


class NewSchedule(forms.Form):
    """A version with its rules, a line each."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("It stays as it is from now on."))
    starts_at = forms.DateTimeField(
        label=_("In force from"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In UTC. Sales from this moment on fall under it."),
    )  # fmt: skip
    rules = forms.CharField(
        label=_("Rules"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "A line each: merchant, category, rate in percent, tax on the fee in percent, currency, minimum fee, "
            "maximum fee. What is empty is for all; a minimum or maximum needs a currency. "
            "The merchant's rule comes first, then the nearest category's. Example: ,tents,12.5,6,CNY,1.00,50.00"
        ),
    )  # fmt: skip

    def clean_rules(self) -> list[NewRule]:
        rows = list(csv.reader(self.cleaned_data["rules"].splitlines()))
        return [self._rule(number, row) for number, row in enumerate(rows, 1) if any(row)]

    def _rule(self, number: int, row: list[str]) -> NewRule:
        cells = dict(zip(RULE_COLUMNS, [cell.strip() for cell in [*row, *[""] * 7]], strict=False))
        try:
            if len(row) > len(RULE_COLUMNS):
                raise ValueError(row)
            currency = cells["currency"]
            rule = NewRule(
                _ppm(cells["rate"]), _ppm(cells["tax"] or "0"), _found(Merchant, slug=cells["merchant"]),
                _found(Category, code=cells["category"]), currency, _minor(cells["least"], currency),
                _minor(cells["most"], currency),
            )  # fmt: skip
            if currency:
                CURRENCY(currency)
            if None not in (rule.least_minor, rule.most_minor) and rule.least_minor > rule.most_minor:
                raise ValueError(row)
        except (ValueError, InvalidOperation, ValidationError, Merchant.DoesNotExist, Category.DoesNotExist):
            raise ValidationError(_("Line %(number)s is not a rule: %(line)s"),
                params={"number": number, "line": ",".join(row)}) from None  # fmt: skip
        return rule


def rule_line(rule: CommissionRule) -> str:
    """A rule as the form reads it."""
    amounts = [_shown(minor, rule.currency) for minor in (rule.least_minor, rule.most_minor)]
    whose = [rule.merchant.slug if rule.merchant else "", rule.category.code if rule.category else ""]
    return ",".join([*whose, _percent(rule.rate_ppm), _percent(rule.tax_ppm), rule.currency, *amounts])


def _found(model, **key):
    return model.objects.get(**key) if all(key.values()) else None


def _ppm(percent: str) -> int:
    """Raises ValueError for less than nothing, more than all, or more than four decimals."""
    ppm = Decimal(percent) * 10_000 if percent.isascii() and not set(percent) - set("0123456789.") else Decimal(-1)
    if ppm != int(ppm) or not 0 <= ppm <= 1_000_000:
        raise ValueError(percent)
    return int(ppm)


def _minor(text: str, currency: str) -> int | None:
    """Raises ValueError."""
    if not text:
        return None
    if not currency or (amount := Money.parse(text, currency)).minor < 0:
        raise ValueError(text)
    return amount.minor


def _shown(minor: int | None, currency: str) -> str:
    return "" if minor is None else f"{Money(minor, currency).amount}"


def _percent(ppm: int) -> str:
    return f"{Decimal(ppm).scaleb(-4).normalize():f}"
