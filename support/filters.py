"""The filters of support's lists: one FilterSet serves the chips of the page and the API alike."""

from datetime import timedelta

import django_filters as filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fulfillment.filters import DAYS
from fulfillment.rules import day_starts
from support import selectors
from support.models import ProductReview

STARS = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("low", _("1 or 2")), ("high", _("4 or 5"))]
RANGES = {"low": (1, 2), "high": (4, 5)}


class ReviewFilter(filters.FilterSet):
    """Of `selectors.reviews`. Dates are days of the merchant's zone, which the page is in."""

    q = filters.CharFilter(label=_("Order number or product code"), method="search", max_length=200)
    stars = filters.ChoiceFilter(label=_("Stars"), choices=STARS, method="scored")
    text = filters.ChoiceFilter(label=_("Text"), choices=[("yes", _("Yes")), ("no", _("No"))], method="worded")
    product = filters.CharFilter(label=_("Product"), field_name="product__code", max_length=40)
    given_from = filters.DateFilter(label=_("Given from"), method="since", **DAYS)
    given_to = filters.DateFilter(label=_("Given until"), method="until", **DAYS)

    class Meta:
        model = ProductReview
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(selectors.about(value))

    def scored(self, rows, name, value):
        return rows.filter(score__range=RANGES.get(value, (value, value)))

    def worded(self, rows, name, value):
        return rows.filter(title="", text="") if value == "no" else rows.exclude(title="", text="")

    def since(self, rows, name, value):
        return rows.filter(given_at__gte=day_starts(value, zone=timezone.get_current_timezone()))

    def until(self, rows, name, value):
        ended = day_starts(value + timedelta(days=1), zone=timezone.get_current_timezone())
        return rows.filter(given_at__lt=ended)
