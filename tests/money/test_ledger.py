"""The books balance and are only added to, whoever writes: the application, its tables' owner, or two at once."""

import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from config.kernel import scope
from config.kernel.money import Money
from merchants.money.models import (
    CommissionLine,
    CommissionReturn,
    Hold,
    HoldRelease,
    LedgerLine,
    LedgerTransaction,
    Statement,
)
from merchants.money.selectors import faults
from merchants.money.services import payouts, refunds, statements
from merchants.money.services.refunds import RefundedLine
from tests.factories.accounts import THEN
from tests.factories.money import SYSTEM, make_sale, make_schedule

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
BOOKS = [CommissionLine, CommissionReturn, Hold, HoldRelease, LedgerLine, LedgerTransaction, Statement]
APRIL = THEN.replace(month=4)


@pytest.fixture
def books(acting):
    """A sale, half of it refunded, a hold released and one open, March closed."""
    make_schedule({"rate_ppm": 125_000, "tax_ppm": 60_000})
    sale = make_sale({"goods_minor": 1_000, "freight_minor": 100})
    line = sale.commissions.get()
    half = [RefundedLine(line.line_id, 500)]
    refunds.post(key="half", order_id=sale.order_id, lines=half, at=THEN, by=SYSTEM, now=THEN)
    held = {"currency": "EUR", "reason": "risk", "explanation": "looked into", "by": SYSTEM, "now": THEN}
    hold = payouts.hold(amount=Money(100, "EUR"), **held)
    payouts.release(hold=hold, explanation="all is well", by=SYSTEM, now=THEN)
    payouts.hold(amount=Money(50, "EUR"), **held)
    statements.close(until=THEN.date().replace(day=1), by=SYSTEM, now=APRIL)
    return sale


@pytest.mark.parametrize("model", BOOKS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_application_may_not_change_what_is_written(books, model, verb):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(model._meta.db_table))


@pytest.mark.parametrize("model", BOOKS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_not_even_the_owner_changes_what_is_written(books, owner, model, verb):
    with pytest.raises(IntegrityError, match="is only added to"):
        owner(verb.format(model._meta.db_table))


def unbalanced(**overrides):
    """A transaction written past the services."""
    values = {
        "key": str(uuid.uuid4()), "kind": "sale", "currency": "EUR", "occurred_at": THEN, "posted_at": THEN,
        "period_on": THEN.date().replace(day=1), "by": "nobody",
    }  # fmt: skip
    return LedgerTransaction.objects.create(**values | overrides)


def add(head, minor, currency="EUR"):
    LedgerLine.objects.create(
        transaction=head, account="merchant_payable", item="sale", amount_minor=minor, currency=currency,
        period_on=head.period_on,
    )  # fmt: skip


def commit():
    """Ask what PostgreSQL asks at a commit."""
    connection.check_constraints()


@pytest.mark.parametrize("lines", [[], [(100, "EUR")], [(100, "EUR"), (-99, "EUR")], [(100, "EUR"), (-100, "CNY")]])
def test_a_transaction_that_does_not_add_up_is_refused(acting, lines):
    with pytest.raises(IntegrityError, match="does not add up"), transaction.atomic():
        head = unbalanced()
        for minor, currency in lines:
            add(head, minor, currency)
        commit()
    assert not LedgerTransaction.objects.exists()


def test_a_transaction_that_adds_up_in_each_currency_is_taken(acting):
    head = unbalanced()
    for minor, currency in [(100, "EUR"), (-100, "EUR"), (7, "CNY"), (-7, "CNY")]:
        add(head, minor, currency)
    commit()
    assert head.lines.count() == 4


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_lines_are_not_added_later(acme):
    with scope.acting_for(acme):
        sale = make_sale()
        with pytest.raises(IntegrityError, match="written together"), transaction.atomic():
            add(sale, 100)
            add(sale, -100)
        assert sale.lines.count() == 2


def check() -> list[str]:
    with scope.across_merchants(because="the test checks all books"):
        return [fault.check.key for fault in faults.faults()]


def test_good_books_pass(books, capsys):
    assert check() == []
    call_command("check_ledger")
    assert "nothing wrong" in capsys.readouterr().out


FAULTS = [
    ("UPDATE money_ledgerline SET amount_minor = amount_minor + 1 WHERE account = 'buyer_clearing' AND item = 'sale'",
     ["transactions", "currencies", "commissions"]),
    ("DELETE FROM money_ledgerline WHERE transaction_id = (SELECT id FROM money_ledgertransaction WHERE kind = 'hold'"
     " ORDER BY id LIMIT 1)", ["transactions", "holds", "statements"]),
    ("UPDATE money_ledgerline SET period_on = '2025-02-01' WHERE item = 'commission_back'",
     ["lines", "statements"]),
    ("UPDATE money_commissionline SET fee_minor = fee_minor + 2",
     ["commissions", "arithmetic", "returns"]),
    ("UPDATE money_commissionreturn SET fee_minor = fee_minor - 1", ["refunds", "returns"]),
    ("DELETE FROM money_holdrelease", ["holds"]),
    ("UPDATE money_statement SET sales_minor = sales_minor + 1, closing_minor = closing_minor + 1", ["statements"]),
]  # fmt: skip


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize(("fault", "noticed"), FAULTS, ids=[fault[:60] for fault, _ in FAULTS])
def test_a_planted_fault_is_noticed(books, owner, fault, noticed, capsys):
    table = next(word for word in fault.split() if word.startswith("money_"))
    owner(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner(fault)
    owner(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert sorted(set(check())) == sorted(noticed)
    with pytest.raises(CommandError, match="wrong"):
        call_command("check_ledger")
    assert "acme" in capsys.readouterr().err
