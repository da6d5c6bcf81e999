"""Orders as they are thought out, and the numbers that need no database."""

from datetime import UTC, datetime

from analytics.services.demo import gtin
from analytics.services.demo.plan import Planner
from analytics.services.demo.shops import BEIMU, LINHAI

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


def test_a_payment_by_two_means_for_two_orders_is_split_to_the_cent():
    planner = Planner(now=NOW)
    groups = [group for group in planner.groups(LINHAI, count=3_000) if len(group.orders) == len(group.payments) == 2]
    assert len(groups) == 8  # of 187 that two shops share
    group = groups[0]
    parts = group.parts()
    assert [sum(shares) for shares in parts] == [order.total_minor for order in group.orders]
    assert [sum(each) for each in zip(*parts, strict=True)] == [each.amount_minor for each in group.payments]
    assert [order.shop for order in group.orders] == [LINHAI, BEIMU]


def test_check_digits_are_those_of_known_numbers():
    assert gtin.check_digit("400638133393") == "1"  # the example of many a textbook
    assert gtin.check_digit("978030640615") == "7"
