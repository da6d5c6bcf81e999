from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kernel.money import Money
from merchants.marketplace.rules import Tariff, Terms, Version
from merchants.money import rules
from merchants.money.states import Bound
from tests.factories.money import LONG_AGO


def terms(**overrides) -> Terms:
    values = {
        "rule_id": 1, "name": "all", "merchant_id": None, "path": "", "currency": "", "rate_ppm": 125_000, "tax_ppm": 0,
        "least_minor": None, "most_minor": None,
    }  # fmt: skip
    return Terms(**values | overrides)


@pytest.mark.parametrize(
    ("base", "changed", "fee", "tax", "bound"),
    [
        (10_000, {}, 1_250, 0, Bound.NONE),
        (4, {}, 1, 0, Bound.NONE),  # half a cent is rounded up
        (3, {}, 0, 0, Bound.NONE),
        (10_000, {"tax_ppm": 60_000}, 1_250, 75, Bound.NONE),
        (100, {"least_minor": 50, "tax_ppm": 60_000}, 50, 3, Bound.LEAST),
        (100_000, {"most_minor": 500}, 500, 0, Bound.MOST),
        (10_000, {"least_minor": 1_250, "most_minor": 1_250}, 1_250, 0, Bound.NONE),
        (0, {"least_minor": 50}, 0, 0, Bound.NONE),
        (-10, {}, 0, 0, Bound.NONE),
    ],
)
def test_commission(base, changed, fee, tax, bound):
    found = rules.commission(Money(base, "EUR"), terms(**changed))
    assert (found.fee.minor, found.tax.minor, found.bound) == (fee, tax, bound)


def test_nothing_is_taken_without_a_rule():
    assert rules.commission(Money(10_000, "EUR"), None).total == Money(0, "EUR")


AMOUNTS = st.integers(0, 10**12)
RATES = st.integers(0, 1_000_000)


@given(base=AMOUNTS, rate=RATES, tax=RATES, bounds=st.tuples(AMOUNTS, AMOUNTS))
def test_a_fee_is_within_its_bounds(base, rate, tax, bounds):
    rule = terms(rate_ppm=rate, tax_ppm=tax, least_minor=min(bounds), most_minor=max(bounds))
    found = rules.commission(Money(base, "EUR"), rule)
    if base:
        assert min(bounds) <= found.fee.minor <= max(bounds)
    if found.bound == Bound.NONE:
        assert abs(found.fee.minor * 1_000_000 - base * rate) * 2 <= 1_000_000
    assert 0 <= found.tax.minor <= found.fee.minor


@given(fee=AMOUNTS, steps=st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_the_parts_given_back_sum_to_the_fee_in_whatever_steps(fee, steps):
    of, before, frozen = Money(sum(steps), "EUR"), Money(0, "EUR"), Money(fee, "EUR")
    parts = []
    for step in steps:
        now = Money(step, "EUR")
        parts.append(rules.given_back(frozen, of=of, before=before, now=now).minor)
        before += now
    assert min(parts) >= 0
    assert sum(parts) == (fee if of else 0)


@given(minor=st.integers(-(10**12), 10**12), whole=st.integers(1, 10**9), part=st.integers(0, 10**9))
def test_a_fraction_is_off_by_half_a_unit_at_most(minor, whole, part):
    found = Money(minor, "EUR").fraction(part, whole).minor
    assert abs(found * whole - minor * part) * 2 <= whole
    assert Money(-minor, "EUR").fraction(part, whole).minor == -found


TENTS, CAMPING, HOME = "00010002", "0001", "0003"
PATHS = {1: CAMPING, 2: TENTS, 3: HOME}
RULES = {
    "all": terms(name="all"),
    "camping": terms(name="camping", path=CAMPING),
    "tents": terms(name="tents", path=TENTS),
    "acme": terms(name="acme", merchant_id=7),
    "acme tents": terms(name="acme tents", merchant_id=7, path=TENTS),
    "in yuan": terms(name="in yuan", currency="CNY", least_minor=100),
    "tents in yuan": terms(name="tents in yuan", path=TENTS, currency="CNY"),
}


@pytest.mark.parametrize(
    ("names", "sale", "chosen"),
    [
        ("all", (9, 3, "EUR"), "all"),
        ("all camping", (9, 3, "EUR"), "all"),
        ("all camping", (9, 2, "EUR"), "camping"),
        ("all camping tents", (9, 2, "EUR"), "tents"),
        ("all camping tents", (9, 1, "EUR"), "camping"),
        ("all tents acme", (7, 2, "EUR"), "acme"),
        ("all tents acme", (9, 2, "EUR"), "tents"),
        ("all acme|acme tents", (7, 2, "EUR"), "acme tents"),
        ("all|in yuan", (9, 3, "CNY"), "in yuan"),
        ("all|in yuan", (9, 3, "EUR"), "all"),
        ("tents|in yuan", (9, 2, "CNY"), "tents"),
        ("tents|tents in yuan", (9, 2, "CNY"), "tents in yuan"),
        ("tents", (9, None, "EUR"), None),
        ("all", (9, 99, "EUR"), "all"),
    ],
)
def test_the_nearest_rule_is_chosen(names, sale, chosen):
    known = [name for each in names.split("|") for name in ([each] if each in RULES else each.split())]
    tariff = Tariff([Version(LONG_AGO, None, tuple(RULES[name] for name in known))], PATHS)
    merchant_id, category_id, currency = sale
    found = tariff.terms(merchant_id=merchant_id, category_id=category_id, currency=currency, at=LONG_AGO)
    assert (found and found.name) == chosen


def test_a_version_holds_from_its_first_moment_until_the_next_one():
    change = LONG_AGO.replace(year=2020)
    old, new = Version(LONG_AGO, change, (RULES["all"],)), Version(change, None, (RULES["camping"],))
    tariff = Tariff([new, old], PATHS)
    sale = {"merchant_id": 9, "category_id": 1, "currency": "EUR"}
    assert tariff.terms(at=change, **sale).name == "camping"
    assert tariff.terms(at=change.replace(year=2019), **sale).name == "all"
    assert tariff.terms(at=LONG_AGO.replace(year=2015), **sale) is None


def test_periods_are_months_of_the_zone():
    shanghai, utc = ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")
    late = datetime(2025, 2, 28, 16, 0, tzinfo=utc)
    assert rules.period_of(late, zone=utc) == date(2025, 2, 1)
    assert rules.period_of(late, zone=shanghai) == date(2025, 3, 1)
    assert rules.next_period(date(2025, 12, 1)) == date(2026, 1, 1)
    assert rules.last_ended(late, zone=utc) == date(2025, 1, 1)
    assert rules.last_ended(late, zone=shanghai) == date(2025, 2, 1)
    assert rules.bounds(date(2025, 3, 1), zone=shanghai)[0] == late
