"""What money does again and again."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as __

from config.kernel.duties import duty
from merchants.money.services import statements

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@duty("money.close_statements", label=__("Close months that are over"), every=HOUR, least=10 * MINUTE, most=7 * DAY)
def close_statements(*, now: datetime) -> None:
    statements.ask_for_closing(now=now)
