"""What Ctrl K finds: things that apps look for, pages to go to, acts to begin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from config.kernel.navigation import Entry, seen
from config.kernel.queues import Asked

SHOWN = 6  # of one source
PASTED = 150  # numbers; more do not fit into an address


@dataclass(frozen=True)
class Hit:
    """Something to open; `is_exact` where the text is its own number or code; `key` leads there after G."""

    label: str
    url: str
    icon: str
    note: str = ""
    is_exact: bool = False
    key: str = ""


@dataclass(frozen=True)
class Source:
    """Of one kind of thing: `find` is asked for at most `SHOWN` by a text that is not empty."""

    place: int
    needs: str
    find: Callable[[Asked, str], list[Hit]]


@dataclass(frozen=True)
class Command:
    """The beginning of an act: a page of a shop."""

    place: int
    label: str
    icon: str
    page: str
    needs: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    things: list[Hit] = field(default_factory=list)
    acts: list[Hit] = field(default_factory=list)
    pages: list[Hit] = field(default_factory=list)

    @property
    def exact(self) -> Hit | None:
        """The one thing that the text names, if it is one."""
        named = [hit for hit in self.things if hit.is_exact]
        return named[0] if len(named) == 1 else None


_sources: list[Source] = []
_commands: list[Command] = []


def add(*found: Source | Command) -> None:
    """An app does so in its `ready`."""
    for each in found:
        known = _sources if isinstance(each, Source) else _commands
        if each not in known:
            known.append(each)


def commands(asked: Asked) -> list[Command]:
    """The acts that somebody may begin."""
    return sorted((each for each in _commands if asked.actor.can(each.needs)), key=lambda each: each.place)


def find(asked: Asked, text: str) -> Found:
    """By a text as people type or paste it; without one, all acts and pages."""
    text = " ".join(text.split())
    slug = asked.merchant.slug
    sources = sorted((each for each in _sources if asked.actor.can(each.needs)), key=lambda each: each.place)
    things = [hit for source in sources for hit in source.find(asked, text)] if text else []
    acts = [each for each in commands(asked) if is_called(each, text)]
    pages = [each for each in seen(asked.actor) if is_called(each, text)]
    return Found(
        sorted(things, key=lambda hit: not hit.is_exact),
        [Hit(str(each.label), reverse(each.page, args=[slug, *each.args]), each.icon) for each in acts],
        [Hit(str(each.label), reverse(each.page, args=[slug]), each.icon, key=each.key) for each in pages],
    )


def is_called(thing: Entry | Command, text: str) -> bool:
    """Whether a text is part of its name in any language: people know pages by both."""
    wanted = text.casefold()
    return not wanted or any(wanted in name for name in _names(thing.label))


def _names(label) -> list[str]:
    names = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.append(str(label).casefold())
    return names


def pasted(text: str) -> Sequence[str]:
    """The numbers in a text that is nothing but several of them, without repeats; else nothing."""
    for mark in ",;，；、":
        text = text.replace(mark, " ")
    parts = list(dict.fromkeys(text.split()))
    are_numbers = all(len(part) >= 4 and any(map(str.isdigit, part)) and len(part) <= 60 for part in parts)
    return parts if len(parts) > 1 and are_numbers else []
