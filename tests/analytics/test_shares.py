import random

import pytest

from analytics.rules.shares import Gap, gap_of, shares, targets


@pytest.mark.parametrize(
    ("worth", "paid", "instalments", "gap"),
    [
        (1000, 1000, 1, Gap.NONE),
        (None, 1000, 3, Gap.NO_ITEMS),
        (None, None, 0, Gap.NO_ITEMS),
        (1000, None, 0, Gap.UNPAID),
        (0, None, 0, Gap.NONE),
        (1000, 1005, 10, Gap.ROUNDING),
        (1000, 995, 1, Gap.ROUNDING),
        (1000, 1006, 2, Gap.SURCHARGE),
        (1000, 1006, 1, Gap.ABOVE),
        (1000, 994, 12, Gap.BELOW),
    ],
)
def test_why_paid_differs_from_worth(worth, paid, instalments, gap):
    assert gap_of(worth=worth, paid=paid, instalments=instalments) is gap


def test_orders_are_paid_their_worth_where_that_adds_up():
    assert targets([1000, 333], 1333, "BRL") == [1000, 333]


def test_a_gap_is_shared_by_worth():
    assert targets([1000, 500], 1600, "BRL") == [1067, 533]


@pytest.mark.parametrize(
    ("worths", "payments", "parts"),
    [
        ([1000], [1000], [[1000]]),
        ([1000], [400, 600], [[400], [600]]),
        ([1000, 2000], [3000], [[1000, 2000]]),
        ([1000, 2000], [100, 2900], [[33, 67], [967, 1933]]),
        ([2200, 3800], [2000, 4000], [[733, 1267], [1467, 2533]]),
        ([500, 500], [500, 500], [[250, 250], [250, 250]]),
        ([0, 0], [7], [[4, 3]]),
        ([0, 1000], [1000, 0], [[0, 1000], [0, 0]]),
        ([1000, 1000], [], []),
    ],
)
def test_parts(worths, payments, parts):
    assert shares(worths, payments, "BRL") == parts


def test_both_sums_are_exact_whatever_is_paid():
    dice = random.Random(20180301)
    for _ in range(2_000):
        worths = [dice.choice([0, 1, dice.randrange(100_000)]) for _ in range(dice.randrange(1, 6))]
        payments = [dice.choice([0, 1, dice.randrange(100_000)]) for _ in range(dice.randrange(1, 8))]
        if dice.random() < 0.5:  # no gap
            payments[-1] = max(0, sum(worths) - sum(payments[:-1]))
        parts = shares(worths, payments, "BRL")
        assert [sum(part) for part in parts] == payments
        assert [sum(column) for column in zip(*parts, strict=True)] == targets(worths, sum(payments), "BRL")
        assert min(min(part) for part in parts) >= 0
