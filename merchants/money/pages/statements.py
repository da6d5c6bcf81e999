"""Pages about statements."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.index import Column, Index
from config.kernel.pages import IndexPage, Page
from merchants.accounts.permissions import Permission
from merchants.money.filters import KindFilter, StatementFilter
from merchants.money.pages.books import COLUMNS
from merchants.money.screens import books, documents
from merchants.money.selectors import ledger, statements


class StatementIndex(IndexPage):
    needs = Permission.MONEY_VIEW
    template_name = "money/statement_list.html"
    title = __("Statements")
    filterset_class = StatementFilter
    columns = [
        Column("number", __("Statement"), order="period", is_time=True),
        Column("entries", __("Movements"), numeric=True),
        Column("opening", __("Opening balance"), numeric=True),
        Column("closing", __("Closing balance"), numeric=True),
        Column("closed", __("Closed")),
    ]
    orders = {"-period": ("-period_on", "-pk"), "period": ("period_on", "pk")}
    empty_text = __("When a month is over, its statement appears here.")

    def rows(self):
        return statements.statements()

    def ready(self, rows):
        for statement in rows:
            statement.period = documents.period(statement)
        return rows


class StatementPage(Page, abstract=True):
    """A page about one statement."""

    needs = Permission.MONEY_VIEW

    def load(self, number):
        self.statement = statements.statement(number)


class StatementDetail(StatementPage):
    """Its sums, and each movement with its arithmetic and its order."""

    template_name = "money/statement_detail.html"

    def context(self):
        statement = self.statement
        index = Index(
            self.request.GET, path=self.request.path, title=_("Statement %(number)s") % {"number": statement.number},
            filterset=KindFilter, rows=statements.entries(statement), columns=COLUMNS,
            orders={"occurred": ("occurred_at", "pk"), "-occurred": ("-occurred_at", "-pk")},
        )  # fmt: skip
        index.sub = documents.period(statement)
        index.rows = books.ready(ledger.with_arithmetic(index.rows), actor=self.actor)
        return {"index": index, "statement": statement, "sums": books.sums(statement)}


class StatementSpreadsheet(StatementPage):
    def get(self, request, **_kwargs):
        return _file(documents.spreadsheet(self.statement), f"{self.statement.number}.csv", "text/csv; charset=utf-8")


class StatementPaper(StatementPage):
    def get(self, request, **_kwargs):
        return _file(documents.paper(self.statement), f"{self.statement.number}.pdf", "application/pdf")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
