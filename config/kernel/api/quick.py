"""The quick way in: what is plainly as it should be is read without asking DRF, field by field.

It never refuses: what it does not understand at once is left to the serializer, which knows the words for it. So the
two do not differ in what they refuse.
"""

import re
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from config.kernel.api.fields import Country, In, MoneyField, Named, Text, Whole
from config.kernel.money import Money, places

Read = Callable[[object, dict], object]
CURRENCY = re.compile("[A-Z]{3}")
DIGITS = 12  # of an amount before its point; far below the most there may be
MET = (MaxLengthValidator, ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)


class NotPlain(Exception):
    """It has to go the long way."""


def reader(of: type[In]) -> Read:
    """How a body of this kind is read: the values that `validated_data` would have. Raises NotPlain."""
    if "_quick" not in vars(of):
        of._quick = staticmethod(_reader_of(of()))
    return of._quick


def _reader_of(serializer: In) -> Read:
    known = {name: _of_field(field) for name, field in serializer.fields.items()}
    needed = {name for name, field in serializer.fields.items() if field.required}
    if not _is_usual(serializer):
        return _never

    def read(sent, context):
        if type(sent) is not dict or not needed <= sent.keys() <= known.keys():
            raise NotPlain
        return {name: known[name](value, context) for name, value in sent.items()}

    return read


def _is_usual(serializer: In) -> bool:
    """Whether nothing but its fields decides."""
    own, fields = type(serializer), serializer.fields
    return (
        own.validate is serializers.Serializer.validate
        and own.to_internal_value is In.to_internal_value
        and not any(hasattr(serializer, f"validate_{name}") for name in fields)
        and all(field.source == name and field.default is serializers.empty for name, field in fields.items())
    )


def _of_field(field) -> Read:
    return _or_none(_plainly(field)) if field.allow_null else _plainly(field)


def _plainly(field) -> Read:
    for kind, way in WAYS.items():
        if type(field) is kind:
            return way(field)
    return _reader_of(field) if isinstance(field, In) else _never


def _never(sent, context):
    raise NotPlain


def _or_none(read: Read) -> Read:
    return lambda sent, context: None if sent is None else read(sent, context)


def _text(field: Text) -> Read:
    most, may_be_blank = field.max_length, field.allow_blank
    rules = [rule for rule in field.validators if not isinstance(rule, MET)]

    def read(sent, context):
        if sent == "" and may_be_blank:
            return sent
        if type(sent) is not str or not sent or len(sent) > most or not _is_plain(sent):
            raise NotPlain
        try:
            for rule in rules:
                rule(sent)
        except (ValidationError, serializers.ValidationError):
            raise NotPlain from None
        return sent

    return read if most else _never


def _is_plain(text: str) -> bool:
    """Whether `Text` would leave it as it is: one line of NFC with nothing invisible, that begins with a letter."""
    if not text.isprintable() or text != text.strip():
        return False
    if text.isascii():
        return True
    return unicodedata.is_normalized("NFC", text) and unicodedata.category(text[0])[0] != "M"


def _country(field: Country) -> Read:
    def read(sent, context):
        if type(sent) is not str or len(sent) != 2 or not (sent.isascii() and sent.isalpha()):
            raise NotPlain
        return sent.upper()

    return read


def _whole(field: Whole) -> Read:
    least, most = field.min_value, field.max_value

    def read(sent, context):
        if type(sent) is not int or (least is not None and sent < least) or (most is not None and sent > most):
            raise NotPlain
        return sent

    return read


def _money(field: MoneyField) -> Read:
    least = 1 if field.above_zero else 0

    def read(sent, context):
        if type(sent) is not dict or sent.keys() != {"amount", "currency"}:
            raise NotPlain
        amount, currency = sent["amount"], sent["currency"]
        if type(amount) is not str or type(currency) is not str or not CURRENCY.fullmatch(currency):
            raise NotPlain
        whole, _point, part = amount.partition(".")
        digits = whole + part
        if not (whole and len(whole) <= DIGITS and digits.isascii() and digits.isdigit()):
            raise NotPlain
        if len(part) != places(currency) or ("." in amount) != bool(part) or int(digits) < least:
            raise NotPlain
        return Money(int(digits), currency)

    return read


def _choice(field: serializers.ChoiceField) -> Read:
    choices = field.choice_strings_to_values

    def read(sent, context):
        if type(sent) is not str or sent not in choices:
            raise NotPlain
        return choices[sent]

    return read


def _named(field: Named) -> Read:
    def read(sent, context):
        if type(sent) is not str or not 0 < len(sent) <= 100 or not sent.isprintable():
            raise NotPlain
        found = field.named(sent, context)
        if found is None:
            raise NotPlain
        return found

    return read


def _list(field: serializers.ListSerializer) -> Read:
    one, least, most = _of_field(field.child), field.min_length or 0, field.max_length

    def read(sent, context):
        if type(sent) is not list or not sent or len(sent) < least or (most is not None and len(sent) > most):
            raise NotPlain
        return [one(each, context) for each in sent]

    return read


WAYS: dict[type, Callable[..., Read]] = {
    Text: _text, Country: _country, Whole: _whole, MoneyField: _money, serializers.ChoiceField: _choice,
    Named: _named, serializers.ListSerializer: _list,
}  # fmt: skip
