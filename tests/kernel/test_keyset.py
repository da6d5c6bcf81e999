"""Paging forth and back meets every row once, and a cursor from elsewhere is refused."""

import base64
import json
from datetime import timedelta
from random import Random

import pytest

from config.kernel import keyset
from config.kernel.errors import UnknownFilter
from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN

ORDERS = [("name", "pk"), ("-name", "-pk"), ("-opened_at", "-pk"), ("opened_at", "pk"), ("city", "-name", "pk")]


@pytest.fixture
def shops(acting):
    """Twenty-three shops: few cities, moments that differ by microseconds, and several at the same moment."""
    dice = Random(7)
    Shop.objects.bulk_create(
        Shop(
            name=f"{number:02} 掌柜", city="ABC"[dice.randrange(3)], country="DE",
            opened_at=THEN + timedelta(microseconds=dice.randrange(9)),
        )
        for number in range(23)
    )  # fmt: skip


def pages(order, size):
    found, cursor = [], ""
    while True:
        part = keyset.page(Shop.objects.all(), order=order, size=size, after=cursor)
        found.append(part)
        if not (cursor := part.after):
            return found


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
@pytest.mark.parametrize("size", [1, 5, 22, 23, 24])
def test_each_row_comes_once_and_in_order(shops, order, size):
    forth = pages(order, size)
    assert [row for part in forth for row in part.rows] == list(Shop.objects.order_by(*order))
    assert forth[0].before is None
    assert {len(part.rows) for part in forth[:-1]} <= {size}


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_the_way_back_shows_the_same_pages(shops, order):
    forth = pages(order, 5)
    part, back = forth[-1], [forth[-1].rows]
    while part.before:
        part = keyset.page(Shop.objects.all(), order=order, size=5, before=part.before)
        back.insert(0, part.rows)
    assert back == [part.rows for part in forth]
    assert keyset.page(Shop.objects.all(), order=order, size=5, after=part.after).rows == forth[1].rows


def test_new_rows_shift_nothing(shops):
    order = ("name", "pk")
    first = keyset.page(Shop.objects.all(), order=order, size=5)
    Shop.objects.create(name="00 newer", country="DE", opened_at=THEN)
    assert keyset.page(Shop.objects.all(), order=order, size=5, after=first.after).rows[0].name == "05 掌柜"


def test_an_empty_list_has_no_neighbors(acting):
    assert keyset.page(Shop.objects.all(), order=("pk",), size=5) == keyset.Slice([], None, None)


def sealed(content) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


NAMES, MOMENTS = ["name", "pk"], ["opened_at", "pk"]
GARBAGE = {
    "no base64": "%%%",
    "no text": base64.urlsafe_b64encode(b"\xff\xfe\x00").decode(),
    "not ascii": "掌柜",
    "half a surrogate pair in the address": "\ud800",
    "no json": sealed("{"),
    "no pair": sealed([1]),
    "no list": sealed({"a": 1, "b": 2}),
    "of another list": sealed([["title", "pk"], ["a", 1]]),
    "too few values": sealed([NAMES, ["a"]]),
    "too many values": sealed([NAMES, ["a", 1, 2]]),
    "nothing for a key": sealed([NAMES, ["a", None]]),
    "nothing for a name": sealed([NAMES, [None, 1]]),
    "a truth for a key": sealed([NAMES, ["a", True]]),
    "a word for a key": sealed([NAMES, ["a", "b"]]),
    "a list for a key": sealed([NAMES, ["a", [1]]]),
    "an endless key": sealed('[["name", "pk"], ["a", Infinity]]'),
    "NaN for a key": sealed('[["name", "pk"], ["a", NaN]]'),
    "a key of 5,000 digits": sealed(f'[["name", "pk"], ["a", {"9" * 5_000}]]'),
    "a NUL in a name": sealed([NAMES, ["\0", 1]]),
    "half a surrogate pair in a name": sealed('[["name", "pk"], ["\\ud800", 1]]'),
    "deeply nested": sealed("[" * 3_000),
    "no moment": sealed([MOMENTS, ["yesterday", 1]]),
    "a moment that never was": sealed([MOMENTS, ["2025-02-30T00:00:00Z", 1]]),
    "the year 0": sealed([MOMENTS, ["0000-01-01T00:00:00Z", 1]]),
    "a number for a moment": sealed([MOMENTS, [5, 1]]),
}


@pytest.mark.parametrize("cursor", GARBAGE.values(), ids=GARBAGE.keys())
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_cursor_of_something_else_is_refused(acting, cursor, way):
    order = MOMENTS if "opened_at" in _plain(cursor) else NAMES
    with pytest.raises(UnknownFilter) as refusal:
        keyset.page(Shop.objects.all(), order=order, size=5, **{way: cursor})
    assert refusal.value.status == 400


def _plain(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor.encode() + b"==").decode()
    except ValueError:
        return ""


@pytest.mark.parametrize("key", [-1, 0, 10**30])
def test_a_cursor_beyond_all_rows_is_an_empty_page(shops, key):
    assert len(keyset.page(Shop.objects.all(), order=("pk",), size=50, after=sealed([["pk"], [key]])).rows) == (
        0 if key > 0 else 23
    )
