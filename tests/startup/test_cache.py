import datetime
import pickle

import pytest
from django.core.cache import cache

from config.cache import JSONSerializer


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
