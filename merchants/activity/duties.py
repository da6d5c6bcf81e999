"""What activity does again and again: it wakes a worker, for each delivery, seal and portion commits on its own."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as __

from config.kernel import wake
from config.kernel.duties import duty
from merchants.activity.services import answers
from merchants.activity.services.facts import DELIVER
from merchants.activity.services.retention import FORGET

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@duty("activity.deliver", label=__("Deliver facts"), every=5 * SECOND, least=SECOND, most=5 * MINUTE)
def deliver(*, now: datetime) -> None:
    wake.after_commit(DELIVER)


@duty("activity.seal", label=__("Seal facts"), every=5 * SECOND, least=SECOND, most=5 * MINUTE)
def seal(*, now: datetime) -> None:
    wake.after_commit("merchants.activity.tasks.seal")


@duty(
    "activity.forget_answers", label=__("Forget old answers of the API"), every=HOUR, least=5 * MINUTE, most=24 * HOUR
)
def forget_answers(*, now: datetime) -> None:
    answers.forget(now=now)


@duty(
    "activity.forget_deliveries", label=__("Forget deliveries of facts that were done long ago"), every=DAY, least=HOUR,
    most=30 * DAY,
)  # fmt: skip
def forget_deliveries(*, now: datetime) -> None:
    wake.after_commit(FORGET)
