"""UUIDv7: sorted by time, so that indexes grow at one end (RFC 9562 section 5.7)."""

import hashlib
import secrets
import uuid
from datetime import datetime

from config.kernel import clock

VERSION, VARIANT = 0x7 << 76, 0b10 << 62
RANDOM_A, RANDOM_B = 0xFFF << 64, (1 << 62) - 1


def fresh() -> uuid.UUID:
    """A new id for a row of our own."""
    return _uuid7(clock.now(), secrets.randbits(80))


def of_source(at: datetime, *natural_key: str) -> uuid.UUID:
    """The id of an imported row, made from its own time and key, so that every run agrees on it."""
    digest = hashlib.sha256("\x1f".join(natural_key).encode()).digest()
    return _uuid7(at, int.from_bytes(digest[:10], "big"))


def _uuid7(at: datetime, bits: int) -> uuid.UUID:
    milliseconds = max(0, int(at.timestamp() * 1000)) & ((1 << 48) - 1)
    return uuid.UUID(int=milliseconds << 80 | VERSION | bits & RANDOM_A | VARIANT | bits & RANDOM_B)
