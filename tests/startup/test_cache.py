import datetime
import pickle

import pytest
import redis
from django.core.cache import cache

from config.cache import Cache, JSONSerializer


def test_a_value_comes_back_through_the_server():
    cache.set("startup-test", {"红": [1, 2.5, None, "x"]}, timeout=10)
    assert cache.get("startup-test") == {"红": [1, 2.5, None, "x"]}


def test_the_server_itself_counts():
    cache.set("startup-count", 1, timeout=10)
    assert cache.incr("startup-count") == 2
    assert cache.get("startup-count") == 2


@pytest.mark.parametrize("value", [datetime.date(2026, 1, 1), object(), float("nan"), b"bytes"])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        JSONSerializer().dumps(value)


def test_a_planted_pickle_runs_nothing():
    class Planted:
        def __reduce__(self):
            return pytest.fail, ("it ran",)

    with pytest.raises(ValueError):
        JSONSerializer().loads(pickle.dumps(Planted()))


@pytest.fixture
def gone(tmp_path):
    return Cache(f"unix://{tmp_path}/gone.sock?db=0", {"OPTIONS": {"serializer": "config.cache.JSONSerializer"}})


def test_a_cache_that_is_gone_is_an_empty_one(gone, caplog):
    gone.set("key", "value", 10)
    gone.set_many({"key": "value"}, 10)
    assert gone.get("key", "computed") == "computed"
    assert gone.get_many(["key"]) == {}
    assert "key" not in gone
    assert gone.add("key", "value", 10)
    assert not gone.touch("key", 10)
    assert not gone.delete("key")
    gone.delete_many(["key"])
    assert {record.message for record in caplog.records} == {"the cache does not answer: ConnectionError"}


def test_a_cache_that_is_gone_does_not_pretend_to_count(gone):
    with pytest.raises(redis.ConnectionError):
        gone.incr("key")
