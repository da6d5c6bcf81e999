"""What activity does again and again: it wakes a worker, for each delivery and seal is a transaction of its own."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as __

from config.kernel import wake
from config.kernel.duties import duty
from merchants.activity.services.facts import DELIVER

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@duty("activity.deliver", label=__("Deliver facts"), every=5 * SECOND, least=SECOND, most=5 * MINUTE)
def deliver(*, now: datetime) -> None:
    wake.after_commit(DELIVER)


@duty("activity.seal", label=__("Seal facts"), every=5 * SECOND, least=SECOND, most=5 * MINUTE)
def seal(*, now: datetime) -> None:
    wake.after_commit("merchants.activity.tasks.seal")
