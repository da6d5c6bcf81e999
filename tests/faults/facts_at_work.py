"""Programs that record, deliver and seal facts, each as a process that may be killed at any moment.

    python -m tests.faults.facts_at_work record HISTORY SHOP PREFIX COUNT [WRITERS]
    python -m tests.faults.facts_at_work deliver KILLS SEED [apart]
    python -m tests.faults.facts_at_work seal

Writers go on when the database falls: what it did of the act in hand nobody knows then.

`apart` plants the fault that the test has to notice: the receipt is committed after the effect instead of with it.
"""

import json
import os
import random
import signal
import sys
import time
import uuid
from datetime import timedelta

import django

django.setup()

from django.db import InterfaceError, OperationalError, connection, transaction  # noqa: E402  the models below are not there any sooner

from catalog.events import ProductMoved  # noqa: E402
from config.kernel import clock, events, scope, wake  # noqa: E402
from config.kernel.actors import machine  # noqa: E402
from merchants.accounts.models import Merchant  # noqa: E402
from merchants.activity.services import outbox, seals  # noqa: E402
from merchants.onboarding.models import Shop  # noqa: E402

HURRY = 600  # a minute of waiting between two tries takes a tenth of a second
WORKERS = 2


@events.on(ProductMoved)
def open_shops(facts, *, now):
    """The effect: one shop for each fact, of a name that would not keep a second one out."""
    for fact in facts:
        Shop.objects.create(name=f"{fact.product_id} {uuid.uuid4()}", country="DE", opened_at=now)


class TakenBack(Exception):
    pass


def record(history: str, shop: str, prefix: str, count: str, writers: str = "1") -> None:
    """Record facts with keys of their own, and write down what was told of each; every tenth act is taken back."""
    values = {"name": "Acme", "currency": "EUR", "timezone": "UTC", "joined_at": clock.now()}
    merchant, _ = Merchant.objects.get_or_create(slug=shop, defaults=values)
    connection.close()
    for number in range(1, int(writers)):
        if not os.fork():
            return write(history, merchant, f"{prefix}-{number}", int(count))
    write(history, merchant, prefix, int(count))
    for _child in range(1, int(writers)):
        os.wait()


def write(history: str, merchant: Merchant, prefix: str, count: int) -> None:
    with open(history, "a", buffering=1) as lines, scope.acting_for(merchant):
        for number in range(count):
            key = f"{prefix}-{number}"
            lines.write(json.dumps({"key": key, "outcome": "sent"}) + "\n")
            try:
                act(key, is_taken_back=number % 10 == 9)
                outcome = "acked"
            except TakenBack:
                outcome = "failed"
            except (OperationalError, InterfaceError):
                connection.close()
                outcome = "unknown"
                time.sleep(0.1)
            lines.write(json.dumps({"key": key, "outcome": outcome}) + "\n")


@transaction.atomic
def act(key: str, *, is_taken_back: bool) -> None:
    events.record(ProductMoved(product_id=key, before="draft", after="ready"), by=machine("system"), now=clock.now())
    if is_taken_back:
        raise TakenBack


def deliver(kills: str, seed: str, fault: str = "") -> None:
    """Keep some workers busy and kill one of them every now and then, until somebody ends all this."""
    chance, began = random.Random(int(seed)), time.monotonic()
    if fault == "apart":
        outbox._deliver = deliver_apart
    workers = [hire(began) for _ in range(WORKERS)]
    for _ in range(int(kills)):
        time.sleep(chance.uniform(0.05, 0.25))
        victim = chance.randrange(WORKERS)
        os.kill(workers[victim], signal.SIGKILL)
        os.waitpid(workers[victim], 0)
        workers[victim] = hire(began)
    signal.pause()


def hire(began: float) -> int:
    if worker := os.fork():
        return worker
    while True:
        hurried = clock.now() + timedelta(seconds=(time.monotonic() - began) * HURRY)
        outbox.deliver_due(now=hurried) or time.sleep(0.01)


def seal() -> None:
    """Seal what is over, again and again, until somebody ends it."""
    while True:
        try:
            seals.seal_finished(now=clock.now())
        except (OperationalError, InterfaceError):
            connection.close()
        time.sleep(0.02)


def deliver_apart(claimed, *, now) -> None:
    with scope.acting_for(claimed.merchant):
        outbox._react(claimed, now=now)
        time.sleep(0.01)
        claimed.done_at = now
        claimed.save(update_fields=["done_at"])


if __name__ == "__main__":
    wake._send = lambda *message: None  # these workers look by themselves
    {"record": record, "deliver": deliver, "seal": seal}[sys.argv[1]](*sys.argv[2:])
