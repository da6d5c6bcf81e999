"""What inventory does again and again."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as __

from config.kernel.duties import duty
from inventory.services import alerts, reservations

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@duty(
    "inventory.expire_reservations",
    label=__("Free what was not paid in time"),
    every=30 * SECOND,
    least=5 * SECOND,
    most=HOUR,
)
def expire_reservations(*, now: datetime) -> None:
    reservations.expire(now=now)


@duty(
    "inventory.judge_alert_lines",
    label=__("Tell who must know that stock is low"),
    every=MINUTE,
    least=10 * SECOND,
    most=HOUR,
)
def judge_alert_lines(*, now: datetime) -> None:
    alerts.judge_all(now=now)
