"""The filters of support's lists: one FilterSet serves the chips of the page and the API alike."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from config.kernel.filters import FromDay, UntilDay
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
    given_from = FromDay(label=_("Given from"), field_name="given_at")
    given_to = UntilDay(label=_("Given until"), field_name="given_at")

    class Meta:
        model = ProductReview
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(selectors.about(value))

    def scored(self, rows, name, value):
        return rows.filter(score__range=RANGES.get(value, (value, value)))

    def worded(self, rows, name, value):
        return rows.filter(title="", text="") if value == "no" else rows.exclude(title="", text="")
