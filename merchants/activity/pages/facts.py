"""The page of all that was done in a shop, and the same as a file."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel import spreadsheets
from config.kernel.index import Column, Index
from config.kernel.pages import IndexPage, Page
from merchants.accounts.permissions import Permission
from merchants.activity import selectors
from merchants.activity.errors import TooManyRows
from merchants.activity.filters import FactFilter

MOST = 100_000  # rows in a file; a spreadsheet opens ten times as many, and nobody reads them


class FactIndex(IndexPage):
    needs = Permission.ACTIVITY_VIEW
    template_name = "activity/fact_list.html"
    title = __("Activity")
    filterset_class = FactFilter
    columns = [
        Column("what", __("What")),
        Column("who", __("Who")),
        Column("when", __("When"), order="when", is_time=True),
    ]  # fmt: skip
    orders = {"-when": ("-occurred_at", "-pk"), "when": ("occurred_at", "pk")}
    empty_text = __("Whatever anybody does here appears in this list.")

    def rows(self):
        return selectors.facts()

    def ready(self, rows):
        return selectors.told_with_subjects(rows, actor=self.actor)

    def context(self):
        context = super().context()
        chosen = context["index"].url().removeprefix(self.request.path)
        return context | {"file_url": reverse("activity:fact-file", args=[self.merchant.slug]) + chosen}


class FactFile(Page):
    """The list as it was filtered and sorted, to be kept. Raises TooManyRows."""

    needs = Permission.ACTIVITY_VIEW

    def get(self, request, **_kwargs):
        index = Index(
            request.GET, path=request.path, title=FactIndex.title, filterset=FactFilter, rows=selectors.facts(),
            columns=[], orders=FactIndex.orders, size=1,
        )  # fmt: skip
        rows = index.filterset.qs.order_by(*index.orders[index.sort])
        if rows[MOST : MOST + 1].exists():
            raise TooManyRows(_("More than 100,000 rows: narrow the list down, by days for instance."))
        name = f"activity-{self.merchant.slug}-{self.now.astimezone(self.merchant.zone):%Y-%m-%d}.csv"
        return spreadsheets.download(selectors.fact_table(rows), name=name)
