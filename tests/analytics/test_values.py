from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from analytics.rules import values
from analytics.rules.values import Remarks

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


@pytest.fixture
def remarks():
    return Remarks()


def said(remarks):
    return [(each.kind, each.code, each.old, each.new) for each in remarks.found]


@pytest.mark.parametrize(
    ("text", "minor"),
    [("99.9", 9990), ("27.65", 2765), ("144", 14400), ("0", 0), ("0.00", 0), ("1000000000.00", 10**11)],
)
def test_amounts(remarks, text, minor):
    assert values.amount(text, "price", "BRL", remarks) == minor
    assert not remarks.found


@pytest.mark.parametrize(
    "text", ["", "1e3", "NaN", "Infinity", "1,50", "R$ 5", "1_000", "１２", "1.005", "9" * 40, "--1"]
)
def test_what_is_no_amount(remarks, text):
    assert values.amount(text, "price", "BRL", remarks) is None
    assert said(remarks) == [("rejected", "amount_unreadable", text, "")]


@pytest.mark.parametrize("text", ["-0.01", "-12", "1000000000.01"])
def test_what_nobody_pays(remarks, text):
    assert values.amount(text, "price", "BRL", remarks) is None
    assert said(remarks) == [("rejected", "amount_out_of_bounds", text, "")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-03-01 10:00:00", datetime(2018, 3, 1, 13, tzinfo=UTC)),
        ("2018-01-01 10:00:00", datetime(2018, 1, 1, 12, tzinfo=UTC)),  # summer time
        ("2018-03-01T10:00:00", datetime(2018, 3, 1, 13, tzinfo=UTC)),
        ("2018-12-31 23:59:59", datetime(2019, 1, 1, 1, 59, 59, tzinfo=UTC)),
    ],
)
def test_moments_are_local_times(remarks, text, moment):
    assert values.moment(text, "at", SAO_PAULO, remarks) == moment
    assert not remarks.found


