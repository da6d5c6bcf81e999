"""Which sale a cancellation without a link takes back."""

import pytest

from fulfillment.rules import Match, Sold, goods_minor, match, unmatched
from fulfillment.states import MatchRule


def sales(*left: int) -> list[Sold]:
    """The oldest first; each called by its place from 1."""
    return [Sold(place, units) for place, units in enumerate(left, 1)]


@pytest.mark.parametrize(
    ("quantity", "left", "rule", "taken"),
    [
        (6, [6], MatchRule.EQUAL, [(1, 6)]),
        (6, [6, 6, 12], MatchRule.EQUAL, [(2, 6)]),  # of equals the latest
        (6, [6, 12, 24], MatchRule.EQUAL, [(1, 6)]),  # equal goes before later
        (6, [12, 24, 3], MatchRule.COVERS, [(2, 6)]),
        (6, [12, 0], MatchRule.COVERS, [(1, 6)]),
        (6, [4, 1, 3], MatchRule.SPREAD, [(3, 3), (2, 1), (1, 2)]),
        (6, [5, 0, 5], MatchRule.SPREAD, [(3, 5), (1, 1)]),
        (6, [3, 3], MatchRule.SPREAD, [(2, 3), (1, 3)]),
    ],
)
def test_a_sale_is_found_by_what_is_left_of_it(quantity, left, rule, taken):
    assert match(quantity, sales(*left)) == Match(rule, [Sold(*each) for each in taken])


@pytest.mark.parametrize("left", [[], [0], [5], [3, 2], [0, 0, 5]])
def test_too_few_left_altogether_match_nothing(left):
    assert match(6, sales(*left)) is None


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({}, MatchRule.NEVER),
        ({"has_customer": False, "has_other_price": True}, MatchRule.NO_CUSTOMER),
        ({"was_sold": True, "is_sold_later": True}, MatchRule.USED_UP),
        ({"is_sold_later": True, "has_other_price": True}, MatchRule.LATER),
        ({"has_other_price": True}, MatchRule.OTHER_PRICE),
    ],
)
def test_why_none_was_found(known, reason):
    usual = {"has_customer": True, "was_sold": False, "is_sold_later": False, "has_other_price": False}
    assert unmatched(**(usual | known)) == reason
    assert not reason.is_match


@pytest.mark.parametrize(
    ("minor", "ppm", "quantity", "amount"),
    [
        (255, 0, 6, 1530),
        (0, 100_000, 1, 0),
        (0, 100_000, 5, 1),
        (0, 500_000, 1, 1),
        (12, 500_000, 3, 38),
        (12, 1, 9, 108),
    ],
)
def test_fractions_of_a_cent_are_rounded_once_half_up(minor, ppm, quantity, amount):
    assert goods_minor(unit_price_minor=minor, unit_price_ppm=ppm, quantity=quantity) == amount
