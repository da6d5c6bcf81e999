"""Pages about what a merchant is owed, and what it comes of."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as __

from config.kernel.index import Column, View
from config.kernel.pages import IndexPage, Page
from merchants.accounts.permissions import Permission
from merchants.accounts.selectors import names_of
from merchants.money.filters import EntryFilter
from merchants.money.screens import books
from merchants.money.selectors import ledger, statements
from merchants.money.states import Kind

LATEST = 6
COLUMNS = [
    Column("what", __("What")),
    Column("when", __("When"), order="occurred", is_time=True),
    Column("gross", __("Sold or refunded"), numeric=True),
    Column("fee", __("Commission and tax"), numeric=True),
    Column("net", __("Change of the balance"), numeric=True),
]


class MoneyHome(Page):
    """The balance with its explanation, what is held back, the latest statements."""

    needs = Permission.MONEY_VIEW
    template_name = "money/home.html"

    def context(self):
        balances = ledger.balances(currency=self.merchant.currency)
        return {
            "owed": [books.owed(balance) for balance in balances],
            "holds": list(ledger.open_holds()),
            "latest": list(statements.statements().order_by("-period_on", "currency", "-pk")[:LATEST]),
        }


class EntryIndex(IndexPage):
    needs = Permission.MONEY_VIEW
    template_name = "money/entry_list.html"
    title = __("Movements")
    filterset_class = EntryFilter
    columns = COLUMNS
    orders = {"-occurred": ("-period_on", "-occurred_at", "-pk"), "occurred": ("period_on", "occurred_at", "pk")}
    views = [
        View(__("All")),
        View(__("Sales"), {"kind": Kind.SALE.value}),
        View(__("Refunds"), {"kind": Kind.REFUND.value}),
        View(__("Cancelled, refund unknown"), {"kind": Kind.UNCLEAR.value}),
    ]
    empty_text = __("Each sale and each refund appears here, with what the operator takes of it.")

    def rows(self):
        return ledger.movements()

    def ready(self, rows):
        return books.ready(ledger.with_arithmetic(rows), actor=self.actor)


class EntryDetail(Page):
    needs = Permission.MONEY_VIEW
    template_name = "money/entry_detail.html"

    def load(self, public_id):
        self.entry = ledger.movement(public_id)

    def context(self):
        (entry,) = books.ready([self.entry], actor=self.actor)
        crumbs = [{"label": EntryIndex.title, "url": reverse("money:entries", args=[self.merchant.slug])}]
        return {"entry": entry, "crumbs": crumbs, "by": names_of({entry.by})[entry.by]}
