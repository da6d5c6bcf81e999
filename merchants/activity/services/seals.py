"""Seal what was recorded, so that a later change of it shows; recompute the chain to see whether it holds."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast

from config.kernel import scope
from config.kernel.transactions import oldest_running, one_at_a_time
from merchants.activity import rules
from merchants.activity.models import DomainEvent, Seal
from merchants.activity.states import SealFault

# what of a fact is sealed: all of it
SEALED = [
    "pk", "transaction", "merchant_id", "batch", "name", "about", "payload_text", "actor", "occurred_at", "recorded_at",
]  # fmt: skip
VOUCHED = ["number", "since", "until", "first_id", "last_id", "count", "contents", "facts", "previous", "sealed_at"]


class TransactionsStartedOver(RuntimeError):
    """Sealed transactions lie in this server's future: it was restored without `pg_resetwal --epoch`."""


@dataclass(frozen=True)
class Verdict:
    """What became of recomputing the chain: the last seal, the first that does not hold, the facts after the last."""

    head: Seal | None
    broken: Seal | None
    fault: SealFault | None
    unsealed: int


@scope.platform_sweep(because="one chain of seals covers the history of all merchants")
@transaction.atomic
def seal_finished(*, now: datetime) -> Seal | None:
    """Add a seal over all that was finished since the last one; None where there is nothing new.

    Raises TransactionsStartedOver.
    """
    one_at_a_time("seal")
    last = Seal.objects.order_by("-number").first()
    since = last.until if last else 0
    until = oldest_running()  # what a running transaction wrote has a number from here up: it waits for a later seal
    if until < since:
        raise TransactionsStartedOver(f"sealed up to {since}, but now at {until}")
    stretch = rules.measured(_rows(since=since, until=until), key=settings.SEAL_KEY)
    if not stretch.count:
        return None
    number, previous = (last.number + 1, last.fingerprint) if last else (1, "")
    seal = Seal(number=number, since=since, until=until, previous=previous, sealed_at=now, **asdict(stretch))
    seal.fingerprint = _fingerprint(seal)
    seal.save(force_insert=True)
    return seal


@scope.platform_sweep(because="one chain of seals covers the history of all merchants")
@transaction.atomic
def verify() -> Verdict:
    """Recompute the chain from its beginning, in one reading of all facts."""
    head = Seal.objects.order_by("-number").first()
    unsealed = DomainEvent.objects.filter(transaction__gte=head.until if head else 0).count()
    facts = _Peeking(_rows(since=0, until=head.until if head else 0))
    last = None
    for seal in Seal.objects.order_by("number").iterator():
        if fault := _fault(seal, last, facts):
            return Verdict(head, seal, fault, unsealed)
        last = seal
    return Verdict(head, None, None, unsealed)


def _fault(seal: Seal, last: Seal | None, facts: "_Peeking") -> SealFault | None:
    follows = (last.number + 1, last.until, last.fingerprint) if last else (1, 0, "")
    if (seal.number, seal.since, seal.previous) != follows:
        return SealFault.CHAIN
    if seal.fingerprint != _fingerprint(seal):
        return SealFault.SEAL
    found = rules.measured(facts.before(seal.until), key=settings.SEAL_KEY)
    if found.count != seal.count:
        return SealFault.MISSING if found.count < seal.count else SealFault.ADDED
    if found.facts != seal.facts:
        return SealFault.ORDER if found.contents == seal.contents else SealFault.CHANGED
    return None


def _rows(*, since: int, until: int) -> Iterator[tuple]:
    """The facts of the transactions [since, until), streamed in the order in which they are sealed."""
    facts = DomainEvent.objects.filter(transaction__gte=since, transaction__lt=until)
    # as PostgreSQL writes it, which is the same every time; reading it as JSON would only cost time
    facts = facts.annotate(payload_text=Cast("payload", models.TextField()))
    return facts.order_by("transaction", "pk").values_list(*SEALED).iterator()


def _fingerprint(seal: Seal) -> str:
    return rules.fingerprint(key=settings.SEAL_KEY, seal={name: getattr(seal, name) for name in VOUCHED})


class _Peeking:
    """A stream of facts that is cut at transactions without losing the fact behind the cut."""

    def __init__(self, rows: Iterable[tuple]):
        self.rows, self.next = iter(rows), None

    def before(self, until: int) -> Iterator[tuple]:
        while (row := self.next or next(self.rows, None)) is not None:
            self.next = row
            if row[1] >= until:
                return
            self.next = None
            yield row
