"""Months of many merchants are closed, against one GROUP BY over the same order lines."""

import uuid
from datetime import UTC, datetime

from django.db import connection, connections

from config.kernel import scope
from merchants.accounts.models import Merchant
from merchants.money.models import CommissionLine, Statement
from merchants.money.services import sales, statements
from merchants.money.services.sales import Sale, SoldLine
from tests.benchmarks.orders import SHOP
from tests.benchmarks.shop import BY
from tests.factories.marketplace import usual_category

MERCHANTS, LINES, AT_ONCE = 500, 3, 5_000
MARCH, APRIL = datetime(2026, 3, 14, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)
GROUPED = """
    SELECT merchant_id, sum(goods_minor + freight_minor), sum(fee_minor), sum(tax_minor)
    FROM money_commissionline GROUP BY 1
"""


class Statements:
    measures = "statements: a month of 500 merchants with 1,000,000 order lines is closed"
    peer = "a single GROUP BY over the same order lines, which writes nothing and knows no refunds, holds or currencies"
    units, size, peer_size, goal = "lines", 1_000_000, 1_000_000, 0.5

    def prepare(self) -> None:
        SHOP.open()
        SHOP.clear()
        with scope.acting_for(SHOP.merchant):
            self.category = usual_category().pk
        values = {"name": "A merchant", "currency": "EUR", "timezone": "UTC", "joined_at": MARCH}
        self.merchants = [
            Merchant.objects.get_or_create(slug=f"merchant-{number}", defaults=values)[0] for number in range(MERCHANTS)
        ]

    def clear(self, units: int) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE money_statement CASCADE")
        with scope.across_merchants(because="what is there is counted"):
            standing = CommissionLine.objects.count()
        for _batch in range(standing, units, AT_ONCE * LINES):
            with scope.writing_for_many(because="a month of many merchants is made up"):
                sales.post_many([self.sale(number) for number in range(AT_ONCE)], by=BY, now=MARCH)
            if not standing:
                SHOP.know_the_tables()
                standing = AT_ONCE
        SHOP.know_the_tables()

    def sale(self, number: int) -> Sale:
        lines = [
            SoldLine(uuid.uuid4(), place, "SKU", 1, 1_000 + number % 777, 100, 0, self.category)
            for place in range(1, LINES + 1)
        ]
        merchant = self.merchants[number % MERCHANTS].pk
        return Sale(uuid.uuid4(), f"X{number}", "EUR", MARCH, lines, True, merchant)

    def ours(self, units: int) -> None:
        statements.close_due(most=MERCHANTS, by=BY, now=APRIL)

    def theirs(self, units: int) -> None:
        with scope.across_merchants(because="the lines of all are added up"), connection.cursor() as cursor:
            cursor.execute(GROUPED)
            assert len(cursor.fetchall()) == MERCHANTS

    def check(self, units: int) -> None:
        """Ours closed a month of each merchant; the peer leaves nothing behind."""
        with scope.across_merchants(because="the statements are counted"):
            assert Statement.objects.count() in {0, MERCHANTS}


BENCHMARK = Statements()
