"""How often a key may ask: exactly as often as its bucket says, however many ask at once (B11)."""

import threading
from collections import Counter
from http.client import HTTPConnection

import pytest
import redis
from django.core.cache import cache

from config.kernel import scope
from config.kernel.api import limits
from config.kernel.api.limits import Bucket
from tests.factories.accounts import make_credential

NEVER = 0.001  # tokens a second: none comes back while a test runs, however slow the machine


def test_a_key_is_told_how_it_stands(system, settings):
    settings.API_BURST, settings.API_RATE = 3, NEVER
    answered = [system.get("orders/") for _ in range(4)]
    assert [each.status_code for each in answered] == [200, 200, 200, 429]
    assert [each["RateLimit-Remaining"] for each in answered] == ["2", "1", "0", "0"]
    assert {each["RateLimit-Limit"] for each in answered} == {"3"}
    assert [each["RateLimit-Reset"] for each in answered] == ["1000", "2000", "3000", "3000"]
    refused = answered[-1]
    assert (refused["Retry-After"], refused.json()["code"]) == ("1000", "too_many_requests")
    assert refused["Content-Type"] == "application/problem+json"


def test_tokens_come_back_with_time(time_machine_of_redis):
    bucket = Bucket("api:test", 10, 2)
    assert limits.take([bucket], cost=10).remaining == 0
    time_machine_of_redis("api:test", seconds=3)
    assert limits.take([bucket], cost=1).remaining == 5
    time_machine_of_redis("api:test", seconds=3_600)
    assert limits.take([bucket], cost=1).remaining == 9  # never more than the bucket holds


@pytest.fixture
def time_machine_of_redis():
    """Let a bucket have been counted some seconds earlier: Redis has a clock of its own."""

    def pass_by(key: str, *, seconds: int) -> None:
        client = cache._cache.get_client(write=True)
        client.hincrbyfloat(key, "at", -seconds)

    return pass_by


def test_two_keys_of_a_merchant_share_the_merchants_bucket(system_of, acme, rival, settings):
    settings.API_BURST, settings.API_RATE = 2, NEVER
    answered = Counter(system_of(acme).get("orders/").status_code for _ in range(8))
    assert answered == {200: 6, 429: 2}
    assert system_of(rival).get("orders/").status_code == 200


def test_nothing_is_taken_where_one_bucket_is_empty():
    small, large = Bucket("api:small", 1, 1), Bucket("api:large", 10, 1)
    assert limits.take([small, large], cost=1).is_enough
    assert not limits.take([small, large], cost=1).is_enough
    assert limits.take([large], cost=1).remaining == 8


def test_two_hundred_at_once_take_as_many_tokens_as_there_are():
    bucket, answered, ready = Bucket("api:race", 50, NEVER), [], threading.Barrier(200)

    def ask():
        ready.wait()
        answered.append(limits.take([bucket], cost=1).is_enough)

    threads = [threading.Thread(target=ask) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(answered) == 50
    assert len(answered) == 200


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_server_holds_the_limit_under_two_hundred_parallel_calls(live_server, acme, settings):
    settings.API_BURST, settings.API_RATE = 50, NEVER
    with scope.acting_for(acme):
        _credential, key = make_credential()
    answered, headers = [], {"Authorization": f"Bearer {key}"}

    def ask():
        link = HTTPConnection(live_server.thread.host, live_server.thread.port, timeout=60)
        link.request("GET", "/api/v1/jobs/", headers=headers)
        answered.append(link.getresponse().status)
        link.close()

    threads = [threading.Thread(target=ask) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = Counter(answered)
    assert counted == {200: 50, 429: 150}


def test_a_limit_that_looks_and_then_takes_would_be_passed(monkeypatch):
    """The planted fault: two steps instead of one script."""
    client, ready, answered = cache._cache.get_client(write=True), threading.Barrier(20), []
    client.set("api:planted", 5, ex=60)

    def ask():
        left = int(client.get("api:planted"))
        ready.wait()
        answered.append(left > 0)
        client.decr("api:planted")

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(answered) > 5


def test_without_redis_nothing_is_limited(system, monkeypatch, caplog):
    def gone(*_, **__):
        raise redis.ConnectionError("gone")

    monkeypatch.setattr(type(cache._cache), "get_client", gone)
    response = system.get("orders/")
    assert (response.status_code, response.has_header("RateLimit-Limit")) == (200, False)


def test_every_bucket_has_an_end():
    limits.take([Bucket("api:end", 100, 10)], cost=1)
    assert 0 < cache._cache.get_client(write=True).ttl("api:end") <= 11
