"""One of the sample shops is suspended and one is on vacation, each since it stopped taking orders."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from analytics.services.demo import cast
from analytics.services.demo.shops import DOUDOU, INKWELL
from config.kernel import scope
from merchants.accounts.models import Merchant
from merchants.onboarding.models import Suspension, Vacation
from merchants.onboarding.services import suspensions, vacations
from merchants.onboarding.states import SuspensionReason

WHY = "玩具 3C 认证证书已过期，请上传新证书，审核通过后即可恢复经营。"
AWAY, KNOWN_BEFORE = 14, 9  # days


def close(merchants: Mapping[str, Merchant], *, now: datetime) -> None:
    """Suspend and send on vacation whom nobody did before."""
    suspended, away = merchants[DOUDOU.slug], merchants[INKWELL.slug]
    with scope.acting_for(suspended):
        is_known = Suspension.objects.exists()
    if not is_known:
        suspensions.suspend(
            merchant=suspended, reason=SuspensionReason.DOCUMENTS, explanation=WHY, by=cast.BY,
            now=now - timedelta(days=DOUDOU.closed_for),
        )  # fmt: skip
    with scope.acting_for(away):
        if not Vacation.objects.exists():
            first_on = (now - timedelta(days=INKWELL.closed_for - 1)).astimezone(INKWELL.zone).date()
            vacations.plan(
                first_on=first_on, last_on=first_on + timedelta(days=AWAY - 1), by=cast.owners()[INKWELL.slug],
                now=now - timedelta(days=KNOWN_BEFORE),
            )  # fmt: skip
