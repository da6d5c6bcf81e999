"""The words of the page of an order."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fulfillment import rules, screens

NOW = datetime(2025, 3, 3, 23, 30, tzinfo=UTC)  # the fourth of March in Berlin
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("left", "label", "state"),
    [
        (timedelta(days=2), "Ship by 5 Mar 2025", "calm"),
        (timedelta(days=2, seconds=-1), "Ship within 47 h 59 min", "calm"),
        (timedelta(hours=4, seconds=1), "Ship within 4 h 0 min", "calm"),
        (timedelta(hours=4), "Ship within 4 h 0 min", "soon"),
        (timedelta(minutes=26, seconds=59), "Ship within 26 min", "soon"),
        (timedelta(0), "Ship within 0 min", "soon"),
        (timedelta(minutes=-26), "Shipping 26 min late", "late"),
        (timedelta(hours=-47), "Shipping 47 h 0 min late", "late"),
        (timedelta(days=-2), "Shipping 2 days late", "late"),
        (timedelta(days=-3000), "Shipping 3,000 days late", "late"),
    ],
)
def test_a_ship_by_says_how_long_is_left(left, label, state):
    due = rules.ship_due(by=NOW + left, done_at=None, now=NOW)
    found = screens.deadline(due, now=NOW, zone=BERLIN)
    assert (found.at, found.label, found.state) == (NOW + left, label, state)


@pytest.mark.parametrize(
    ("day", "label", "state"),
    [
        (date(2025, 3, 6), "Arrives by 6 Mar 2025", "calm"),
        (date(2025, 3, 5), "Arrives by tomorrow", "calm"),
        (date(2025, 3, 4), "Arrives by the end of today", "soon"),
        (date(2025, 3, 3), "Arrival 1 day late", "late"),
        (date(2025, 2, 1), "Arrival 31 days late", "late"),
    ],
)
def test_a_deliver_by_counts_days_of_the_merchants_zone(day, label, state):
    due = rules.deliver_due(by=day, done_at=None, now=NOW, zone=BERLIN)
    found = screens.deadline(due, now=NOW, zone=BERLIN)
    assert (found.at, found.label, found.state) == (day, label, state)


def test_without_a_deadline_there_are_no_words():
    assert screens.deadline(None, now=NOW, zone=BERLIN) is None
