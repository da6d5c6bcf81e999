"""The platform suspends merchants: their people read on and see to open orders, and sell nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events, scope
from config.kernel.actors import Actor
from merchants.accounts.models import Merchant
from merchants.accounts.services import merchants
from merchants.accounts.states import MerchantStatus
from merchants.onboarding.errors import MerchantSuspended
from merchants.onboarding.events import SellingResumed, SellingSuspended
from merchants.onboarding.models import Suspension
from merchants.onboarding.states import SuspensionReason


@transaction.atomic
def suspend(
    *, merchant: Merchant, reason: SuspensionReason, explanation: str, by: Actor, now: datetime
) -> Suspension:  # fmt: skip
    """Let it sell nothing from now on. Raises IllegalMove."""
    merchant = merchants.move(merchant=merchant, to=MerchantStatus.SUSPENDED)
    with scope.acting_for(merchant):
        row = Suspension.objects.create(reason=reason, explanation=explanation, at=now, by=by.label)
        fact = SellingSuspended(merchant_id=str(merchant.public_id), reason=str(reason))
        events.record(fact, by=by, now=now)
    return row


@transaction.atomic
def reinstate(*, merchant: Merchant, by: Actor, now: datetime) -> Merchant:
    """Let it sell again. Raises IllegalMove."""
    merchant = merchants.move(merchant=merchant, to=MerchantStatus.OPEN)
    with scope.acting_for(merchant):
        Suspension.objects.filter(ended_at__isnull=True).update(ended_at=now, ended_by=by.label)
        events.record(SellingResumed(merchant_id=str(merchant.public_id)), by=by, now=now)
    return merchant


def require_none(merchant: Merchant) -> None:
    """Before anything is sold or put on sale. Raises MerchantSuspended."""
    if merchant.status != MerchantStatus.OPEN:
        raise MerchantSuspended(_("The shop is suspended: it can neither sell nor put anything on sale."))
