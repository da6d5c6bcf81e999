"""Reads of what happened."""

from dataclasses import dataclass
from datetime import datetime

from config.kernel import sentences
from merchants.accounts.selectors import names_of
from merchants.activity.models import DomainEvent

SHOWN = 200


@dataclass(frozen=True)
class Entry:
    """A fact in words, as `components/timeline.html` shows it."""

    at: datetime
    who: str
    text: str
    icon: str
    tone: str


def timeline(*about: str) -> list[Entry]:
    """The newest facts about some things, the last one first."""
    facts = list(DomainEvent.objects.filter(about__in=about).order_by("-occurred_at", "-pk")[:SHOWN])
    names = names_of({fact.actor for fact in facts})
    return [_entry(fact, who=names.get(fact.actor, fact.actor)) for fact in facts]


def _entry(fact: DomainEvent, *, who: str) -> Entry:
    sentence = sentences.of(fact.name)
    return Entry(fact.occurred_at, who, sentence.tell(fact.payload), sentence.icon, sentence.tone)
