"""The filters of the list of all that was done."""

from datetime import date, datetime, time, timedelta

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.kernel.events import Event
from merchants.accounts import selectors as accounts
from merchants.activity.models import DomainEvent


def subjects() -> list[tuple[str, str]]:
    """What facts are about, by the middle word of their names: `catalog.product.created` is about a product."""
    names = {name.rpartition(".")[0] for name, fact in Event.known.items() if name.count(".") > 1}
    return [(name, name) for name in sorted(names)]


class DayFilter(filters.DateFilter):
    """A day in the zone of the page."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class FactFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=_("Name of what happened"), field_name="name", lookup_expr="startswith", max_length=100
    )
    subject = filters.ChoiceFilter(label=_("What it is about"), choices=subjects, method="of_subject")
    actor = filters.ChoiceFilter(label=_("Who"), choices=accounts.actors)
    since = DayFilter(label=_("From this day"), method="from_day")
    until = DayFilter(label=_("To this day"), method="to_day")

    class Meta:
        model = DomainEvent
        fields: list[str] = []

    def of_subject(self, rows, name, value):
        return rows.filter(name__startswith=f"{value}.")

    def from_day(self, rows, name, day):
        return rows.filter(occurred_at__gte=_start_of(day))

    def to_day(self, rows, name, day):
        return rows.filter(occurred_at__lt=_start_of(day + timedelta(days=1)))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
