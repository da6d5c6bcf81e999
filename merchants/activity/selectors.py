"""Reads of what happened."""

from merchants.accounts.selectors import names_of
from merchants.activity.models import DomainEvent

SHOWN = 200


def timeline(*about: str) -> list[DomainEvent]:
    """The newest facts about some things, each with its actor's `who`."""
    facts = list(DomainEvent.objects.filter(about__in=about).order_by("-occurred_at", "-pk")[:SHOWN])
    names = names_of({fact.actor for fact in facts})
    for fact in facts:
        fact.who = names.get(fact.actor, fact.actor)
    return facts
