"""The cache on Redis: it may be gone or emptied at any moment, and then pages are slower, not broken."""

import json
import logging

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)


class JSONSerializer:
    """Writes values as JSON, so that whoever can write to the server cannot make us run code.

    Refuses what JSON cannot say; a tuple comes back as a list.
    """

    def dumps(self, value):
        if type(value) is int:
            return value  # Redis itself counts it up, in `incr`
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()

    def loads(self, stored: bytes):
        return json.loads(stored)


def forgiving(name: str, answer):
    """The client's method, which gives `answer(arguments)` while the server does not."""
    ask = getattr(RedisCacheClient, name)

    def method(self, *args, **kwargs):
        try:
            return ask(self, *args, **kwargs)
        except (redis.ConnectionError, redis.TimeoutError) as error:
            logger.warning("the cache does not answer: %s", type(error).__name__)
            return answer(*args, **kwargs)

    return method


class Client(RedisCacheClient):
    """A server that is gone has nothing and keeps nothing. It still cannot count: `incr` raises."""

    get = forgiving("get", lambda key, default=None: default)
    get_many = forgiving("get_many", lambda keys: {})
    has_key = forgiving("has_key", lambda key: False)
    add = forgiving("add", lambda key, value, timeout: True)  # as if nobody else had it: a lock needs the database
    set = forgiving("set", lambda key, value, timeout: None)
    set_many = forgiving("set_many", lambda data, timeout: None)
    touch = forgiving("touch", lambda key, timeout: False)
    delete = forgiving("delete", lambda key: False)
    delete_many = forgiving("delete_many", lambda keys: None)


class Cache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = Client
