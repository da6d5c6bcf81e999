"""Filters that lists of several apps share. A day is one of the zone that the page is in: the merchant's."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

import django_filters as filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from config.kernel.clock import day_starts
from config.kernel.errors import UnknownFilter


class DayFilter(filters.DateFilter):
    """Moments on one side of the beginning or end of a day."""

    def __init__(self, **kwargs):
        validators = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(validators=validators, widget=widget, **kwargs)


class FromDay(DayFilter):
    """From the beginning of a day on."""

    def filter(self, rows, value):
        if value is None:
            return rows
        return rows.filter(**{f"{self.field_name}__gte": day_starts(value, zone=timezone.get_current_timezone())})


class UntilDay(DayFilter):
    """Until a day has ended."""

    def filter(self, rows, value):
        if value is None:
            return rows
        ended = day_starts(value + timedelta(days=1), zone=timezone.get_current_timezone())
        return rows.filter(**{f"{self.field_name}__lt": ended})


def checked(
    query: Mapping[str, str], filterset: type[filters.FilterSet], rows: QuerySet, *, beside: Collection[str] = ()
) -> filters.FilterSet:  # fmt: skip
    """What a query asks of a list; `beside` are its parameters that are no filters. Raises UnknownFilter (400)."""
    asked = filterset(query or None, queryset=rows)
    refuse_unknown(query, {*asked.filters, *beside})
    if asked.is_bound:
        refuse_invalid(asked)
    return asked


def refuse_invalid(asked: filters.FilterSet) -> None:
    """Raises UnknownFilter (400)."""
    if not asked.form.is_valid():
        name, errors = next(iter(asked.form.errors.items()))
        told = {"label": asked.form.fields[name].label, "error": errors[0]}
        raise UnknownFilter(_("%(label)s: %(error)s") % told, field=name)


def refuse_unknown(query: Mapping[str, str], known: Collection[str]) -> None:
    for name in query:
        if name not in known:
            raise UnknownFilter(_("This list has no filter “%(name)s”.") % {"name": name}, field=name)
