"""One form per act on stock."""

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import PlainText
from inventory.rules import MOST
from inventory.states import BY_HAND


def _units(label, *, least: int = 1, **more) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=MOST, **more)


def _note() -> PlainText:
    return PlainText(
        label=_("Note"), max_length=200, required=False, help_text=_("A delivery note, a count, a place. No names.")
    )


class Receipt(forms.Form):
    quantity = _units(_("Units received"))
    note = _note()


class Announcement(forms.Form):
    quantity = _units(_("Units on their way"))
    note = _note()


class AlertLines(forms.Form):
    """Below how many available units somebody is told, of many variants at once."""

    alert_below = _units(
        _("Tell somebody below"), required=False, help_text=_("Available units. Empty: no alert any more.")
    )

    def __init__(self, *args, merchant, **kwargs):
        super().__init__(*args, **kwargs)

    @property
    def asked(self) -> dict:
        return {"alert_below": self.cleaned_data["alert_below"]}


class Adjustment(forms.Form):
    reason = forms.ChoiceField(
        label=_("What happened?"), choices=[(each.value, each.label) for each in BY_HAND], widget=forms.RadioSelect
    )
    quantity = _units(
        _("Units"), least=0,
        help_text=_("After a count: how many lie there, reserved and damaged ones too. Else: how many it is about."),
    )  # fmt: skip
    note = _note()


class AlertLine(forms.Form):
    alert_below = forms.IntegerField(
        label=_("Alert line"), required=False, max_value=MOST, validators=[MinValueValidator(1)],
        help_text=_("Somebody is told when fewer units than this are available. Leave it empty for no line."),
    )  # fmt: skip
