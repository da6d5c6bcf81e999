"""What facts are about, as the people of a shop know it: each app names its own things and where they are shown."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from config.kernel.actors import Actor


@dataclass(frozen=True)
class Subject:
    label: str
    url: str


Finder = Callable[[list[str]], dict[str, Subject]]  # public ids in; what is gone, or another merchant's, stays out

_kinds: dict[str, tuple[str, Finder]] = {}


def add(kind: str, *, needs: str, find: Finder) -> None:
    """Name the things of a kind, for those who may see them; an app does so in its `ready`."""
    _kinds[kind] = (needs, find)


def named(abouts: Iterable[str], *, actor: Actor) -> dict[str, Subject]:
    """Of each `order:0190…` its name and address: one query a kind."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for about in abouts:
        kind, _colon, key = about.partition(":")
        by_kind[kind].append(key)
    found = {}
    for kind, keys in by_kind.items():
        needs, find = _kinds.get(kind, ("", None))
        if find and actor.can(needs):
            found |= {f"{kind}:{key}": subject for key, subject in find(keys).items()}
    return found
