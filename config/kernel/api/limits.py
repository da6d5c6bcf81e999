"""How often a key may ask: a bucket of tokens for it and one for all keys of its merchant, in Redis.

One script looks and takes, so that calls at the same moment cannot all see the last token. A bulk call takes as many
tokens as it has items. Where Redis is gone nothing is limited: that is safer than to stop a shop's systems.
"""

import logging
import math
from dataclasses import dataclass

import redis
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from config.kernel.api.problems import TooManyRequests

log = logging.getLogger(__name__)
OF_A_MERCHANT = 3  # times what one key has
THOUSAND = 1_000

# KEYS: the buckets. ARGV: cost, then the size and the tokens per second of each. Tokens and the moment they were
# counted at are kept; Redis's own clock is the same for all web processes. Answers: 1 if taken, and of each bucket
# what is left, in thousandths.
TAKE = """
    local time = redis.call('TIME')
    local now, cost = time[1] + time[2] / 1000000, tonumber(ARGV[1])
    local left, enough = {}, 1
    for i, key in ipairs(KEYS) do
        local size, rate = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
        local kept = redis.call('HMGET', key, 'tokens', 'at')
        local past = math.max(0, now - (tonumber(kept[2]) or now))
        left[i] = math.min(size, (tonumber(kept[1]) or size) + past * rate)
        if left[i] < cost then enough = 0 end
    end
    for i, key in ipairs(KEYS) do
        local size, rate = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
        if enough == 1 then left[i] = left[i] - cost end
        redis.call('HSET', key, 'tokens', tostring(left[i]), 'at', string.format('%.6f', now))
        redis.call('EXPIRE', key, math.ceil(size / rate) + 1)
        left[i] = math.floor(left[i] * 1000)
    end
    return {enough, unpack(left)}
"""


@dataclass(frozen=True)
class Bucket:
    """`size` tokens at most, `rate` new ones a second."""

    key: str
    size: int
    rate: float


@dataclass(frozen=True)
class Taken:
    """How it stands after a call with the tightest bucket."""

    is_enough: bool
    limit: int
    remaining: int
    full_in: int  # seconds
    again_in: int  # seconds until the cost is there

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit), "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.full_in),
        }  # fmt: skip


def buckets(*, credential: int, merchant: int) -> list[Bucket]:
    size, rate = settings.API_BURST, settings.API_RATE
    return [
        Bucket(f"api:key:{credential}", size, rate),
        Bucket(f"api:merchant:{merchant}", size * OF_A_MERCHANT, rate * OF_A_MERCHANT),
    ]


def take(wanted: list[Bucket], *, cost: int) -> Taken | None:
    """Take from all buckets or from none; None where nobody counts."""
    arguments = [str(each) for bucket in wanted for each in (bucket.size, bucket.rate)]
    try:
        client = cache._cache.get_client(write=True)
        enough, *left = client.eval(TAKE, len(wanted), *(bucket.key for bucket in wanted), cost, *arguments)
    except (redis.ConnectionError, redis.TimeoutError) as error:
        log.warning("calls are not limited, the cache does not answer: %s", type(error).__name__)
        return None
    found = list(zip(wanted, left, strict=True))
    waits = [_seconds(cost * THOUSAND - tokens, bucket) for bucket, tokens in found]
    bucket, tokens = min(found, key=lambda pair: pair[1])
    full_in = _seconds(bucket.size * THOUSAND - tokens, bucket)
    return Taken(bool(enough), bucket.size, tokens // THOUSAND, full_in, max(1, *waits))


def _seconds(thousandths: int, bucket: Bucket) -> int:
    """How long it takes until so many tokens have come, rounded up."""
    return max(0, math.ceil(thousandths / (bucket.rate * THOUSAND)))


def refuse_if_over(taken: Taken | None) -> None:
    """Raises TooManyRequests."""
    if taken and not taken.is_enough:
        raise TooManyRequests(
            _("That is more than this key may ask for at once. Ask again in %(seconds)s s.")
            % {"seconds": taken.again_in},
            after=taken.again_in,
        )  # fmt: skip
