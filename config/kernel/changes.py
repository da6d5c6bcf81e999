"""Acts on many rows of a list at once: looked at first, then done, then perhaps undone. The desk leads through it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django_filters import FilterSet

from config.kernel.actors import Actor
from config.kernel.imports import Effect, Undo


@dataclass(frozen=True)
class Rows:
    """A list whose rows can be chosen: how its address is called, and the field by which a row is named in a form."""

    page: str
    rows: Callable[[], QuerySet]
    filterset: type[FilterSet]
    named_by: str


class Step(NamedTuple):
    """What becomes of one thing: how it stands and will stand in words, or why it stays as it is."""

    label: str
    before: str = ""
    after: str = ""
    effect: Effect | None = None
    kept_because: str = ""


class Carry(Protocol):
    def __call__(self, keys: Sequence[int], *, asked: Mapping, dry: bool, by: Actor, now: datetime) -> list[Step]:
        """Judge the rows of these keys by what the form asked, and unless `dry` do what was judged."""


@dataclass(frozen=True)
class Kind:
    """`needs` is the permission to do it. `told` says what was done to so many things. `form` asks what is still to be
    known, for a merchant; its `asked` is what it was told, as JSON. `lasting` names what no undoing brings back.
    """

    key: str
    page: str
    label: str
    icon: str
    needs: str
    carry: Carry
    undo: Undo
    told: Callable[[int], str]
    form: Callable[..., forms.Form] | None = None
    lasting: str = ""


_rows: dict[str, Rows] = {}
_kinds: dict[str, Kind] = {}


def add_rows(rows: Rows) -> None:
    """Let the rows of a list be chosen; an app does so in its `ready`."""
    _rows[rows.page] = rows


def add(*kinds: Kind) -> None:
    """Make acts known; an app does so in its `ready`."""
    for kind in kinds:
        if _kinds.setdefault(kind.key, kind) is not kind:
            raise ImproperlyConfigured(f"two kinds of changes are called {kind.key}")


def kind(key: str) -> Kind | None:
    """None for what is no longer in the code."""
    return _kinds.get(key)


def kinds() -> list[Kind]:
    return list(_kinds.values())


def rows_of(page: str) -> Rows:
    return _rows[page]


def offered(page: str, *, can: Callable[[str], bool]) -> list[Kind]:
    """What somebody may do to chosen rows of a list."""
    return [kind for kind in _kinds.values() if kind.page == page and can(kind.needs)]
