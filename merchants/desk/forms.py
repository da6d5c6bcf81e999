"""One form per act of the desk."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.kernel.forms import PlainText
from config.kernel.imports import Column, marketplaces
from merchants.desk.models import ImportRun
from merchants.desk.services.tables import ENCODINGS
from merchants.desk.states import ImportPolicy

MOST_NAMES = 1_000
MOST_COUNTED = 2**31 - 1  # what the column holds


class Confirmation(forms.Form):
    """Nothing to fill in."""


class Closure(forms.Form):
    why = PlainText(label=_("What became of it"), max_length=200)


class Assignment(forms.Form):
    """`people` are (key, name); None for nobody in particular."""

    owner = forms.TypedChoiceField(
        label=pgettext_lazy("work item", "Owner"), coerce=int, empty_value=None, required=False
    )  # fmt: skip

    def __init__(self, *arguments, people: list[tuple[int, str]], **more):
        super().__init__(*arguments, **more)
        self.fields["owner"].choices = [("", _("Nobody in particular")), *people]


class Cadence(forms.Form):
    seconds = forms.IntegerField(label=_("Every so many seconds"), min_value=1, max_value=31 * 24 * 3600)


class MailWish(forms.Form):
    wants_mail = forms.BooleanField(label=_("Send me an e-mail when I am given something to do"), required=False)


class ViewName(forms.Form):
    """How a view is called, and who sees it: the latter only for whoever may share."""

    name = PlainText(label=pgettext_lazy("view", "Name"), max_length=60)
    is_shared = forms.BooleanField(label=_("Everybody in the shop sees it"), required=False)

    def __init__(self, *arguments, may_share: bool, **more):
        super().__init__(*arguments, **more)
        if not may_share:
            del self.fields["is_shared"]


class NewView(ViewName):
    """`page` is the list, `query` its state; both come from the page that offers to keep them."""

    page = forms.CharField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2_000, required=False, widget=forms.HiddenInput)


class ViewState(forms.Form):
    query = forms.CharField(max_length=2_000, required=False, widget=forms.HiddenInput)


class Counted(forms.Form):
    """How many rows a person saw when they said yes, and to what: `seen` tells apart what was asked for."""

    counted = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class ChosenRows(forms.Form):
    """What the bar below a list sends: rows by their names, or all that the list finds; and how the list looked."""

    whole = forms.BooleanField(required=False)
    query = forms.CharField(max_length=2_000, required=False)
    back = forms.CharField(max_length=2_000, required=False)
    counted = forms.IntegerField(min_value=0, max_value=MOST_COUNTED, required=False)

    @property
    def names(self) -> list[str]:
        """At most as many as a page of a list may have."""
        return [] if self.cleaned_data["whole"] else self.data.getlist("names")[:MOST_NAMES]


class SentFile(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV up to 200 MB, or .xlsx up to 12 MB, with the headings in its first line."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,text/csv"}), allow_empty_file=True,
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=_("Encoding"), required=False, choices=[("", _("Find out")), *ENCODINGS.items()],
        help_text=_("Of a text file; choose one only if letters come out wrong."),
    )  # fmt: skip


class MarketplaceFile(forms.Form):
    """A marketplace's history as a zip file of its tables."""

    source = forms.ChoiceField(label=_("Source"), choices=lambda: [(each.key, each.label) for each in marketplaces()])
    file = forms.FileField(label=_("Zip file"), help_text=_("With the tables as the source offers them."))
    within = forms.CharField(
        label=_("Folder"), required=False, max_length=200, help_text=_("Only where the zip file holds a table twice.")
    )
    owner_email = forms.EmailField(
        label=_("E-mail of the owner"), required=False, help_text=_("Who becomes owner of the merchants taken over.")
    )


class ImportColumns(forms.Form):
    """Per column of the kind: in which column of the file it stands, or else a text for all lines."""

    policy = forms.ChoiceField(label=_("If lines are wrong"), choices=ImportPolicy.choices)

    def __init__(self, data=None, *, run: ImportRun, columns: Sequence[Column]):
        super().__init__(data, initial={"policy": run.policy})
        self.keys = [column.key for column in columns]
        places = [("", gettext("Not in the file")), *_places(run)]
        for column in columns:
            told = gettext("Needed in every line.") if column.field.required else ""
            self.fields[column.key] = forms.ChoiceField(
                label=column.field.label, choices=places, required=False, help_text=told,
                initial=run.mapping.get(column.key, ""),
            )  # fmt: skip
            same = gettext("%(column)s, the same for all lines") % {"column": column.field.label}
            self.fields[f"{column.key}-constant"] = PlainText(
                label=same, required=False,
                max_length=200, initial=run.constants.get(column.key, ""),
                widget=forms.TextInput(attrs={"aria-label": same, "autocomplete": "off"}),
            )  # fmt: skip

    @property
    def pairs(self) -> list[tuple]:
        """For each column its two fields."""
        return [(self[key], self[f"{key}-constant"]) for key in self.keys]

    @property
    def chosen(self) -> dict:
        sent = self.cleaned_data
        return {
            "mapping": {key: int(sent[key]) for key in self.keys if sent[key]},
            "constants": {key: sent[f"{key}-constant"] for key in self.keys if sent[f"{key}-constant"]},
            "policy": ImportPolicy(sent["policy"]),
        }


def _places(run: ImportRun) -> list[tuple[str, str]]:
    """The headings of the file; one that is empty or there twice is told by its number, too."""
    headings = run.reading.get("headings", [])
    named = []
    for number, heading in enumerate(headings):
        told = heading if headings.count(heading) == 1 and heading else f"{heading} ({number + 1})".strip()
        named.append((str(number), told))
    return named
