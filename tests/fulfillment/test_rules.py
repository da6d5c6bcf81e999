"""Deadlines at their edges, and what the gap between paid and total is called."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.kernel.clock import day_starts
from fulfillment import rules
from fulfillment.rules import Promise
from fulfillment.states import MoneyState, OrderStatus

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(("now", "is_late"), [(NOON - TICK, False), (NOON, False), (NOON + TICK, True)])
def test_a_ship_by_is_a_moment(now, is_late):
    assert rules.ship_due(by=NOON, done_at=None, now=now).is_late is is_late


@pytest.mark.parametrize(
    ("zone", "ended"),
    [
        (UTC, datetime(2025, 3, 4, 0, 0, tzinfo=UTC)),
        (SHANGHAI, datetime(2025, 3, 3, 16, 0, tzinfo=UTC)),
        (BERLIN, datetime(2025, 3, 3, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_deliver_by_is_missed_when_its_day_has_ended_in_the_merchants_zone(zone, ended):
    before = rules.deliver_due(by=date(2025, 3, 3), done_at=None, now=ended - TICK, zone=zone)
    after = rules.deliver_due(by=date(2025, 3, 3), done_at=None, now=ended, zone=zone)
    assert (before.is_late, after.is_late) == (False, True)
    assert (before.ends_at, before.on) == (ended, date(2025, 3, 3))


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (date(2017, 10, 15), datetime(2017, 10, 15, 3, 0, tzinfo=UTC)),  # the clocks went from 0:00 to 1:00
        (date(2018, 2, 18), datetime(2018, 2, 18, 3, 0, tzinfo=UTC)),  # they went from 24:00 back to 23:00
    ],
)
def test_a_day_that_begins_with_a_clock_change_has_one_first_moment(day, starts):
    assert day_starts(day, zone=SAO_PAULO) == starts


def test_a_promise_that_was_met_late_stays_late():
    met = rules.ship_due(by=NOON, done_at=NOON - TICK, now=NOON + timedelta(days=9))
    missed = rules.ship_due(by=NOON, done_at=NOON + TICK, now=NOON + timedelta(days=9))
    assert (met.is_late, missed.is_late) == (False, True)


def test_without_a_deadline_nothing_is_due():
    assert rules.ship_due(by=None, done_at=None, now=NOON) is None
    assert rules.deliver_due(by=None, done_at=None, now=NOON, zone=UTC) is None


TOMORROW, LONG_AGO = NOON + timedelta(days=1), NOON - timedelta(days=30)


@pytest.mark.parametrize(
    ("status", "ship_by_at", "deliver_by_on", "promise", "is_late"),
    [
        (OrderStatus.PAID, TOMORROW, date(2025, 3, 9), Promise.SHIP, False),
        (OrderStatus.PAID, LONG_AGO, date(2025, 3, 9), Promise.SHIP, True),
        (OrderStatus.PAID, TOMORROW, date(2025, 3, 2), Promise.DELIVER, True),
        (OrderStatus.PAID, None, date(2025, 3, 9), Promise.DELIVER, False),
        (OrderStatus.SHIPPED, LONG_AGO, date(2025, 3, 9), Promise.DELIVER, False),
        (OrderStatus.SHIPPED, LONG_AGO, date(2025, 3, 2), Promise.DELIVER, True),
    ],
)
def test_the_next_deadline_is_a_missed_one_or_else_the_first(status, ship_by_at, deliver_by_on, promise, is_late):
    due = rules.next_due(status=status, ship_by_at=ship_by_at, deliver_by_on=deliver_by_on, now=NOON, zone=UTC)
    assert (due.promise, due.is_late) == (promise, is_late)


@pytest.mark.parametrize("status", [OrderStatus.PLACED, OrderStatus.DELIVERED, OrderStatus.CANCELLED])
def test_nobody_waits_for_what_is_unpaid_delivered_or_cancelled(status):
    assert (
        rules.next_due(status=status, ship_by_at=LONG_AGO, deliver_by_on=date(2020, 1, 1), now=NOON, zone=UTC) is None
    )


@pytest.mark.parametrize(
    ("paid", "instalments", "state"),
    [
        (0, 1, MoneyState.UNPAID),
        (1000, 1, MoneyState.MATCHED),
        (1000, 10, MoneyState.MATCHED),
        (1005, 10, MoneyState.ROUNDING),
        (1006, 10, MoneyState.SURCHARGE),
        (1006, 1, MoneyState.ABOVE),
        (1005, 1, MoneyState.ROUNDING),
        (995, 1, MoneyState.ROUNDING),
        (994, 1, MoneyState.BELOW),
        (994, 10, MoneyState.BELOW),
    ],
)
def test_the_gap_between_paid_and_total_has_a_name(paid, instalments, state):
    found = rules.money_state(status=OrderStatus.PAID, total_minor=1000, paid_minor=paid, instalments=instalments)
    assert found is state
    assert found.is_payable


def test_an_order_of_nothing_is_paid_in_full():
    assert rules.money_state(status=OrderStatus.PAID, total_minor=0, paid_minor=0, instalments=1) is MoneyState.MATCHED


@pytest.mark.parametrize(
    ("paid", "state"),
    [
        (0, MoneyState.CANCELLED_UNPAID), (500, MoneyState.CANCELLED), (1000, MoneyState.CANCELLED),
        (1500, MoneyState.CANCELLED),
    ],
)  # fmt: skip
def test_the_money_of_a_cancelled_order_is_never_payable(paid, state):
    found = rules.money_state(status=OrderStatus.CANCELLED, total_minor=1000, paid_minor=paid, instalments=10)
    assert found is state
    assert not found.is_payable


def test_a_moment_given_to_the_minute_may_lie_in_the_minute_of_what_it_follows():
    after = datetime(2025, 3, 3, 12, 0, 40, tzinfo=UTC)
    now = datetime(2025, 3, 3, 12, 0, 50, tzinfo=UTC)
    assert rules.may_have_happened(datetime(2025, 3, 3, 12, 0, tzinfo=UTC), after=after, now=now)
    assert not rules.may_have_happened(datetime(2025, 3, 3, 11, 59, tzinfo=UTC), after=after, now=now)
    assert not rules.may_have_happened(datetime(2025, 3, 3, 12, 1, tzinfo=UTC), after=after, now=now)
