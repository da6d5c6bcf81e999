"""Two at once: postings of one key, refunds of one sale, postings while their month is closed, many at random."""

import random
import time
import uuid
from datetime import date

import pytest
from django.db import connection, transaction

from config.kernel import scope
from config.kernel.money import Money
from config.kernel.transactions import beside_each_other
from merchants.money.errors import RefundAboveSale
from merchants.money.models import CommissionLine, CommissionReturn, LedgerTransaction, Statement
from merchants.money.selectors import faults, ledger
from merchants.money.services import adjustments, payouts, posting, refunds, sales, statements
from merchants.money.services.refunds import RefundedLine
from tests.factories.accounts import THEN
from tests.factories.money import SYSTEM, a_sale, make_sale, make_schedule

MARCH = date(2025, 3, 1)
APRIL = THEN.replace(month=4)
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def books(acme):
    with scope.acting_for(acme):
        make_schedule({"rate_ppm": 125_000, "tax_ppm": 60_000, "currency": "EUR", "least_minor": 30})
    return acme


@pytest.fixture
def together(books, in_thread):
    """Run the acts at once, each as acme and with its own connection; the refusals of a kind that is expected."""

    def run(*acts, expected=()):
        refused = []

        def as_acme(act):
            try:
                with scope.acting_for(books):
                    act()
            except expected as refusal:
                refused.append(refusal)

        for wait in [in_thread(lambda act=act: as_acme(act)) for act in acts]:
            wait()
        return refused

    return run


def sound() -> list:
    with scope.across_merchants(because="the test checks all books"):
        return list(faults.faults())


def test_one_key_is_posted_once(books, together):
    with scope.acting_for(books):
        sale = a_sale()
    together(*[lambda: sales.post([sale], by=SYSTEM, now=THEN)] * 8)
    with scope.acting_for(books):
        assert (LedgerTransaction.objects.count(), CommissionLine.objects.count()) == (1, 1)
    assert sound() == []


def test_refunds_of_one_sale_never_come_to_more_than_it(books, together):
    with scope.acting_for(books):
        sale = make_sale({"goods_minor": 1_000})
        line = sale.commissions.get().line_id

    def refund():
        lines = [RefundedLine(line, 600)]
        refunds.post(key=str(uuid.uuid4()), order_id=sale.order_id, lines=lines, at=THEN, by=SYSTEM, now=THEN)

    refused = together(*[refund] * 8, expected=RefundAboveSale)
    assert len(refused) == 7
    with scope.acting_for(books):
        assert CommissionReturn.objects.count() == 1
    assert sound() == []


def test_a_month_is_not_closed_while_somebody_posts_into_it(books, in_thread):
    """The closer waits for whoever posts; who posts after it gets the next month."""
    with scope.acting_for(books):
        make_sale()
        with transaction.atomic():
            late = make_sale({"goods_minor": 500})
            closing = in_thread(lambda: close(books))
            wait_until_somebody_waits()
        closing()
        assert late.period_on == MARCH
        assert Statement.objects.get().entries == 2
        assert make_sale(now=APRIL).period_on == date(2025, 4, 1)
    assert sound() == []


def wait_until_somebody_waits():
    """Until another connection of this database is held up by a lock."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def close(merchant):
    with scope.acting_for(merchant):
        statements.close(until=MARCH, by=SYSTEM, now=APRIL)


def test_who_is_just_posting_is_passed_over_by_a_run(books, in_thread):
    with scope.acting_for(books):
        make_sale()
    with transaction.atomic():
        beside_each_other([posting.name_of(books.pk)])
        closed = []
        in_thread(lambda: closed.append(statements.close_due(most=9, by=SYSTEM, now=APRIL)))()
        assert closed == [0]
    assert statements.close_due(most=9, by=SYSTEM, now=APRIL) == 1


def test_books_balance_after_many_random_acts_at_once(books, together):
    """Four hands, three hundred acts: sales, refunds, credits, holds, and months closed in between."""
    with scope.acting_for(books):
        sold = [make_sale({"goods_minor": 1_000 + n}, at=THEN.replace(day=1 + n % 28)) for n in range(20)]
        lines = [(sale.order_id, sale.commissions.get().line_id) for sale in sold]

    def hand(seed):
        chance = random.Random(seed)
        for _turn in range(75):
            moment = THEN.replace(month=chance.randint(1, 6), day=chance.randint(1, 28))
            act(chance, chance.choice("ssrrrchk"), moment, lines)

    together(*[lambda seed=seed: hand(seed) for seed in range(4)])
    assert sound() == []
    with scope.acting_for(books):
        assert LedgerTransaction.objects.count() > 200
        statements.close(until=date(2025, 7, 1), by=SYSTEM, now=THEN.replace(month=8))
        assert Statement.objects.order_by("-period_on")[0].closing == ledger.payable("EUR")
    assert sound() == []


def act(chance, kind, moment, lines):
    by = {"by": SYSTEM, "now": moment}
    some = Money(chance.randint(1, 500), "EUR")
    try:
        if kind == "s":
            make_sale({"goods_minor": chance.randint(0, 5_000), "freight_minor": chance.randint(0, 90)}, at=moment)
        elif kind == "r":
            order_id, line = chance.choice(lines)
            back = [RefundedLine(line, chance.randint(1, 400))]
            refunds.post(key=str(chance.random()), order_id=order_id, lines=back, at=moment, **by)
        elif kind == "c":
            credit = chance.choice([adjustments.credit, adjustments.debit])
            credit(amount=some, reason="correction", explanation="x", **by)
        elif kind == "h":
            held = payouts.hold(amount=some, currency="EUR", reason="risk", explanation="x", **by)
            if chance.random() < 0.5:
                payouts.release(hold=held, explanation="x", **by)
        else:
            month = moment.date().replace(day=1)
            statements.close(until=month, by=SYSTEM, now=moment.replace(month=moment.month + 1))
    except RefundAboveSale:
        return
