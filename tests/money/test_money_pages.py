"""Pages and files about money."""

import csv
import io

import pytest

from config.kernel import scope
from config.kernel.money import Money
from fulfillment.states import OrderStatus
from merchants.accounts.permissions import Role
from merchants.money.models import LedgerTransaction, Statement
from merchants.money.screens import documents
from merchants.money.services import adjustments, payouts, sales, statements
from tests.conftest import person
from tests.factories.accounts import THEN
from tests.factories.fulfillment import make_order
from tests.factories.money import SYSTEM, a_sale, make_books, make_sale, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(acme):
    with scope.acting_for(acme):
        make_schedule({"rate_ppm": 125_000, "tax_ppm": 60_000})
        return make_books()


@pytest.fixture
def page(client_for, olive):
    def ask(path: str, status: int = 200) -> str:
        response = client_for(olive).get(f"/m/acme/money/{path}")
        assert response.status_code == status
        return response.content.decode()

    return ask


def test_the_balance_says_what_it_comes_of(books, page):
    """209.90 sold, 100.00 refunded; 25.00 commission and 1.50 tax, half of both given back."""
    html = page("")
    for told in ["€209.90", "−€100.00", "−€25.00", "−€1.50", "€12.50", "€0.75", "€96.65", "All payouts are held back."]:
        assert told in html, told
    assert "Looked into" in html and "2025-03-EUR" in html


def test_an_empty_balance_is_shown(page, acme):
    html = page("")
    assert "€0.00" in html and "There is nothing to pay out." in html


def test_less_than_the_minimum_is_told(acting, page, now):
    make_sale({"goods_minor": 4_999})
    payouts.set_minimum(least=Money(5_000, "EUR"), by=SYSTEM, now=now)
    assert "It is paid out from €50.00 on." in page("")


def test_each_movement_shows_its_arithmetic(books, page):
    html = page("entries/")
    assert "2 × TENT-1 for €200.00 and freight €9.90: 12.5\u00a0% of €200.00 = €25.00; tax 6\u00a0% = €1.50" in html
    assert "TENT-1: €100.00 of €200.00 refunded, so €12.50 of €25.00 commission and €0.75 of €1.50 tax" in html


def test_a_movement_opens_its_order(acting, page):
    order = make_order(status=OrderStatus.PAID)
    sales.post([a_sale(order_id=order.public_id, order_number=order.number)], by=SYSTEM, now=THEN)
    link = f'<a href="/m/acme/orders/{order.number}/">{order.number}</a>'
    assert link in page("entries/")
    detail = page(f"entries/{LedgerTransaction.objects.get().public_id}/")
    assert f'href="/m/acme/orders/{order.number}/"' in detail


def test_who_may_not_see_orders_gets_no_link(acting, acme, client_for, monkeypatch):
    order = make_order(status=OrderStatus.PAID)
    sales.post([a_sale(order_id=order.public_id, order_number=order.number)], by=SYSTEM, now=THEN)
    monkeypatch.setattr("merchants.money.screens.books.named", lambda abouts, *, actor: {})
    html = client_for(person("ana", acme, Role.ANALYST)).get("/m/acme/money/entries/").content.decode()
    assert order.number in html and f"/orders/{order.number}/" not in html


def test_a_movement_shows_the_accounts_it_moves(books, page):
    with scope.across_merchants(because="the test looks for the sale"):
        sale = LedgerTransaction.objects.get(kind="sale")
    html = page(f"entries/{sale.public_id}/")
    for told in ["Buyers (what they paid and got back)", "Merchant (payable)", "Operator (commission)", "−€209.90"]:
        assert told in html, told


@pytest.mark.parametrize(
    ("query", "found"), [("kind=refund", 1), ("kind=sale", 1), ("q=nothing", 0), ("since=2025-03-04", 0)]
)
def test_filters(books, page, query, found):
    assert page(f"entries/?{query}").count('<th scope="row">') == found


def test_lists_cost_the_same_for_many(acme, acting, client_for, olive, flat_queries):
    make_schedule()
    browser = client_for(olive)
    flat_queries(make_sale, lambda: browser.get("/m/acme/money/entries/"))


def test_statements_cost_the_same_for_many(acme, acting, client_for, olive, flat_queries):
    months = iter(range(3, 12))

    def month():
        at = THEN.replace(month=next(months))
        make_sale(at=at, now=at)
        statements.close(until=at.date().replace(day=1), by=SYSTEM, now=at.replace(month=at.month + 1))

    browser = client_for(olive)
    flat_queries(month, lambda: browser.get("/m/acme/money/statements/"))


def test_a_statement_shows_its_sums_and_lines(books, page):
    html = page("statements/2025-03-EUR/")
    for told in ["Opening balance", "€209.90", "−€12.50", "Closing balance", "€96.65", "12.5\u00a0% of €200.00"]:
        assert told in html, told
    assert html.count('<th scope="row">') == 2
    assert "2025-03-EUR" in page("statements/")
    assert page("statements/2025-04-EUR/", status=404)


def rows_of(statement: Statement) -> list[list[str]]:
    return list(csv.reader(io.StringIO(documents.spreadsheet(statement).decode("utf-8-sig"))))


def test_the_spreadsheet_sums_to_the_statement(books, acme):
    with scope.acting_for(acme):
        heading, *rows = rows_of(books)
    place = heading.index("Change of the balance")
    assert [row[place] for row in rows] == ["183.40", "-86.75"]
    assert rows[0][5:12] == ["200.00", "9.90", "200.00", "12.5\u00a0%", "-25.00", "-1.50", "183.40"]
    assert rows[1][5:12] == ["-100.00", "0.00", "", "", "12.50", "0.75", "-86.75"]


def test_everything_else_has_its_reason_in_the_spreadsheet(acting, now):
    adjustments.debit(amount=Money(500, "EUR"), reason="penalty", explanation="=1+1", by=SYSTEM, now=THEN)
    statements.close(until=THEN.date().replace(day=1), by=SYSTEM, now=THEN.replace(month=4))
    _heading, row = rows_of(Statement.objects.get())
    assert (row[1], row[11], row[13]) == ("Manual debit", "-5.00", "Penalty: =1+1")


@pytest.mark.parametrize("make", [documents.spreadsheet, documents.paper])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_statement_is_the_same_file_whenever_it_is_asked_for(books, acme, make, language):
    acme.language = language
    acme.save()
    with scope.acting_for(acme):
        first = make(Statement.objects.get())
        make_sale({"goods_minor": 77}, now=THEN.replace(month=5))  # it comes later, and is on a later statement
        assert make(Statement.objects.get()) == first


def test_the_paper_has_the_font_for_chinese(books, acme):
    acme.language, acme.name = "zh-hans", "山海户外"
    acme.save()
    with scope.acting_for(acme):
        content = documents.paper(Statement.objects.get())
    assert content.startswith(b"%PDF-")
    assert b"NotoSansCJKsc" in content


def test_files_are_for_those_who_may_see_money(books, client_for, olive, sam, rita):
    for kind, content_type in [("csv", "text/csv; charset=utf-8"), ("pdf", "application/pdf")]:
        path = f"/m/acme/money/statements/2025-03-EUR/{kind}/"
        answer = client_for(olive).get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="2025-03-EUR.{kind}"'
        assert client_for(sam).get(path).status_code == 403
        assert client_for(rita).get(path).status_code == 404
