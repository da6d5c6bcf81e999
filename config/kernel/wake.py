"""Messages that wake a worker after commit. They carry no truth: what is to be done stands in the database."""

import logging
from functools import partial

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
FRESH = 60  # seconds; an older message is dropped, a sweep has sent another


def after_commit(task: str, *, to: str = "celery", **arguments) -> None:
    """Send a task by its name to a queue once this transaction has committed. That it arrives is not promised."""
    transaction.on_commit(partial(_send, task, to, arguments))


def once_after_commit(task: str) -> None:
    """The same for many acts of one transaction that ask for it, each on its own: a single worker is enough."""
    message = (task, "celery", {})
    if all(getattr(act, "args", None) != message for _, act, _ in connection.run_on_commit):
        transaction.on_commit(partial(_send, *message))


def _send(task: str, to: str, arguments: dict) -> None:
    try:
        current_app.send_task(task, kwargs=arguments, queue=to, expires=FRESH, retry=False)
    except OperationalError as fault:  # no broker: the sweep wakes the worker when there is one again
        log.warning("nobody was woken for %s: %s", task, type(fault.__cause__ or fault).__name__)
