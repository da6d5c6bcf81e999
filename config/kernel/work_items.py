"""Kinds of things that a person must do: each app words its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Kind:
    """`title` may name params, as in `%(kind)s`; `needs` is the permission to see it; who may close it by hand is
    nobody where the thing closes itself.
    """

    key: str
    title: str
    icon: str
    needs: str
    closes_by_hand: bool = True

    def tell(self, params: Mapping[str, object]) -> str:
        return str(self.title) % _Known(params)


class _Known(dict):
    """Params; an item that is older than one of them tells the rest."""

    def __missing__(self, name):
        return "—"


_kinds: dict[str, Kind] = {}


def add(*kinds: Kind) -> None:
    """Make kinds known; an app does so in its `ready`."""
    for kind in kinds:
        if _kinds.setdefault(kind.key, kind) != kind:
            raise ImproperlyConfigured(f"two kinds of work items are called {kind.key}")


def kind(key: str) -> Kind:
    """One that is no longer in the code is shown by its key, to nobody."""
    return _kinds.get(key) or Kind(key, key.replace("%", "%%"), "dot", needs="")


def seen_with(can) -> list[str]:
    """The keys of the kinds that somebody may see."""
    return [key for key, kind in _kinds.items() if can(kind.needs)]
