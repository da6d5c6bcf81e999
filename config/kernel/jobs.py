"""Kinds of long work. An app registers what is to be done, the desk keeps the rows and does it step by step."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from config.kernel.actors import Actor

QUEUES = ("celery", "bulk")  # ticks and short work; work that takes minutes


@dataclass
class Run:
    """A job as its handler sees it; what the handler changes is kept together with the step that changed it.

    `checkpoint` is all that is left when a worker dies. `total` is None until it is known; `file` is the name of a
    file below `folder`, which lies below MEDIA_ROOT; `report` are the lines of an error report. A handler that ends
    with a `failure` has failed, and what its last step wrote stays.
    """

    public_id: uuid.UUID
    folder: str
    arguments: dict
    by: Actor
    zone: ZoneInfo
    now: datetime
    checkpoint: dict = field(default_factory=dict)
    done: int = 0
    total: int | None = None
    errors: int = 0
    result: dict = field(default_factory=dict)
    report: list = field(default_factory=list)
    file: str = ""
    failure: str = ""


Handler = Callable[[Run], Iterator[None]]


@dataclass(frozen=True)
class Kind:
    """`needs` is the permission to see what comes of it; one that `keeps_its_turn` works in temporary tables, which
    another worker would not see.
    """

    key: str
    label: str
    needs: str
    queue: str
    handler: Handler
    keeps_its_turn: bool = False


_kinds: dict[str, Kind] = {}


def job(
    key: str, *, label: str, needs: str, queue: str = "bulk", keeps_its_turn: bool = False
) -> Callable[[Handler], Handler]:  # fmt: skip
    """Register a handler: a generator that yields after each step.

    A step is seconds of work and one transaction, together with the checkpoint. A handler goes on from
    `run.checkpoint`, which is empty at first; it may be ended after any step, and begun again elsewhere.
    """

    def register(handler: Handler) -> Handler:
        if queue not in QUEUES:
            raise ImproperlyConfigured(f"{key}: no worker listens to the queue {queue}")
        kind = Kind(key, label, needs, queue, handler, keeps_its_turn)
        if _kinds.setdefault(key, kind).handler is not handler:
            raise ImproperlyConfigured(f"two kinds of jobs are called {key}")
        return handler

    return register


def kind(key: str) -> Kind | None:
    """None for what is no longer in the code."""
    return _kinds.get(key)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.key)
