"""What waits for people, as each app lays it before them: how much by deadline, what comes next, what marks the day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from config.kernel.actors import Actor
from config.kernel.deadlines import Nearness


@dataclass(frozen=True)
class Asked:
    """Who asks, of which shop, when; `mine` for what that person has taken on."""

    actor: Actor
    user: object
    merchant: object
    now: datetime
    mine: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return self.merchant.zone


@dataclass(frozen=True)
class Row:
    """One kind of work: how much of it there is by nearness, and the list that shows exactly that."""

    key: str
    label: str
    icon: str
    counts: Mapping[str, int]
    url: str
    query: Mapping[str, str] = field(default_factory=dict)

    def address(self, near: Nearness) -> str:
        return f"{self.url}?{urlencode({**self.query, 'due': near.value})}"


@dataclass(frozen=True)
class Act:
    """What can be done about an entry at once: a link, or a form that is sent; `key` does it from the keyboard."""

    label: str
    url: str
    key: str
    is_sent: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing to do; `chip` (label and state) where the deadline is told in words of its own."""

    key: str
    icon: str
    title: str
    url: str
    at: datetime | None
    since: datetime
    note: str = ""
    who: str = ""
    chip: object | None = None
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Mark:
    """Something that is due or happens at a moment of today."""

    at: datetime
    label: str
    url: str


@dataclass(frozen=True)
class Queue:
    """Of one app. `has_owners` where a person can take something on: only that is ever anybody's own."""

    place: int
    needs: str
    rows: Callable[[Asked], list[Row]]
    entries: Callable[[Asked, int], list[Entry]]
    marks: Callable[[Asked], list[Mark]]
    has_owners: bool = False


_queues: list[Queue] = []


def add(queue: Queue) -> None:
    """An app does so in its `ready`."""
    if queue not in _queues:
        _queues.append(queue)


def queues(asked: Asked) -> list[Queue]:
    """Those that somebody may see, in their order."""
    seen = [queue for queue in _queues if asked.actor.can(queue.needs) and (queue.has_owners or not asked.mine)]
    return sorted(seen, key=lambda queue: queue.place)
