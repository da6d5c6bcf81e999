"""The filters of fulfillment's lists: one FilterSet serves the chips of the page and the API alike."""

import django_filters as filters
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.kernel.deadlines import Nearness
from config.kernel.filters import FromDay, UntilDay
from fulfillment import selectors
from fulfillment.models import CreditLine, Order, PaymentPart, Shipment
from fulfillment.states import MatchRule, OrderStatus, PaymentKind

YES = [("yes", _("Yes"))]
FOUND = [("yes", _("Found")), ("no", _("Not found"))]
LONGEST = 3_500  # of several numbers; an address that is longer is refused by servers


class OrderFilter(filters.FilterSet):
    """Of `selectors.orders`. Dates are days of the merchant's zone, which the page is in."""

    q = filters.CharFilter(label=_("Order, waybill, SKU, buyer or phone"), method="search", max_length=200)
    numbers = filters.CharFilter(label=_("Several numbers"), method="being_one_of", max_length=LONGEST)
    status = filters.ChoiceFilter(label=_("Status"), choices=OrderStatus.choices)
    due = filters.ChoiceFilter(label=_("To ship"), field_name="near", choices=Nearness.choices)
    late = filters.ChoiceFilter(label=_("Late"), choices=YES, method="being_late")
    placed_from = FromDay(label=_("Placed from"), field_name="placed_at")
    placed_to = UntilDay(label=_("Placed until"), field_name="placed_at")
    region = filters.CharFilter(label=_("Region"), field_name="region", lookup_expr="iexact", max_length=60)

    class Meta:
        model = Order
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(pk__in=selectors.matching(value))

    def being_one_of(self, rows, name, value):
        return rows.filter(pk__in=selectors.several(value.replace(",", " ").split()))

    def being_late(self, rows, name, value):
        return rows.filter(is_late=True)


class OrderMoneyFilter(OrderFilter):
    """For those who may see payments."""

    payment = filters.ChoiceFilter(label=_("Payment"), choices=PaymentKind.choices, method="paid_by")
    gap = filters.ChoiceFilter(label=_("Paid differs from total"), choices=YES, method="differing")

    def paid_by(self, rows, name, value):
        return rows.filter(pk__in=PaymentPart.objects.filter(kind=value).values("order"))

    def differing(self, rows, name, value):
        return rows.exclude(paid_minor=F("total_minor"))


class CreditFilter(filters.FilterSet):
    """Of `selectors.credits.credits`."""

    q = filters.CharFilter(label=_("Document or SKU"), method="search", max_length=60)
    rule = filters.ChoiceFilter(label=_("Found by"), choices=MatchRule.choices)
    found = filters.ChoiceFilter(label=_("Sale"), choices=FOUND, method="being_found")
    since = FromDay(label=_("From"), field_name="at")
    until = UntilDay(label=_("Until"), field_name="at")

    class Meta:
        model = CreditLine
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(Q(number=value.upper()) | Q(sku=value))

    def being_found(self, rows, name, value):
        return rows.filter(rule__in=[rule for rule in MatchRule if rule.is_match == (value == "yes")])


class ShipmentFilter(filters.FilterSet):
    waybill = filters.CharFilter(label=_("Waybill"), max_length=60)
    order = filters.CharFilter(label=_("Order"), field_name="order__number", max_length=60)

    class Meta:
        model = Shipment
        fields: list[str] = []
