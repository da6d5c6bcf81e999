"""What must hold of all rows of all merchants: each app names its own, `manage.py check_invariants` asks them."""

from collections.abc import Callable

Finder = Callable[[], list[str]]  # the rows for which it does not hold, each in words

_invariants: dict[str, Finder] = {}


def add(name: str, find: Finder) -> None:
    """Have an invariant checked; an app does so in its `ready`. `find` enters the scope that it reads in."""
    _invariants[name] = find


def broken() -> dict[str, list[str]]:
    """By the names of all invariants, what breaks them."""
    return {name: find() for name, find in _invariants.items()}
