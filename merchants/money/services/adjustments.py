"""Credits and debits by hand, each with its reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events, ids
from config.kernel.actors import Actor
from config.kernel.money import Money
from merchants.money.errors import NothingToPost
from merchants.money.events import Adjusted, MerchantCredited, MerchantDebited
from merchants.money.models import LedgerTransaction
from merchants.money.services import posting
from merchants.money.services.posting import Movement
from merchants.money.states import Account, AdjustmentReason, Item, Kind


@transaction.atomic
def credit(
    *, amount: Money, reason: AdjustmentReason, explanation: str, by: Actor, now: datetime
) -> LedgerTransaction:  # fmt: skip
    """Give the acting merchant money. Raises NothingToPost."""
    return _post(Kind.CREDIT, Item.CREDIT, MerchantCredited, amount, reason, explanation, by=by, now=now)


@transaction.atomic
def debit(
    *, amount: Money, reason: AdjustmentReason, explanation: str, by: Actor, now: datetime
) -> LedgerTransaction:  # fmt: skip
    """Take money from the acting merchant; the balance may fall below zero by it. Raises NothingToPost."""
    return _post(Kind.DEBIT, Item.DEBIT, MerchantDebited, amount, reason, explanation, by=by, now=now)


def _post(
    kind: Kind, item: Item, fact: type[Adjusted], amount: Money, reason, explanation, *, by: Actor, now: datetime
) -> LedgerTransaction:  # fmt: skip
    if amount.minor <= 0:
        raise NothingToPost(_("Write an amount above zero."), field="amount")
    merchant_id, public_id = posting.owner(None), ids.fresh()
    given = amount.minor if kind == Kind.CREDIT else -amount.minor
    movement = Movement(
        merchant_id=merchant_id, key=posting.key_of(kind, public_id), kind=kind, currency=amount.currency,
        occurred_at=now, entries=[(Account.ADJUSTMENTS, item, -given), (Account.PAYABLE, item, given)],
        reason=reason, explanation=explanation, public_id=public_id,
    )  # fmt: skip
    posting.post([movement], by=by, now=now)
    events.record(
        fact(transaction_id=str(public_id), amount_minor=amount.minor, currency=amount.currency, reason=reason),
        by=by, now=now,
    )  # fmt: skip
    return LedgerTransaction.objects.get(public_id=public_id)
