"""The keys that pages listen to, as they are told to people; what handles them stands in `static/js`."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel import navigation


@dataclass(frozen=True)
class Key:
    """`keys` are pressed together, or one after another; `listens` is what the script listens to, empty where the
    browser or the page's own form does.
    """

    keys: tuple[str, ...]
    does: str
    listens: str = ""


EVERYWHERE = [
    Key(("Ctrl", "K"), __("search, or begin an act")),
    Key(("/",), __("search what is shown, or everything"), "/"),
    Key(("?",), __("show these keys"), "?"),
    Key(("Z",), __("take back what was just done"), "z"),
    Key(("Ctrl", "S"), __("save the form")),
    Key(("Esc",), __("close what is open")),
]
LISTS = [
    Key(("J",), __("to the next one"), "j"),
    Key(("K",), __("to the one before"), "k"),
    Key(("Enter",), __("open it"), "Enter"),
]
INDEX = [
    Key(("Space",), __("look at it without leaving the list"), " "),
    Key(("X",), __("choose it, or not"), "x"),
    Key(("Shift", "↓"), __("choose it and the next one"), "ArrowDown"),
    Key(("Shift", "↑"), __("choose it and the one before"), "ArrowUp"),
    Key(("F",), __("search the list"), "f"),
]
HOME = [
    Key(("E",), __("do the main thing with it"), "e"),
    Key(("A",), __("take it on"), "a"),
]


def groups(actor) -> list[tuple[str, list[Key]]]:
    """With the ways to pages that somebody may open."""
    ways = [
        Key(("G", entry.key.upper()), str(entry.label), f"g {entry.key}")
        for entry in navigation.seen(actor)
        if entry.key
    ]
    return [
        (_("Everywhere"), EVERYWHERE), (_("In lists and on Home"), LISTS), (_("In lists"), INDEX), (_("On Home"), HOME),
        (_("Go to"), ways),
    ]  # fmt: skip
