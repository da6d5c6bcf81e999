"""The filters of fulfillment's lists: one FilterSet serves the chips of the page and the API alike."""

from datetime import date, timedelta

import django_filters as filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fulfillment import selectors
from fulfillment.models import Order, PaymentPart
from fulfillment.rules import day_starts
from fulfillment.states import OrderStatus, PaymentKind

YES = [("yes", _("Yes"))]
DAYS = {
    "validators": [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
}


class OrderFilter(filters.FilterSet):
    """Of `selectors.orders`. Dates are days of the merchant's zone, which the page is in."""

    q = filters.CharFilter(label=_("Order, waybill, SKU, buyer or phone"), method="search", max_length=200)
    status = filters.ChoiceFilter(label=_("Status"), choices=OrderStatus.choices)
    late = filters.ChoiceFilter(label=_("Late"), choices=YES, method="being_late")
    placed_from = filters.DateFilter(label=_("Placed from"), method="since", **DAYS)
    placed_to = filters.DateFilter(label=_("Placed until"), method="until", **DAYS)
    region = filters.CharFilter(label=_("Region"), field_name="region", lookup_expr="iexact", max_length=60)

    class Meta:
        model = Order
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(pk__in=selectors.matching(value))

    def being_late(self, rows, name, value):
        return rows.filter(is_late=True)

    def since(self, rows, name, value):
        return rows.filter(placed_at__gte=day_starts(value, zone=timezone.get_current_timezone()))

    def until(self, rows, name, value):
        ended = day_starts(value + timedelta(days=1), zone=timezone.get_current_timezone())
        return rows.filter(placed_at__lt=ended)


class OrderMoneyFilter(OrderFilter):
    """For those who may see payments."""

    payment = filters.ChoiceFilter(label=_("Payment"), choices=PaymentKind.choices, method="paid_by")
    gap = filters.ChoiceFilter(label=_("Paid differs from total"), choices=YES, method="differing")

    def paid_by(self, rows, name, value):
        return rows.filter(pk__in=PaymentPart.objects.filter(kind=value).values("order"))

    def differing(self, rows, name, value):
        return rows.exclude(paid_minor=F("total_minor"))
