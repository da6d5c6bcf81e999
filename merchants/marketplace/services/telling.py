"""Facts about what the operator offers are the operator's own."""

from datetime import datetime

from config.kernel import events, scope
from config.kernel.actors import Actor
from config.kernel.events import Event
from merchants.accounts.services import merchants


def tell(fact: Event, *, by: Actor, now: datetime) -> None:
    with scope.acting_for(merchants.platform(now=now)):
        events.record(fact, by=by, now=now)