@pytest.mark.parametrize(
    ("text", "code", "new", "moment"),
    [
        ("2018-03-01 10:00", "missing_seconds", "2018-03-01 10:00:00", datetime(2018, 3, 1, 13, tzinfo=UTC)),
        ("2017-10-15 00:30:00", "nonexistent_time", "2017-10-15 01:30:00-02:00",
         datetime(2017, 10, 15, 3, 30, tzinfo=UTC)),
        ("2018-02-17 23:30:00", "ambiguous_time", "2018-02-17 23:30:00-02:00",
         datetime(2018, 2, 18, 1, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_moments_that_are_settled_say_so(remarks, text, code, new, moment):
    assert values.moment(text, "at", SAO_PAULO, remarks) == moment
    assert said(remarks) == [("normalised", code, text, new)]


@pytest.mark.parametrize(
    "text", ["2017-10-14 23:59:59", "2017-10-15 01:00:00", "2018-02-17 22:59:59", "2018-02-18 00:00:00"]
)
def test_moments_beside_a_change_of_the_clocks_are_plain(remarks, text):
    values.moment(text, "at", SAO_PAULO, remarks)
    assert not remarks.found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0000-01-01 00:00:00", "time_unreadable"),
        ("0001-01-01 00:00:00", "time_out_of_bounds"),
        ("9999-12-31 23:59:59", "time_out_of_bounds"),
        ("2018-02-30 00:00:00", "time_unreadable"),
        ("2018-13-01 00:00:00", "time_unreadable"),
        ("2018-03-01 24:00:00", "time_unreadable"),
        ("2018-03-01", "time_unreadable"),
        ("01/03/2018 10:00", "time_unreadable"),
        ("yesterday", "time_unreadable"),
    ],
)
def test_what_is_no_moment(remarks, text, code):
    assert values.moment(text, "at", SAO_PAULO, remarks) is None
    assert said(remarks) == [("rejected", code, text, "")]


def test_a_moment_may_be_missing_unless_it_is_required(remarks):
    assert values.moment("", "at", SAO_PAULO, remarks) is None
    assert not remarks.is_rejected
    assert values.moment("", "at", SAO_PAULO, remarks, required=True) is None
    assert remarks.is_rejected


@pytest.mark.parametrize(
    ("text", "day", "codes"),
    [
        ("2018-03-20 00:00:00", date(2018, 3, 20), []),
        ("2017-10-15 00:00:00", date(2017, 10, 15), []),  # a midnight that was skipped, but a day all the same
        ("2018-03-20", date(2018, 3, 20), []),
        ("", None, []),
        ("2018-02-30", None, ["time_unreadable"]),
        ("0000-00-00", None, ["time_unreadable"]),
        ("1066-10-14", None, ["time_out_of_bounds"]),
        ("soon", None, ["time_unreadable"]),
    ],
)
def test_days(remarks, text, day, codes):
    assert values.day(text, "on", remarks) == day
    assert [each.code for each in remarks.found] == codes


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("sao paulo", "sao paulo"),
        ("santa barbara d´oeste", "santa barbara d´oeste"),
        ("são josé do rio-preto", "são josé do rio-preto"),
        ("", ""),
    ],
)
def test_cities_that_are_none_of_our_business(remarks, text, city):
    assert values.city(text, "city", remarks) == city
    assert not remarks.found


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("sp / sp", ""),
        ("04482255", ""),
        ("vendas@creditparts.com.br", ""),
        ("sao paulo - sp", "sao paulo"),
        ("maua/sao paulo", "maua"),
        ("sbc/sp", ""),
        ("rio de janeiro \\rio de janeiro", "rio de janeiro"),
        ("novo hamburgo, rio grande do sul, brasil", "novo hamburgo"),
        ("arraial d'ajuda (porto seguro)", "arraial d'ajuda"),
        ("sao  paulo", "sao paulo"),
    ],
)
def test_odd_cities(remarks, text, city):
    assert values.city(text, "city", remarks) == city
    assert said(remarks) == [("normalised", "city_odd", text, city)]


@pytest.mark.parametrize(
    ("text", "code", "remarked"), [("01012", "01012", 0), ("1012", "01012", 1), ("A-12", "A-12", 0), ("", "", 0)]
)
def test_postcodes(remarks, text, code, remarked):
    assert values.postcode(text, "postcode", 5, remarks) == code
    assert len(remarks.found) == remarked


@pytest.mark.parametrize(("text", "number"), [("500", 500), ("500.0", 500), ("", None), ("0", 0)])
def test_measures(remarks, text, number):
    assert values.measure(text, "weight", remarks) == number
    assert not remarks.found


@pytest.mark.parametrize("text", ["heavy", "-5", "1.5", "9" * 12])
def test_what_is_no_measure_is_left_empty(remarks, text):
    assert values.measure(text, "weight", remarks) is None
    assert said(remarks) == [("normalised", "measure_unreadable", text, "")]


@pytest.mark.parametrize(
    ("text", "is_place"), [("-23.5", True), ("90", True), ("90.1", False), ("NaN", False), ("", False)]
)
def test_coordinates(remarks, text, is_place):
    assert values.coordinate(text, "latitude", 90, remarks) == (Decimal(text) if is_place else None)
    assert remarks.is_rejected is not is_place


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("3.0", 3), ("0", 0), ("30001", None), ("-1", None), ("x", None)]
)
def test_counts(remarks, text, number):
    assert values.count(text, "number", remarks) == number
    assert remarks.is_rejected is (number is None)


@pytest.mark.parametrize(("text", "codes"), [("a" * 64, []), ("", ["key_missing"]), ("a" * 65, ["key_too_long"])])
def test_keys(remarks, text, codes):
    values.key(text, "order_id", remarks)
    assert [each.code for each in remarks.found] == codes
