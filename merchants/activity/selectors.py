"""Reads of what happened."""

from django.db.models import QuerySet

from merchants.accounts.selectors import names_of
from merchants.activity.models import DomainEvent

SHOWN = 200


def timeline(*about: str) -> list[DomainEvent]:
    """The newest facts about some things, each with its actor's `who`."""
    return told(list(DomainEvent.objects.filter(about__in=about).order_by("-occurred_at", "-pk")[:SHOWN]))


def facts() -> QuerySet[DomainEvent]:
    return DomainEvent.objects.all()


def told(facts: list[DomainEvent]) -> list[DomainEvent]:
    """The same facts, each with who did it and what it was in words."""
    names = names_of({fact.actor for fact in facts})
    for fact in facts:
        fact.who = names.get(fact.actor, fact.actor)
        fact.text = fact.name
    return facts
