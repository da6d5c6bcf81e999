"""The filters of the list of all that was done."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from config.kernel.events import Event
from config.kernel.filters import FromDay, UntilDay
from merchants.accounts import selectors as accounts
from merchants.activity.models import DomainEvent


def subjects() -> list[tuple[str, str]]:
    """What facts are about, by the middle word of their names: `catalog.product.created` is about a product."""
    names = {name.rpartition(".")[0] for name, fact in Event.known.items() if name.count(".") > 1}
    return [(name, name) for name in sorted(names)]


class FactFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=_("Name of what happened"), field_name="name", lookup_expr="startswith", max_length=100
    )
    subject = filters.ChoiceFilter(label=_("What it is about"), choices=subjects, method="of_subject")
    actor = filters.ChoiceFilter(label=_("Who"), choices=accounts.actors)
    since = FromDay(label=_("From this day"), field_name="occurred_at")
    until = UntilDay(label=_("To this day"), field_name="occurred_at")

    class Meta:
        model = DomainEvent
        fields: list[str] = []

    def of_subject(self, rows, name, value):
        return rows.filter(name__startswith=f"{value}.")
