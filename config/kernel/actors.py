"""Who does something: what each act is recorded under, and what its doer may."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a partner's system or the platform itself, for the length of one request, task or command.

    `label` is what facts keep (`user:17`, `import:olist`, `system`): never personal data.
    """

    label: str
    name: str = ""
    permissions: frozenset[str] = frozenset()

    def can(self, permission: str) -> bool:
        return permission in self.permissions


def machine(label: str, *, may: Iterable[str] = ()) -> Actor:
    """The platform's own hand, e.g. `machine("import:olist")`."""
    return Actor(label, permissions=frozenset(may))
