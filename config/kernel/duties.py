"""Recurring duties. An app registers what is done how often, the desk keeps when it was done and is due again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured


class Performer(Protocol):
    def __call__(self, *, now: datetime) -> None: ...


@dataclass(frozen=True)
class Kind:
    """`every` is the cadence it starts with; an admin may choose another between `least` and `most`."""

    key: str
    label: str
    every: timedelta
    least: timedelta
    most: timedelta
    perform: Performer


_kinds: dict[str, Kind] = {}


def duty(
    key: str, *, label: str, every: timedelta, least: timedelta, most: timedelta
) -> Callable[[Performer], Performer]:  # fmt: skip
    """Register what is to be done each time, in no merchant's scope.

    It runs in the transaction of its own receipt, so that it happens once for each time it is due: keep it to moments,
    and let it queue jobs or wake workers for more.
    """

    def register(perform: Performer) -> Performer:
        if not timedelta(seconds=1) <= least <= every <= most:
            raise ImproperlyConfigured(f"{key}: its cadence is out of its own bounds")
        if _kinds.setdefault(key, Kind(key, label, every, least, most, perform)).perform is not perform:
            raise ImproperlyConfigured(f"two duties are called {key}")
        return perform

    return register


def kind(key: str) -> Kind | None:
    """None for what is no longer in the code."""
    return _kinds.get(key)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.key)
