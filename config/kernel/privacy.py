"""What the apps know of a buyer: each tells and forgets its own rows, and all of it happens at once or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Part:
    """`export(buyer=…)` tells, `erase(buyer=…, because=…, by=…, now=…)` forgets or refuses."""

    export: Callable[..., object]
    erase: Callable[..., None]


_parts: dict[str, Part] = {}


def add(name: str, *, export: Callable[..., object], erase: Callable[..., None]) -> None:
    """Tell and forget an app's rows too; an app does so in its `ready`."""
    _parts[name] = Part(export, erase)


def parts() -> Iterator[tuple[str, Part]]:
    """The uppermost app first, as locks are taken."""
    yield from reversed(_parts.items())


def labelled(row: models.Model) -> list[str]:
    """The columns of a row that say something about a person."""
    return [column.name for column in row._meta.concrete_fields if hasattr(column, "pii")]


def values(row: models.Model) -> dict:
    """What those columns hold, but for those that only help to find it."""
    return {name: getattr(row, name) for name in labelled(row) if not name.endswith("_token")}
