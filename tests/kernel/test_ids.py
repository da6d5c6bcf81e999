import uuid
from datetime import UTC, datetime, timedelta

import time_machine

from config.kernel import ids
from tests.factories.accounts import THEN


def test_an_id_is_a_uuid_of_version_7():
    for made in (ids.fresh(), ids.of_source(THEN, "olist", "1")):
        assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_its_first_48_bits_are_the_milliseconds():
    with time_machine.travel(THEN, tick=False):
        assert ids.fresh().int >> 80 == int(THEN.timestamp() * 1000)


def test_ids_sort_by_time():
    moments = [THEN + timedelta(milliseconds=number) for number in range(200)]
    made = [ids.of_source(at, "x") for at in moments]
    assert sorted(made) == made
    assert sorted(map(str, made)) == list(map(str, made))


def test_fresh_ids_differ_within_a_millisecond():
    with time_machine.travel(THEN, tick=False):
        assert len({ids.fresh() for _ in range(10_000)}) == 10_000


def test_the_id_of_a_source_is_the_same_on_every_run():
    assert ids.of_source(THEN, "olist", "order", "e481f51c") == uuid.UUID("01955b3b-ca80-7d75-b51f-75c6aa752e4f")


def test_its_time_and_each_part_of_its_key_count():
    keys = [("a", "bc"), ("ab", "c"), ("abc",), ("a", "b", "c"), ("bc", "a")]
    assert len({ids.of_source(THEN, *key) for key in keys} | {ids.of_source(THEN + timedelta(days=1), "abc")}) == 6


def test_a_moment_before_the_epoch_is_its_beginning():
    made = ids.of_source(datetime(1901, 1, 1, tzinfo=UTC), "old")
    assert (made.int >> 80, made.version) == (0, 7)
