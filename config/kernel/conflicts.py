"""Two people change one thing: the form of the second shows both values and lets them choose."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField

THEIRS = "theirs"


@dataclass(frozen=True)
class Conflict:
    """A field that both have changed: what stands now, and what this person wrote."""

    name: str
    label: str
    theirs: str
    mine: str


class Versioned(forms.Form):
    """Carries the version that the person saw, and in hidden fields what it said: so it can tell who changed what."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    watched: tuple[str, ...] = ()

    def __init__(self, data=None, files=None, **more):
        if data is not None:
            data = data.copy()
            for name in self.watched:
                if data.get(f"choice-{name}") == THEIRS:
                    data[name] = data.get(f"initial-{name}", "")
        super().__init__(data, files, **more)
        self.conflicts: list[Conflict] = []
        for name in self.watched:
            self.fields[name].show_hidden_initial = True

    def rebased(self, current: Mapping[str, object]) -> tuple[dict, list[Conflict]]:
        """What to show when the thing stands otherwise now: the data of a form on top of it, and what both have
        changed. What only others have changed is theirs.
        """
        data, found = self.data.copy(), []
        data["version"] = str(current["version"])
        for name in self.watched:
            bound, now = self[name], _sent(self[name], current[name])
            data[f"initial-{name}"] = now
            if name not in self.changed_data:
                data[name] = now
            elif _sent(bound, bound.value()) != now and _sent(bound, self._seen(name)) != now:
                mine = str(self.cleaned_data[name])
                found.append(Conflict(name, str(bound.label), str(current[name]), mine))
        return data, found

    def _seen(self, name: str) -> str:
        return self.data.get(f"initial-{name}", "")


def _sent(bound: BoundField, value: object) -> str:
    """A value as a form sends it."""
    prepared = bound.field.prepare_value(value)
    return "" if prepared is None else str(prepared).replace("\r\n", "\n")
