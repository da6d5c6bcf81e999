"""Views of lists that people saved; the desk keeps them and says so when it is ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest


@dataclass(frozen=True)
class Saved:
    """The state of a list with a name. `change_url` is empty for whoever may not change it."""

    key: str
    name: str
    query: str
    is_shared: bool
    change_url: str = ""


@dataclass(frozen=True)
class Shelf:
    """The views of one list that a person has, and where to put another."""

    page: str
    views: Sequence[Saved]
    save_url: str
    may_share: bool


class Keeper(Protocol):
    def __call__(self, page: str, *, request: HttpRequest) -> Shelf: ...


_keepers: list[Keeper] = []


def keep_by(keeper: Keeper) -> None:
    """Name the one who keeps them."""
    _keepers[:] = [keeper]


def of(page: str, *, request: HttpRequest) -> Shelf:
    """What a person saved of a list, which is named as its address is."""
    (keeper,) = _keepers
    return keeper(page, request=request)
