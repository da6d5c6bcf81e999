"""Kinds of files that a merchant may bring in. An app says what a line means and keeps it; the desk reads the files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from django import forms
from django.core.exceptions import ImproperlyConfigured

from config.kernel.actors import Actor


@dataclass(frozen=True)
class Column:
    """What one cell of a line says; the form field understands it, in the same words as the page of the same act.

    `also` are headings under which others call it. An empty cell means: leave it as it is.
    """

    key: str
    field: forms.Field
    also: tuple[str, ...] = ()
    is_personal: bool = False


class Problem(NamedTuple):
    """Why a line cannot be taken in: the column's key (empty for the line as a whole) and what to do about it."""

    column: str
    message: str


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


class Effect(NamedTuple):
    """What a line did, for undoing it: to what thing, and what was there before; None where there was nothing."""

    thing: str
    before: dict | None
    after: dict


class Verdict(NamedTuple):
    """What becomes of one line."""

    outcome: Outcome
    problems: Sequence[Problem] = ()
    effect: Effect | None = None


class Collision(RuntimeError):
    """Somebody else wrote the same things in the same moment; judged again, it is known how they stand."""


class Take(Protocol):
    def __call__(self, rows: Sequence[tuple], *, dry: bool, by: Actor, now: datetime) -> list[Verdict]:
        """Judge lines, as tuples of values in the order of the columns, None for what is left as it is; unless `dry`
        do what was judged. Raises Collision.
        """


class Undo(Protocol):
    def __call__(self, effects: Sequence[Effect], *, by: Actor, now: datetime) -> list[str]:
        """Reverse what still stands as it was taken in; for each effect why it was kept, or nothing."""


@dataclass(frozen=True)
class Kind:
    """`needs` is the permission to bring such a file in. `identity` are the columns that say which thing a line is
    about. Lines that agree in `group`, where there is one, must agree in `shared`.
    """

    key: str
    label: str
    needs: str
    columns: Callable[..., Sequence[Column]]  # columns(merchant=…), in the language of who asks
    identity: Sequence[str]
    take: Take
    undo: Undo
    group: str = ""
    shared: Sequence[str] = ()


_kinds: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    """Make a kind known; an app does so in its `ready`."""
    if _kinds.setdefault(kind.key, kind) is not kind:
        raise ImproperlyConfigured(f"two kinds of imports are called {kind.key}")


@dataclass(frozen=True)
class Marketplace:
    """A marketplace whose history the platform takes over, by a job that reads a zip file of its tables."""

    key: str
    label: str
    job: str


_marketplaces: dict[str, Marketplace] = {}


def add_marketplace(marketplace: Marketplace) -> None:
    """Make a source known; an app does so in its `ready`."""
    _marketplaces[marketplace.key] = marketplace


def marketplaces() -> list[Marketplace]:
    return list(_marketplaces.values())


def kind(key: str) -> Kind | None:
    """None for what is no longer in the code."""
    return _kinds.get(key)


def kinds() -> list[Kind]:
    return list(_kinds.values())
