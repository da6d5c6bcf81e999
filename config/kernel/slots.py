"""Places on a page of a lower app that apps above it fill."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string


@dataclass(frozen=True)
class Panel:
    """What fills a slot: a template, what it shows, who may see it."""

    template: str
    context: Callable[..., dict]
    needs: str


_panels: dict[str, list[Panel]] = defaultdict(list)


def fill(slot: str, panel: Panel) -> None:
    """Add a panel to a slot, in the order of the apps; an app does so in its `ready`."""
    if panel not in _panels[slot]:
        _panels[slot].append(panel)


def render(slot: str, *, request, **subject) -> list[str]:
    """The panels that the person may see, as HTML."""
    return [
        render_to_string(panel.template, panel.context(request=request, **subject), request=request)
        for panel in _panels[slot]
        if request.actor.can(panel.needs)
    ]
