"""What a shop is owed, and what it comes of."""

from types import SimpleNamespace

from django.http import HttpResponse

from config.kernel.api.lists import Listing
from config.kernel.api.resources import Resource
from config.kernel.money import Money
from merchants.accounts.permissions import Permission
from merchants.money.api import serializers
from merchants.money.filters import EntryFilter, KindFilter, StatementFilter
from merchants.money.models import Statement
from merchants.money.screens import documents
from merchants.money.selectors import ledger, statements

SUMS = ("sales", "refunds", "commission", "commission_tax", "adjustments", "held")


class Balances(Resource):
    """What the shop is owed, by what it comes of, in each currency."""

    reads = Permission.MONEY_VIEW
    output = serializers.BalancesOut

    def row(self):
        return SimpleNamespace(balances=ledger.balances(currency=self.merchant.currency))

    def ready(self, rows):
        for balance in rows[0].balances:
            balance.shown_items = [
                SimpleNamespace(item=item, amount=amount) for item, amount in balance.items.items()
            ]  # fmt: skip
        return rows


class Entries(Resource):
    """Movements of money by month and moment, each with its arithmetic. The books are only ever added to."""

    reads = Permission.MONEY_VIEW
    output = serializers.EntryOut
    listing = Listing("entries", ("period_on", "occurred_at", "pk"), EntryFilter)

    def rows(self):
        return ledger.movements()

    def ready(self, rows):
        return ledger.with_arithmetic(rows)


class OneEntry(Resource):
    """One movement of money."""

    reads = Permission.MONEY_VIEW
    output = serializers.EntryOut

    def load(self, public_id):
        self.entry = ledger.movement(public_id)

    def row(self):
        return self.entry


def with_sums(rows: list[Statement]) -> list[Statement]:
    for row in rows:
        row.sums = SimpleNamespace(**{name: Money(getattr(row, f"{name}_minor"), row.currency) for name in SUMS})
    return rows


class Statements(Resource):
    """Months that are closed; a closed month does not change."""

    reads = Permission.MONEY_VIEW
    output = serializers.StatementOut
    listing = Listing("statements", ("period_on", "pk"), StatementFilter)

    def rows(self):
        return statements.statements()

    def ready(self, rows):
        return with_sums(rows)


class StatementResource(Resource, abstract=True):
    """About one statement, which is found by its number."""

    output = serializers.StatementOut

    def load(self, number):
        self.statement = statements.statement(number)

    def row(self):
        return self.statement

    def ready(self, rows):
        return with_sums(rows)


class OneStatement(StatementResource):
    """A month: its sums, which add up to what the balance changed by."""

    reads = Permission.MONEY_VIEW


class StatementEntries(StatementResource):
    """The movements of a statement, each with its arithmetic and its order."""

    reads = Permission.MONEY_VIEW
    output = serializers.EntryOut
    listing = Listing("statement-entries", ("occurred_at", "pk"), KindFilter)

    def rows(self):
        return statements.entries(self.statement)

    def ready(self, rows):
        return ledger.with_arithmetic(rows)


class StatementFile(StatementResource, abstract=True):
    is_file = True

    def shown(self, row, *, status):
        name = f"{row.number}.{self.kind.rpartition('/')[2]}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(self.content(row), content_type=self.kind, headers=headers)


class StatementSpreadsheet(StatementFile):
    """A statement as CSV: its column “change of the balance”, the twelfth, sums to it."""

    reads, kind = Permission.MONEY_VIEW, "text/csv"

    def content(self, row):
        return documents.spreadsheet(row)


class StatementPaper(StatementFile):
    """A statement as PDF."""

    reads, kind = Permission.MONEY_VIEW, "application/pdf"

    def content(self, row):
        return documents.paper(row)
