"""What the scheduler asks for every few seconds, and a worker is woken for."""

from celery import shared_task

from config.kernel import clock
from merchants.activity.services import outbox, retention, seals


@shared_task
def deliver(**_):
    outbox.deliver_due(now=clock.now())


@shared_task
def seal(**_):
    seals.seal_finished(now=clock.now())


@shared_task
def forget_deliveries(**_):
    retention.forget_done(now=clock.now())
