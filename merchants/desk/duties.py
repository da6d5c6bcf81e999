"""What the desk does again and again."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext_lazy as __

from config.kernel.duties import duty
from merchants.desk.services import changes, duties, file_imports, files, jobs, notifications, running

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@duty("desk.wake_workers", label=__("Take up jobs that wait"), every=10 * SECOND, least=5 * SECOND, most=5 * MINUTE)
def wake_workers(*, now: datetime) -> None:
    running.wake_workers()


@duty("desk.expire_jobs", label=__("Forget old jobs and their files"), every=HOUR, least=10 * MINUTE, most=7 * DAY)
def expire_jobs(*, now: datetime) -> None:
    jobs.expire(now=now)
    duties.forget_runs(now=now)


@duty("desk.clear_sessions", label=__("Remove ended sessions"), every=DAY, least=HOUR, most=30 * DAY)
def clear_sessions(*, now: datetime) -> None:
    SessionStore.clear_expired()


@duty("desk.remove_half_files", label=__("Remove half-written files"), every=DAY, least=HOUR, most=30 * DAY)
def remove_half_files(*, now: datetime) -> None:
    files.remove_half_written(now=now)
    files.remove_forgotten(now=now)


@duty("desk.send_mails", label=__("Send waiting e-mails"), every=MINUTE, least=10 * SECOND, most=HOUR)
def send_mails(*, now: datetime) -> None:
    notifications.wake_for_mails()


@duty("desk.forget_imports", label=__("Forget what old imports kept"), every=HOUR, least=10 * MINUTE, most=7 * DAY)
def forget_imports(*, now: datetime) -> None:
    file_imports.forget(now=now)


@duty("desk.forget_changes", label=__("Forget old changes of many rows"), every=HOUR, least=10 * MINUTE, most=7 * DAY)
def forget_changes(*, now: datetime) -> None:
    changes.forget(now=now)
