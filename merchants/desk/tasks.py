"""What workers are woken for."""

from celery import shared_task

from config.kernel import clock
from merchants.desk.services import duties, notifications, running


@shared_task(name="merchants.desk.tasks.run_waiting_jobs")
def run_waiting_jobs(*, queue: str, **_):
    running.work(queue, clock=clock.now)


@shared_task(name="merchants.desk.tasks.tick")
def tick(**_):
    duties.tick(now=clock.now())


@shared_task(name="merchants.desk.tasks.perform_duty")
def perform_duty(*, key: str, **_):
    duties.perform(key, now=clock.now())


@shared_task(name="merchants.desk.tasks.send_mails")
def send_mails(**_):
    notifications.send_mails()
