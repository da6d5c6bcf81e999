import pytest
from django.core.exceptions import ValidationError

from config.kernel.forms import MoneyField
from config.kernel.money import Money


@pytest.mark.parametrize(("text", "minor"), [("12.50", 1250), ("0", 0), ("１２.５", 1250), (" 1 000 ", 100_000)])
def test_an_amount_is_read_as_people_write_it(text, minor):
    assert MoneyField(currency="EUR").clean(text) == Money(minor, "EUR")


@pytest.mark.parametrize(
    ("text", "told"),
    [("-0.01", "below zero"), ("1e309", "plain number"), ("1,5", "plain number"), ("0.001", "2 decimals")],
)
def test_an_amount_below_zero_or_unreadable_is_refused(text, told):
    with pytest.raises(ValidationError, match=told):
        MoneyField(currency="EUR").clean(text)
