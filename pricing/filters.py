"""The filters of pricing's lists."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from config.kernel.filters import FromDay, UntilDay
from pricing.models import Price


class PriceFilter(filters.FilterSet):
    sku = filters.CharFilter(label=_("SKU"), field_name="variant__sku", max_length=60)
    channel = filters.CharFilter(label=_("Sales channel"), field_name="channel__code", max_length=40)
    set_from = FromDay(label=_("Set from"), field_name="starts_at")
    set_to = UntilDay(label=_("Set until"), field_name="starts_at")

    class Meta:
        model = Price
        fields: list[str] = []
