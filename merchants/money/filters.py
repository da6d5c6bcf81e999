"""The filters of money's lists: one FilterSet serves the chips of the page and the API alike."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from config.kernel.filters import FromDay, UntilDay
from merchants.money.models import LedgerTransaction, Statement
from merchants.money.states import Kind


class KindFilter(filters.FilterSet):
    """Of one statement."""

    q = filters.CharFilter(label=_("Order number"), field_name="order_number", lookup_expr="exact", max_length=60)
    kind = filters.ChoiceFilter(label=_("What"), choices=Kind.choices)

    class Meta:
        model = LedgerTransaction
        fields: list[str] = []


class EntryFilter(KindFilter):
    """Dates are days of the merchant's zone, which the page is in."""

    since = FromDay(label=_("From"), field_name="occurred_at")
    until = UntilDay(label=_("Until"), field_name="occurred_at")


class StatementFilter(filters.FilterSet):
    currency = filters.CharFilter(label=_("Currency"), field_name="currency", lookup_expr="iexact", max_length=3)

    class Meta:
        model = Statement
        fields: list[str] = []
