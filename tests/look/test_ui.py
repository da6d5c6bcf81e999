"""How values are written: money, days, moments, icons."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from config.kernel.money import Money
from config.templatetags import ui

NOW = datetime(2026, 11, 24, 5, 46, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (123456, "CNY", "¥1,234.56"),
        (123456, "BRL", "R$\u00a01,234.56"),
        (-300, "GBP", "\u2212£3.00"),
        (5, "USD", "$0.05"),
        (0, "EUR", "€0.00"),
        (1234, "JPY", "JP¥1,234"),
        (1234567, "KWD", "KWD\u00a01,234.567"),
        (9007199254740993_01, "CNY", "¥9,007,199,254,740,993.01"),
    ],
)
def test_money_is_written_exactly(minor, currency, written):
    assert ui.money(Money(minor, currency)) == written


def test_no_money_is_no_text():
    assert ui.money(None) == ""


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "24 Nov 2026", "24 Nov 2026, 13:46"),
        ("zh-hans", "2026年11月24日", "2026年11月24日 13:46"),
    ],
)
def test_moments_stand_in_the_zone_and_language_of_the_page(language, day, moment):
    with translation.override(language), timezone.override("Asia/Shanghai"):
        assert ui.day(NOW) == day
        assert ui.moment(NOW) == moment
        assert ui.clock(NOW) == "13:46"


def test_a_day_without_a_time_is_not_moved():
    with translation.override("en"), timezone.override("America/Sao_Paulo"):
        assert ui.day(date(2026, 11, 24)) == "24 Nov 2026"


def test_numbers_are_grouped_and_words_are_left_alone():
    assert ui.number(1234567) == "1,234,567"
    assert ui.number("1,000+") == "1,000+"
    assert ui.number(None) == ""


def test_an_icon_is_hidden_from_screen_readers():
    assert 'class="icon icon--sm" aria-hidden="true"' in ui.icon("house", "sm")
    assert "#i-house" in ui.icon("house")


def test_the_same_text_has_the_same_tint():
    assert ui.tint("LH-TENT-2P") == ui.tint("LH-TENT-2P")
    assert ui.tint("LH-TENT-2P") in ui.TINTS
