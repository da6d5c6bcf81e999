"""Filters that lists of several apps share. A day is one of the zone that the page is in: the merchant's."""

from datetime import date, timedelta

import django_filters as filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from config.kernel.clock import day_starts


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
