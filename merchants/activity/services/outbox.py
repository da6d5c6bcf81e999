"""Bring recorded facts to those who react to them; what a reaction does happens once (docs/decisions/0007)."""

import logging
import time
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from config.kernel import events, scope, wake
from config.kernel.actors import Actor, machine
from config.kernel.events import Event, subscribers
from config.kernel.masking import told
from merchants.accounts.services import merchants
from merchants.activity import rules
from merchants.activity.errors import NotParked
from merchants.activity.events import DeliveryParked, DeliveryRetried
from merchants.activity.models import DomainEvent, EventDelivery
from merchants.activity.services.facts import DELIVER

log = logging.getLogger(__name__)

SPELL = 30  # seconds; then a worker is free for other work, and takes a fresh look at the clock
NO_WORD = "No word of the last try: its worker was killed, or lost the database."
STATE = ["due_at", "attempts", "error", "done_at", "gave_up_at"]


class NobodyReacts(LookupError):
    """The subscriber that a delivery is for is no longer there, or has another name."""


@scope.platform_sweep(because="the outbox serves all merchants")
def deliver_due(*, now: datetime) -> int:
    """Try what is due, one batch after another, for half a minute at most; say how many tries were made."""
    tries, end = 0, time.monotonic() + SPELL
    while time.monotonic() < end and (claimed := _claim(now=now)):
        if claimed.gave_up_at is None:
            _deliver(claimed, now=now)
        tries += 1
    return tries


@transaction.atomic
def retry(*, delivery: EventDelivery, by: Actor, now: datetime) -> EventDelivery:
    """Give a parked delivery all its tries again. Raises NotParked."""
    with scope.acting_for(delivery.merchant):
        delivery = EventDelivery.objects.select_related("merchant").locked().get(pk=delivery.pk)
        if delivery.gave_up_at is None:
            raise NotParked(_("This was not given up: it waits for its turn, or is done."))
        delivery.gave_up_at, delivery.attempts, delivery.due_at = None, 0, now
        delivery.save(update_fields=STATE)
    _tell(DeliveryRetried, delivery, by=by, now=now)
    wake.once_after_commit(DELIVER)
    return delivery


@transaction.atomic
def _claim(*, now: datetime) -> EventDelivery | None:
    """Count a try before it begins, as if it had failed: so does one count that kills its worker."""
    due = EventDelivery.objects.due(now).claimed().select_related("merchant")
    delivery = due.order_by("due_at", "pk").first()
    if delivery is None:
        return None
    with scope.acting_for(delivery.merchant):
        if delivery.attempts >= rules.TRIES:
            _park(delivery, now=now)
        else:
            delivery.attempts += 1
            delivery.due_at, delivery.error = now + rules.wait(delivery.attempts), NO_WORD
        delivery.save(update_fields=STATE)
    return delivery


@transaction.atomic
def _deliver(claimed: EventDelivery, *, now: datetime) -> None:
    """React under the lock of the row: whoever else finds it due meanwhile passes it by, and whoever comes later sees
    the receipt, which commits with the effect or not at all.
    """
    with scope.acting_for(claimed.merchant):
        still = EventDelivery.objects.filter(pk=claimed.pk, attempts=claimed.attempts, done_at=None, gave_up_at=None)
        # not skipping what is locked: another's claim that was a moment too late holds the row until it has found so
        delivery = still.select_related("merchant").locked().first()
        if delivery is None:  # this process was held up for so long that another took over
            return
        try:
            _react(delivery, now=now)
        except Exception as error:
            log.exception("delivery %s to %s failed", delivery.pk, delivery.subscriber)
            delivery.error = told(error)
            if delivery.attempts >= rules.TRIES:
                _park(delivery, now=now)
        else:
            delivery.done_at, delivery.error = now, ""
        delivery.save(update_fields=STATE)


@transaction.atomic  # a savepoint: what a failing reaction did is undone, what it died of is kept
def _react(delivery: EventDelivery, *, now: datetime) -> None:
    try:
        react = subscribers(delivery.name)[delivery.subscriber]
    except KeyError:
        raise NobodyReacts(delivery.subscriber) from None
    rows = DomainEvent.objects.filter(batch=delivery.batch).order_by("pk").values_list("name", "payload")
    react([Event.load(name, payload) for name, payload in rows], now=now)
    # deferred keys would speak up only at COMMIT, outside the savepoint, and take along what is kept of the failure
    connection.check_constraints()


def _park(delivery: EventDelivery, *, now: datetime) -> None:
    delivery.gave_up_at = now
    log.error("delivery %s to %s was given up", delivery.pk, delivery.subscriber)
    if delivery.name != DeliveryParked.name:  # or whoever fails at these would bring forth more of them for ever
        _tell(DeliveryParked, delivery, by=machine("system"), now=now, attempts=delivery.attempts)


def _tell(fact: type[Event], delivery: EventDelivery, *, by: Actor, now: datetime, **more) -> None:
    """In the platform's own scope: it answers for its plumbing, not the shop whose facts were in it."""
    told_of = {"delivery_id": delivery.pk, "merchant_id": delivery.merchant_id, "fact": delivery.name}
    with scope.acting_for(merchants.platform(now=now)):
        events.record(fact(**told_of, subscriber=delivery.subscriber, **more), by=by, now=now)
