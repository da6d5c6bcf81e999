from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from config.kernel.money import MOST, CurrencyMismatch, Money, NotMoney, Rate


def eur(minor):
    return Money(minor, "EUR")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("12.5", "EUR", 1250),
        ("12.5000", "EUR", 1250),
        ("-0.01", "EUR", -1),
        ("+7", "EUR", 700),
        (".5", "EUR", 50),
        ("-0.00", "EUR", 0),
        ("0012", "EUR", 1200),
        ("5", "JPY", 5),
        ("1.234", "KWD", 1234),
        ("9999999999999.99", "EUR", MOST - 1),
    ],
)
def test_a_plain_decimal_is_read(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", ".", "1e3", "1E3", "NaN", "nan", "sNaN", "Infinity", "-inf", "\uff11\uff12", "\u0663", "1_000",
        "1,000", "12,50", "1 000", " 12", "12\n", "0x10", "1.2.3", "--1", "1-", "€5", "5 EUR", "true", "\0", "1.005",
        "½", "0.001", "10000000000000.00", "1" * 5_000, "1.0000000000000000000000000000000001", "0." + "0" * 400 + "1",
    ],
    ids=lambda text: repr(text)[:20],
)  # fmt: skip
def test_anything_else_is_no_amount(text):
    with pytest.raises(NotMoney):
        Money.parse(text, "EUR")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+99", "1E-99", "0.125"])
def test_a_decimal_that_nobody_pays_is_no_amount(amount):
    with pytest.raises(NotMoney):
        Money.of(Decimal(amount), "EUR")


def test_a_currency_without_decimals_takes_none():
    with pytest.raises(NotMoney, match="more decimals than JPY"):
        Money.parse("1.5", "JPY")


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (eur(1250), "12.50 EUR"),
        (eur(-5), "-0.05 EUR"),
        (eur(0), "0.00 EUR"),
        (Money(5, "JPY"), "5 JPY"),
        (Money(1, "KWD"), "0.001 KWD"),
    ],
)
def test_an_amount_is_written_exactly_and_can_be_read_again(money, text):
    assert str(money) == text
    assert Money.parse(text.split()[0], money.currency) == money


@pytest.mark.parametrize(
    ("minor", "ppm", "share"),
    [
        (999, 125_000, 125),  # 124.875
        (1, 500_000, 1),
        (-1, 500_000, -1),
        (3, 500_000, 2),  # 1.5: up, not to the even one
        (5, 500_000, 3),  # 2.5
        (1, 499_999, 0),
        (-1, 499_999, 0),
        (1_000, 0, 0),
        (1_000, 1_000_000, 1_000),
        (MOST - 1, 1_000_000, MOST - 1),
        (MOST - 1, 999_999, 999_999_000_000_000 - 1),
    ],
)
def test_half_a_unit_of_a_portion_is_rounded_away_from_zero(minor, ppm, share):
    assert eur(minor).portion(Rate(ppm)) == eur(share)


def test_a_portion_is_never_more_than_half_a_unit_off():
    dice = Random(1)
    for _ in range(3_000):
        minor, ppm = dice.randrange(-MOST, MOST), dice.randrange(3_000_000)
        exact = Fraction(minor * ppm, 1_000_000)
        assert abs(eur(minor).portion(Rate(ppm)).minor - exact) <= Fraction(1, 2)


def test_parts_add_up_and_none_is_a_unit_off():
    """Largest remainder: the sum is exact, and each part is its exact share rounded down or up."""
    dice = Random(2)
    for _ in range(5_000):
        minor = dice.choice([dice.randrange(-200, 200), dice.randrange(-MOST, MOST)])
        weights = [dice.choice([0, 1, dice.randrange(10), dice.randrange(10**9)]) for _ in range(dice.randrange(1, 9))]
        weights[0] += not sum(weights)
        parts = [part.minor for part in eur(minor).split(weights)]
        exact = [Fraction(minor * weight, sum(weights)) for weight in weights]
        assert sum(parts) == minor
        assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # of equals the first
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [2, 5], [3, 7]),  # 2.86, 7.14: the larger remainder
        (1, [1, 1], [1, 0]),
        (0, [3, 1], [0, 0]),
        (5, [0, 1, 0], [0, 5, 0]),
    ],
)
def test_a_unit_that_is_left_goes_to_the_largest_remainder(minor, weights, parts):
    assert [part.minor for part in eur(minor).split(weights)] == parts


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [-1, 2], [1, -1]])
def test_a_split_needs_weights(weights):
    with pytest.raises(ValueError, match="weights"):
        eur(1).split(weights)


@pytest.mark.parametrize(
    "sum_up", [lambda: eur(1) + Money(1, "USD"), lambda: eur(1) - Money(1, "USD"), lambda: eur(1) < Money(2, "USD")]
)
def test_currencies_are_not_mixed(sum_up):
    with pytest.raises(CurrencyMismatch):
        sum_up()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Money(1.5, "EUR"),
        lambda: Money(1.0, "EUR"),
        lambda: Money(True, "EUR"),
        lambda: Money("1", "EUR"),
        lambda: eur(1) * 0.2,
        lambda: eur(1) * Decimal(2),
        lambda: Rate(0.125),
        lambda: Rate(Decimal("0.125")),
        lambda: Rate(True),
    ],
)
def test_only_whole_numbers_count(make):
    with pytest.raises(TypeError):
        make()


def test_arithmetic():
    assert eur(5) + eur(7) == eur(12)
    assert eur(5) - eur(7) == -eur(2)
    assert eur(5) * 3 == eur(15)
    assert (bool(eur(0)), bool(eur(-1)), eur(1) < eur(2), eur(1) == Money(1, "USD")) == (False, True, True, False)
