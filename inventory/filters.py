"""The filters of stock: one FilterSet serves the chips of the page and the API alike."""

import django_filters as filters
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import StockLevel, StockMovement
from inventory.states import MovementKind

STATES = [
    ("out", _("Nothing available")), ("low", _("Below the alert line")), ("reserved", _("Reserved")),
    ("damaged", _("Damaged")), ("incoming", _("On its way")),
]  # fmt: skip
CHOSEN = {
    "out": Q(on_hand__lte=F("reserved") + F("damaged")),
    "low": Q(alert_below__isnull=False, on_hand__lt=F("reserved") + F("damaged") + F("alert_below")),
    "reserved": Q(reserved__gt=0), "damaged": Q(damaged__gt=0), "incoming": Q(incoming__gt=0),
}  # fmt: skip


class StockFilter(filters.FilterSet):
    """Of `selectors.levels`."""

    q = filters.CharFilter(label=_("SKU or product"), method="search", max_length=200)
    state = filters.ChoiceFilter(label=_("Stock"), choices=STATES, method="being")

    class Meta:
        model = StockLevel
        fields: list[str] = []

    def search(self, rows, name, value):
        return rows.filter(Q(variant__sku__istartswith=value) | Q(variant__product__title__icontains=value))

    def being(self, rows, name, value):
        return rows.filter(CHOSEN[value])


class MovementFilter(filters.FilterSet):
    sku = filters.CharFilter(label=_("SKU"), field_name="level__variant__sku", max_length=60)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=MovementKind.choices)

    class Meta:
        model = StockMovement
        fields: list[str] = []
