"""The entries of the side bar, which each app adds for its own lists."""

from dataclasses import dataclass, field

from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """A link to a list; `place` orders the side bar, `on_phone` puts it on the tab bar of a phone, `key` is the one
    that leads there after G.
    """

    place: int
    label: str
    icon: str
    page: str
    needs: str
    on_phone: bool = False
    covers: tuple[str, ...] = field(default=())
    key: str = ""


_entries: set[Entry] = set()


def add(*entries: Entry) -> None:
    _entries.update(entries)


def seen(actor) -> list[Entry]:
    """What somebody may open, in the order of the side bar."""
    return sorted((entry for entry in _entries if actor.can(entry.needs)), key=lambda entry: entry.place)


def links(request) -> list[dict]:
    """What the acting person may open in this shop."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {
            "label": entry.label, "icon": entry.icon, "on_phone": entry.on_phone, "key": entry.key,
            "url": reverse(entry.page, args=[request.merchant.slug]),
            "current": here == entry.page or here.startswith(entry.covers) if entry.covers else here == entry.page,
            "children": [],
        }
        for entry in seen(request.actor)
    ]  # fmt: skip
