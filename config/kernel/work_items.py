"""Kinds of things that a person must do: each app words its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Kind:
    """`title` may name params, as in `%(kind)s`; `needs` is the permission to see it; who may close it by hand is
    nobody where the thing closes itself.

    `label` is what many of them are called together; `done`, where one press is enough to close it, is what the button
    says.
    """

    key: str
    title: str
    icon: str
    needs: str
    closes_by_hand: bool = True
    label: str = ""
    done: str = ""

    def tell(self, params: Mapping[str, object]) -> str:
        return str(self.title) % _Known(params)

    @property
    def name(self) -> str:
        return str(self.label) or self.tell({})


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


def kinds(can) -> list[Kind]:
    """Those that somebody may see, in the order of the apps."""
    return [kind for kind in _kinds.values() if can(kind.needs)]


def choices() -> list[tuple[str, str]]:
    """All, for a filter."""
    return [(kind.key, kind.name) for kind in _kinds.values()]


def seen_with(can) -> list[str]:
    """The keys of the kinds that somebody may see."""
    return [kind.key for kind in kinds(can)]
