from datetime import date, timedelta

import pytest

from config.kernel import scope
from config.kernel.actors import machine
from config.kernel.money import Money
from merchants.activity.models import DomainEvent
from merchants.desk.models import Job
from merchants.desk.services import running
from merchants.money.errors import AlreadyReleased, NothingToPost, PeriodNotOver, WouldBeOverheld
from merchants.money.models import LedgerTransaction, Statement
from merchants.money.selectors import ledger
from merchants.money.services import adjustments, payouts, statements
from merchants.money.states import AdjustmentReason, HoldReason
from tests.factories.accounts import THEN
from tests.factories.money import SYSTEM, make_sale, make_schedule

BY = machine("user:7")
FEBRUARY, MARCH = date(2025, 2, 1), date(2025, 3, 1)
APRIL = THEN.replace(month=4)
pytestmark = pytest.mark.django_db


@pytest.fixture
def books(acting):
    make_schedule()
    make_sale({"goods_minor": 1_000}, at=THEN.replace(month=2))
    make_sale({"goods_minor": 2_000})
    make_sale({"goods_minor": 4_000}, is_payable=False)
    return acting


def told(statement: Statement) -> tuple[int, ...]:
    names = ["entries", "opening_minor", "sales_minor", "commission_minor", "adjustments_minor", "closing_minor"]
    return tuple(getattr(statement, name) for name in names)


def test_months_are_closed_oldest_first(books):
    assert statements.close(until=MARCH, by=BY, now=APRIL) == ["2025-02-EUR", "2025-03-EUR"]
    february, march = Statement.objects.order_by("period_on")
    assert told(february) == (1, 0, 1_000, -125, 0, 875)
    assert told(march) == (2, 875, 2_000, -250, 0, 2_625)
    assert ledger.payable("EUR") == march.closing
    assert (march.starts_at.isoformat(), march.ends_at.isoformat()) == (
        "2025-02-28T23:00:00+00:00", "2025-03-31T22:00:00+00:00",
    )  # fmt: skip


def test_closing_again_changes_nothing(books):
    statements.close(until=MARCH, by=BY, now=APRIL)
    before = list(Statement.objects.order_by("pk").values())
    assert statements.close(until=MARCH, by=BY, now=APRIL + timedelta(days=1)) == []
    assert list(Statement.objects.order_by("pk").values()) == before
    assert DomainEvent.objects.filter(name="money.statement.closed").count() == 2


def test_what_comes_late_is_on_the_next_statement(books):
    statements.close(until=FEBRUARY, by=BY, now=THEN)
    late = make_sale({"goods_minor": 800}, at=THEN.replace(month=1), now=THEN)
    assert late.period_on == MARCH
    statements.close(until=MARCH, by=BY, now=APRIL)
    assert told(Statement.objects.get(number="2025-03-EUR")) == (3, 875, 2_800, -350, 0, 3_325)


def test_a_month_that_is_not_over_is_not_closed(books):
    with pytest.raises(PeriodNotOver):
        statements.close(until=MARCH, by=BY, now=THEN)
    assert not Statement.objects.exists()


def test_each_currency_has_its_own_statement(books):
    make_sale({"goods_minor": 700}, currency="CNY")
    assert statements.close(until=MARCH, by=BY, now=APRIL) == ["2025-02-EUR", "2025-03-CNY", "2025-03-EUR"]
    assert told(Statement.objects.get(number="2025-03-CNY")) == (1, 0, 700, -88, 0, 612)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_duty_has_all_due_months_of_all_merchants_closed(acme, rival, platform):
    for merchant in (acme, rival):
        with scope.acting_for(merchant):
            make_sale()
    assert statements.ask_for_closing(now=THEN) is False
    assert statements.ask_for_closing(now=APRIL) is True
    assert statements.ask_for_closing(now=APRIL) is True
    with scope.acting_for(platform):
        assert Job.objects.count() == 1
    with scope.acting_for_nobody():
        running.work("bulk", clock=lambda: APRIL)
    with scope.across_merchants(because="the test reads all statements"):
        assert list(Statement.objects.order_by("merchant").values_list("merchant__slug", "number")) == [
            ("acme", "2025-03-EUR"), ("rival", "2025-03-EUR"),
        ]  # fmt: skip
    with scope.acting_for(platform):
        job = Job.objects.get()
        assert (job.status, job.result) == ("completed", {"statements": 2})
    assert statements.ask_for_closing(now=APRIL) is False


