"""The page of all that was done in a shop."""

from django.utils.translation import gettext_lazy as __

from config.kernel.index import Column
from config.kernel.pages import IndexPage
from merchants.accounts.permissions import Permission
from merchants.activity import selectors
from merchants.activity.filters import FactFilter


class FactIndex(IndexPage):
    needs = Permission.ACTIVITY_VIEW
    template_name = "activity/fact_list.html"
    title = __("Activity")
    filterset_class = FactFilter
    columns = [
        Column("what", __("What")),
        Column("who", __("Who")),
        Column("when", __("When"), order="when"),
    ]  # fmt: skip
    orders = {"-when": ("-occurred_at", "-pk"), "when": ("occurred_at", "pk")}
    empty_text = __("Whatever anybody does here appears in this list.")

    def rows(self):
        return selectors.facts()

    def ready(self, rows):
        return selectors.told(rows)
