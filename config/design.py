"""Every component in every state it has, on one page: what new pages are made of."""

from datetime import timedelta

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel import clock
from config.kernel.money import Money

TONES = {
    "": __("plain"), "quiet": __("as it should be"), "outline": __("not begun"), "ok": __("good"),
    "info": __("under way"), "alt": __("elsewhere"), "warn": __("look at it"), "bad": __("act now"),
}  # fmt: skip
CHOICES = [("one", __("One")), ("two", __("Two"))]


class Sample(forms.Form):
    """A field of each kind."""

    title = forms.CharField(label=__("Text"), help_text=__("A hint says what is meant."), max_length=20)
    price = forms.DecimalField(label=__("Number"), min_value=0)
    day = forms.DateField(label=__("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=__("One of several"), choices=CHOICES)
    way = forms.ChoiceField(label=__("One of a few"), choices=CHOICES, widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(label=__("Some of a few"), choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label=__("Yes or no"), required=False)
    text = forms.CharField(label=__("Long text"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    file = forms.FileField(label=__("File"), required=False)


def page(request):
    """For platform staff, who look at how pages look."""
    now = clock.now()
    return render(request, "admin/design.html", {
        "tones": [{"value": tone or "plain", "tone": tone, "label": label} for tone, label in TONES.items()],
        "deadlines": [
            {"at": now + timedelta(hours=30), "label": _("tomorrow"), "state": "calm"},
            {"at": now + timedelta(hours=2), "label": _("in 2 h"), "state": "soon"},
            {"at": now - timedelta(minutes=26), "label": _("26 min late"), "state": "late"},
        ],
        "amounts": [Money(123_456, "CNY"), Money(-990, "EUR"), Money(0, "GBP"), None],
        "facts": [(_("Text"), "SKU-1"), (_("Day"), now.date()), (_("File"), None)],
        "sums": [(_("Items"), "€39.80"), (_("Freight"), "€4.90"), (_("Total"), "€44.70")],
        "steps": [
            {"label": _("Placed"), "note": "", "state": "done"}, {"label": _("Paid"), "note": "", "state": "now"},
            {"label": _("Shipped"), "note": "", "state": "to come"},
        ],
        "entries": [
            {"at": now, "who": "SKU-1", "text": _("act now"), "note": _("A hint says what is meant."),
             "icon": "triangle-alert", "tone": "bad"},
            {"at": now - timedelta(days=1), "who": "", "text": _("good"), "note": "", "icon": "check", "tone": "ok"},
        ],
        "pager": {"shown_label": "1–50 / 214", "first_url": "#", "previous_url": "#", "next_url": "#"},
        "views": [
            {"label": _("One"), "url": "#", "current": True, "count": 214},
            {"label": _("Two"), "url": "#", "current": False, "count": None},
        ],
        "columns": [
            {"key": "a", "label": _("Text"), "numeric": False, "sort_url": "#", "aria_sort": "ascending"},
            {"key": "b", "label": _("Number"), "numeric": True, "sort_url": "#", "aria_sort": None},
            {"key": "c", "label": _("Day"), "numeric": False, "sort_url": None, "aria_sort": None},
        ],
        "form": Sample(auto_id="fresh_%s"), "wrong": Sample({"price": "-1"}, auto_id="wrong_%s"), "now": now,
    })  # fmt: skip