def test_who_is_east_of_us_closes_first(acme, rival):
    midnight_in_shanghai = THEN.replace(month=3, day=31, hour=16, minute=0)
    for merchant in (acme, rival):  # Berlin and Shanghai
        with scope.acting_for(merchant):
            make_sale()
    assert statements.close_due(most=9, by=SYSTEM, now=midnight_in_shanghai - timedelta(seconds=1)) == 0
    assert statements.close_due(most=9, by=SYSTEM, now=midnight_in_shanghai) == 1
    with scope.acting_for(rival):
        assert Statement.objects.count() == 1


def test_credits_and_debits_have_a_reason(books, now):
    given = adjustments.credit(
        amount=Money(500, "EUR"), reason=AdjustmentReason.GOODWILL, explanation="Late parcels", by=BY, now=now
    )
    taken = adjustments.debit(
        amount=Money(200, "EUR"), reason=AdjustmentReason.PENALTY, explanation="Fake reviews", by=BY, now=now
    )
    assert [(each.kind, each.reason, each.explanation, each.by) for each in (given, taken)] == [
        ("credit", "goodwill", "Late parcels", "user:7"), ("debit", "penalty", "Fake reviews", "user:7"),
    ]  # fmt: skip
    assert ledger.payable("EUR") == Money(875 + 1_750 + 300, "EUR")
    facts = DomainEvent.objects.filter(name__startswith="money.").order_by("pk").values_list("name", "payload")
    assert [(name, payload["amount_minor"]) for name, payload in facts] == [
        ("money.credited", 500), ("money.debited", 200),
    ]  # fmt: skip
    statements.close(until=MARCH, by=BY, now=APRIL)
    assert told(Statement.objects.get(number="2025-03-EUR")) == (4, 875, 2_000, -250, 300, 2_925)


@pytest.mark.parametrize("minor", [0, -1])
def test_an_adjustment_of_nothing_is_refused(acting, now, minor):
    for act in (adjustments.credit, adjustments.debit):
        with pytest.raises(NothingToPost):
            act(amount=Money(minor, "EUR"), reason=AdjustmentReason.PENALTY, explanation="x", by=BY, now=now)
    assert not LedgerTransaction.objects.exists()


def hold(minor, now):
    amount = None if minor is None else Money(minor, "EUR")
    return payouts.hold(
        amount=amount, currency="EUR", reason=HoldReason.RISK, explanation="Looked into", by=BY, now=now
    )


def test_a_hold_takes_money_out_of_what_is_payable_until_its_release(books, now):
    held = hold(600, now)
    (balance,) = ledger.balances(currency="EUR")
    assert (balance.payable.minor, balance.held.minor, balance.unclear.minor) == (2_025, 600, 4_000)
    payouts.release(hold=held, explanation="All is well", by=BY, now=now)
    (balance,) = ledger.balances(currency="EUR")
    assert (balance.payable.minor, balance.held.minor, balance.to_pay_out.minor) == (2_625, 0, 2_625)
    with pytest.raises(AlreadyReleased):
        payouts.release(hold=held, explanation="Again", by=BY, now=now)
    assert ledger.payable("EUR").minor == 2_625


def test_a_hold_of_everything_stops_payouts(books, now):
    hold(None, now)
    (balance,) = ledger.balances(currency="EUR")
    assert (balance.payable.minor, balance.is_held_whole, balance.to_pay_out.minor) == (2_625, True, 0)


@pytest.mark.parametrize(("minor", "refusal"), [(2_626, WouldBeOverheld), (0, NothingToPost), (-1, NothingToPost)])
def test_no_more_is_held_than_is_owed(books, now, minor, refusal):
    with pytest.raises(refusal):
        hold(minor, now)
    assert not ledger.open_holds().exists()


def test_less_than_the_minimum_waits(books, now):
    payouts.set_minimum(least=Money(2_626, "EUR"), by=BY, now=now)
    (balance,) = ledger.balances(currency="EUR")
    assert (balance.is_below_least, balance.to_pay_out.minor) == (True, 0)
    payouts.set_minimum(least=Money(2_625, "EUR"), by=BY, now=now)
    (balance,) = ledger.balances(currency="EUR")
    assert balance.to_pay_out.minor == 2_625
    facts = DomainEvent.objects.filter(name="money.payout_terms.changed").order_by("pk")
    assert [(fact.payload["before_minor"], fact.payload["after_minor"]) for fact in facts] == [
        (0, 2_626),
        (2_626, 2_625),
    ]
