"""Reads of what happened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from config.kernel import sentences, subjects
from config.kernel.actors import Actor
from config.kernel.subjects import Subject
from merchants.accounts.selectors import names_of
from merchants.activity.models import DomainEvent

SHOWN = 200
AT_ONCE = 2_000  # facts whose people are looked up together


@dataclass(frozen=True)
class Entry:
    """A fact in words, as `components/timeline.html` shows it; `name` is what filters know it by."""

    at: datetime
    who: str
    text: str
    icon: str
    tone: str
    name: str
    subject: Subject | None = None


def timeline(*about: str) -> list[Entry]:
    """The newest facts about some things, the last one first."""
    return told(list(DomainEvent.objects.filter(about__in=about).order_by("-occurred_at", "-pk")[:SHOWN]))


def facts() -> QuerySet[DomainEvent]:
    return DomainEvent.objects.all()


def fact_table(rows: QuerySet[DomainEvent]) -> Iterator[list[str]]:
    """Facts as rows of a file, under headings, read as they are asked for; moments are in the zone of the page."""
    yield [_("When"), _("Who"), _("What"), _("Name of what happened"), _("What it is about")]
    stream = rows.iterator(chunk_size=AT_ONCE)
    while facts := list(islice(stream, AT_ONCE)):
        for fact, entry in zip(facts, told(facts), strict=True):
            at = timezone.localtime(entry.at).isoformat(" ", "seconds")
            yield [at, entry.who, entry.text, entry.name, fact.about]


def told(facts: list[DomainEvent]) -> list[Entry]:
    """Facts in words. They keep people by number only; names are looked up for whoever reads."""
    names = names_of({fact.actor for fact in facts} | {_person(fact) for fact in facts})
    return [_entry(fact, names) for fact in facts]


def told_with_subjects(facts: list[DomainEvent], *, actor: Actor) -> list[Entry]:
    """The same with what each fact is about, as far as the person may see it."""
    known = subjects.named({fact.about for fact in facts}, actor=actor)
    return [replace(entry, subject=known.get(fact.about)) for fact, entry in zip(facts, told(facts), strict=True)]


def _person(fact: DomainEvent) -> str:
    return f"user:{fact.payload['user_id']}" if "user_id" in fact.payload else ""


def _entry(fact: DomainEvent, names: dict[str, str]) -> Entry:
    sentence = sentences.of(fact.name)
    person = _person(fact)
    text = sentence.tell(fact.payload | {"person": names.get(person, person)})
    return Entry(fact.occurred_at, names.get(fact.actor, fact.actor), text, sentence.icon, sentence.tone, fact.name)
