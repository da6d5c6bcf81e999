"""Wake a worker when facts were recorded that somebody reacts to."""

from celery import current_app
from django.db import connection, transaction

DELIVER = "merchants.activity.tasks.deliver"
EXPIRES = 30  # seconds; a sweep comes more often, so what waited longer in the broker has nothing left to do


def after_commit() -> None:
    """Once per transaction. What waits is in the database: a broker that is away makes it late, and loses nothing."""
    if all(act is not _wake for _, act, _ in connection.run_on_commit):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    current_app.send_task(DELIVER, expires=EXPIRES, retry=False, ignore_result=True)
