"""How a fact reads on a timeline: each app words its own, in its `sentences.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Choices
from django.utils.translation import pgettext

from config.kernel.events import Event

Payload = Mapping[str, object]


@dataclass(frozen=True)
class Sentence:
    """`text` may name fields of the fact, as in `%(sku)s`; a function of the payload says what takes more than that."""

    text: str | Callable[[Payload], str]
    icon: str = "dot"
    tone: str = ""

    def tell(self, payload: Payload) -> str:
        known = _Known(payload)
        return self.text(known) if callable(self.text) else str(self.text) % known


class _Known(dict):
    """A payload; a fact that is older than one of its fields tells the rest."""

    def __missing__(self, name):
        return "—"


_sentences: dict[str, Sentence] = {}


def add(sentences: Mapping[type[Event], Sentence]) -> None:
    """Word an app's facts; an app does so in its `ready`."""
    _sentences.update({event.name: sentence for event, sentence in sentences.items()})


def of(name: str) -> Sentence:
    """A fact that nobody has words for is shown by its name."""
    return _sentences.get(name) or Sentence(name.replace("%", "%%"))


def listed(names: Iterable[object]) -> str:
    """Names one after the other, in the punctuation of the language."""
    return pgettext("between the names of a list", ", ").join(str(name) for name in names)


def label(choices: type[Choices], value: object) -> str:
    """What people call a code; one that is no longer known stays as it is."""
    return str(dict(choices.choices).get(value, value))
