"""Facts and their subscribers, against the way that most Django projects take: a row for each, a task for each."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection, connections, models, transaction

from catalog.events import ProductMoved
from config.kernel import clock, events, scope
from config.kernel.actors import machine
from merchants.accounts.models import Merchant
from merchants.activity.models import DomainEvent, EventDelivery
from merchants.activity.services import outbox

BY = machine("system")
ACT = 1_000  # facts of one transaction, on both sides: as when the rows of a file are taken in
SUBSCRIBERS = ("tell_the_shop", "count_the_move")


def acts(units: int) -> Iterator[range]:
    """The numbers of the facts of each transaction."""
    return (range(first, min(first + ACT, units)) for first in range(0, units, ACT))


class Told(models.Model):
    """The effect of both subscribers on both sides: a row for each fact."""

    subscriber = models.CharField(max_length=40)
    product = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "benchmarks"


# ---------------------------------------------------------------- the peer: a model, a transaction, on_commit, a task
class Event(models.Model):
    name = models.CharField(max_length=100)
    about = models.CharField(max_length=120, db_index=True)
    payload = models.JSONField()
    actor = models.CharField(max_length=100)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "benchmarks"


class Handled(models.Model):
    """So that a task which is delivered twice has its effect once."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    handler = models.CharField(max_length=40)

    class Meta:
        app_label = "benchmarks"
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="benchmark_handled_once")]


def announce(name: str, *, product_id: str, payload: dict, actor: str) -> Event:
    event = Event.objects.create(
        name=name, about=f"product:{product_id}", payload=payload, actor=actor, created_at=clock.now()
    )
    for handler in SUBSCRIBERS:
        transaction.on_commit(partial(handle, event_id=event.pk, handler=handler))  # task.delay(…) in real life
    return event


def handle(*, event_id: int, handler: str) -> None:
    """The body of the task, as its worker runs it."""
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        _, is_new = Handled.objects.get_or_create(event=event, handler=handler)
        if is_new:
            Told.objects.create(subscriber=handler, product=event.payload["product_id"], at=clock.now())


# ---------------------------------------------------------------- ours: what an app's subscribers.py would hold
def tell(facts: list[ProductMoved], *, now, subscriber: str) -> None:
    Told.objects.bulk_create(Told(subscriber=subscriber, product=fact.product_id, at=now) for fact in facts)


@contextmanager
def subscribed() -> Iterator[None]:
    """These two and nobody else."""
    before, handlers = dict(events._subscribers), {name: partial(tell, subscriber=name) for name in SUBSCRIBERS}
    events._subscribers.clear()
    events._subscribers[ProductMoved.name] = handlers
    try:
        yield
    finally:
        events._subscribers.clear()
        events._subscribers.update(before)


class Facts:
    measures = "facts: 100,000 facts, recorded by the thousand and delivered to two subscribers"
    peer = (
        "Event.objects.create() for each in the same transactions, then a handler for each and subscriber, called"
        " after commit; no walls, no retries, and its messages to workers cost nothing here"
    )
    units, size, peer_size, goal = "facts", 100_000, 4_000, 20

    def prepare(self) -> None:
        with connections["owner"].schema_editor() as editor:
            for model in (Told, Event, Handled):
                editor.create_model(model)
        with connections["owner"].cursor() as cursor:
            for model in (Told, Event, Handled):
                cursor.execute(f"GRANT ALL ON {model._meta.db_table} TO zhanggui_app")
        values = {"name": "Acme", "currency": "EUR", "timezone": "UTC", "joined_at": clock.now()}
        self.merchant, _ = Merchant.objects.get_or_create(slug="acme", defaults=values)

    def clear(self, units: int) -> None:
        tables = [model._meta.db_table for model in (Told, Handled, Event, DomainEvent, EventDelivery)]
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")

    def ours(self, units: int) -> None:
        with subscribed():
            for numbers in acts(units):
                with scope.acting_for(self.merchant), transaction.atomic():
                    facts = [ProductMoved(product_id=str(each), before="draft", after="ready") for each in numbers]
                    events.record_many(facts, by=BY, now=clock.now())
            while outbox.deliver_due(now=clock.now()):
                pass

    def theirs(self, units: int) -> None:
        for numbers in acts(units):
            with transaction.atomic():
                for each in numbers:
                    payload = {"product_id": str(each), "before": "draft", "after": "ready"}
                    announce(ProductMoved.name, product_id=str(each), payload=payload, actor=BY.label)

    def check(self, units: int) -> None:
        with connection.cursor() as cursor:
            table = Told._meta.db_table
            cursor.execute(f"SELECT subscriber, count(DISTINCT product), count(*) FROM {table} GROUP BY subscriber")
            assert sorted(cursor.fetchall()) == [(name, units, units) for name in sorted(SUBSCRIBERS)]


BENCHMARK = Facts()
