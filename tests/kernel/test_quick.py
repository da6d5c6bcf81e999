"""The quick way reads as the serializer does, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from config.kernel.api import quick
from config.kernel.api.fields import Country, In, MoneyField, Named, Text, Whole
from config.kernel.forms import CountryField

CODE = CountryField.LETTERS


class Rows:
    """Stands for a queryset: finds what is called “web”."""

    def filter(self, *, code):
        self.found = "the web" if code == "web" else None
        return self

    def first(self):
        return self.found


class LineIn(In):
    sku = Text(max_length=6)
    quantity = Whole(min_value=1, max_value=1_000)
    price = MoneyField(required=False, allow_null=True)


class ThingIn(In):
    name = Text(max_length=8, required=False, allow_blank=True)
    code = Text(max_length=2, validators=[CODE], required=False)
    channel = Named(lambda merchant: Rows(), by="code")
    country = Country(required=False)
    kind = serializers.ChoiceField([("a", "A"), ("b", "B")], required=False)
    fee = MoneyField(above_zero=True, required=False)
    line = LineIn(required=False)
    lines = LineIn(many=True, required=False, min_length=1, max_length=2)


TEXTS = st.sampled_from(
    ["", " ", "a", "web", " a", "a ", "AB", "保温杯", "é", "e\u0301", "\u0301", "a\nb", "a\u202eb", "\u200b", "\0",
     "x" * 9, "de", "\ud800", "\u3000", "ß", "１", "12.50", "a\u00a0b"]
) | st.text(max_size=9)  # fmt: skip
ODD = st.sampled_from([None, True, 0, 1, -1, 1.0, 10**30, [], {}, "x", ["x"]])
AMOUNTS = st.sampled_from(
    ["12.50", "1", "0.00", "-1.00", "1.005", "1e3", ".5", "5.", "", "１", "9" * 12 + ".99", "9" * 20]
)
MONEY = st.fixed_dictionaries(
    {"amount": AMOUNTS | ODD, "currency": st.sampled_from(["EUR", "JPY", "KWD", "eur", "XX", ""]) | ODD},
    optional={"more": ODD},
)
LINE = st.fixed_dictionaries(
    {}, optional={"sku": TEXTS | ODD, "quantity": st.integers(-2, 1_002) | ODD, "price": MONEY | ODD, "more": ODD}
)
THING = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS | ODD, "code": TEXTS | ODD, "channel": TEXTS | ODD, "country": TEXTS | ODD,
        "kind": st.sampled_from(["a", "b", "c", ""]) | ODD, "fee": MONEY | ODD, "line": LINE | ODD,
        "lines": st.lists(LINE, max_size=3) | ODD, "more": ODD,
    },
)  # fmt: skip


def slowly(sent) -> object:
    bound = ThingIn(data=sent, context={"merchant": None, "named": {}})
    return plain(bound.validated_data) if bound.is_valid() else "refused"


def quickly(sent) -> object:
    try:
        return plain(quick.reader(ThingIn)(sent, {"merchant": None, "named": {}}))
    except quick.NotPlain:
        return "refused"


def plain(data):
    if isinstance(data, dict):
        return {name: plain(value) for name, value in data.items()}
    return [plain(each) for each in data] if isinstance(data, list) else data


@given(sent=THING | ODD)
def test_what_is_read_quickly_is_read_so_slowly(sent):
    found = quickly(sent)
    if found != "refused":
        assert found == slowly(sent)


PLAIN = {
    "name": "保温杯 é", "code": "de", "channel": "web", "country": "de", "kind": "b",
    "fee": {"amount": "12.50", "currency": "EUR"}, "line": {"sku": "A-1", "quantity": 1, "price": None},
    "lines": [{"sku": "A-1", "quantity": 1_000, "price": {"amount": "1200", "currency": "JPY"}}],
}  # fmt: skip


def test_what_is_plain_is_read_quickly():
    assert quickly(PLAIN) == slowly(PLAIN) != "refused"


@pytest.mark.parametrize(
    "change",
    [{"name": "e\u0301"}, {"name": " a"}, {"fee": {"amount": "12.5", "currency": "EUR"}}, {"name": "a\u00a0b"}],
)
def test_what_is_good_but_not_plain_goes_the_long_way(change):
    assert quickly(PLAIN | change) == "refused" != slowly(PLAIN | change)


def test_a_serializer_that_judges_by_itself_is_asked():
    class Judging(LineIn):
        def validate_sku(self, sku):
            raise serializers.ValidationError("never")

    class Whole(LineIn):
        def validate(self, sent):
            raise serializers.ValidationError("never")

    for judge in (Judging, Whole):
        with pytest.raises(quick.NotPlain):
            quick.reader(judge)({"sku": "A", "quantity": 1}, {})


def test_a_limit_that_is_read_otherwise_bites(monkeypatch):
    """The planted fault: the quick way takes what the serializer refuses."""
    monkeypatch.setattr(quick, "_is_plain", lambda text: True)
    monkeypatch.delattr(ThingIn, "_quick", raising=False)
    sent = {"channel": "web", "name": "a\nb"}
    assert (quickly(sent), slowly(sent)) == (sent | {"channel": "the web"}, "refused")
    monkeypatch.undo()
    del ThingIn._quick
