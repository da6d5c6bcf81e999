"""How long a failing subscriber waits, and what a seal is made of."""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
WHOLE = 1 << 256

Row = tuple  # what is sealed of a fact: its id, its transaction, and then what it says


def wait(attempts: int) -> timedelta:
    """How long after the beginning of a try the next one is due: 1 minute, 4, 16, and then an hour."""
    return min(FIRST_WAIT * 4 ** (attempts - 1), LONGEST_WAIT)


@dataclass(frozen=True)
class Stretch:
    """What a stretch of history comes to."""

    first_id: int | None
    last_id: int | None
    count: int
    contents: str
    facts: str


def measured(rows: Iterable[Row], *, key: str) -> Stretch:
    """Read facts once, in their order. Raises ValueError without a key."""
    secret = _secret(key)
    first_id = last_id = None
    count = contents = 0
    facts = hmac.new(secret, b"facts", "sha256")
    for row in rows:
        says = hmac.digest(secret, _text(row[2:]), "sha256")
        facts.update(_text(row[:2]) + says)
        contents = (contents + int.from_bytes(says, "big")) % WHOLE
        count += 1
        first_id = row[0] if first_id is None else min(first_id, row[0])
        last_id = row[0] if last_id is None else max(last_id, row[0])
    return Stretch(first_id, last_id, count, f"{contents:064x}", facts.hexdigest())


def fingerprint(*, key: str, seal: dict) -> str:
    """Vouch for a seal, and so for all before it, as only who has the key can. Raises ValueError without one."""
    return hmac.new(_secret(key), b"seal" + _text(sorted(seal.items())), "sha256").hexdigest()


def _secret(key: str) -> bytes:
    if not key:
        raise ValueError("a seal without a key would keep nobody from forging it")
    return key.encode()


def _text(values) -> bytes:
    # ends in a line of its own, and JSON has no such line inside: no two lists of values make the same bytes
    return json.dumps(values, default=_plain).encode() + b"\n"


def _plain(value) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
