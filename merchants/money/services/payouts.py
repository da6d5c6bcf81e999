"""What is not paid out, and why: holds with their reasons, and the least that is paid out at once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from config.kernel import events
from config.kernel.actors import Actor
from config.kernel.money import Money
from config.kernel.transactions import one_at_a_time
from merchants.money.errors import AlreadyReleased, NothingToPost, WouldBeOverheld
from merchants.money.events import HoldPlaced, HoldReleased, PayoutTermsChanged
from merchants.money.models import Hold, HoldRelease, PayoutTerms
from merchants.money.selectors import ledger
from merchants.money.services import posting
from merchants.money.services.posting import Movement
from merchants.money.states import Account, HoldReason, Item, Kind


@transaction.atomic
def hold(
    *, amount: Money | None, currency: str, reason: HoldReason, explanation: str, by: Actor, now: datetime
) -> Hold:
    """Hold back an amount of what the acting merchant is owed, or all of it whatever it comes to.

    Raises WouldBeOverheld, NothingToPost.
    """
    merchant_id = posting.owner(None)
    one_at_a_time(f"holds:{merchant_id}")
    if amount is not None and amount.minor <= 0:
        raise NothingToPost(_("Write an amount above zero."), field="amount")
    if amount is not None and ledger.payable(currency) < amount:
        raise WouldBeOverheld(_("The merchant is not owed as much as that."), field="amount")
    placed = Hold.objects.create(
        currency=currency, amount_minor=amount and amount.minor, reason=reason, explanation=explanation, placed_at=now,
        placed_by=by.label,
    )  # fmt: skip
    _move(placed, Kind.HOLD, Item.HOLD, by=by, now=now)
    events.record(_fact(HoldPlaced, placed), by=by, now=now)
    return placed


@transaction.atomic
def release(*, hold: Hold, explanation: str, by: Actor, now: datetime) -> HoldRelease:
    """End a hold of the acting merchant. Raises AlreadyReleased."""
    try:
        with transaction.atomic():
            ended = HoldRelease.objects.create(hold=hold, explanation=explanation, at=now, by=by.label)
    except IntegrityError as fault:
        raise AlreadyReleased(_("This hold is released already.")) from fault
    _move(hold, Kind.RELEASE, Item.RELEASE, by=by, now=now)
    events.record(_fact(HoldReleased, hold), by=by, now=now)
    return ended


@transaction.atomic
def set_minimum(*, least: Money, by: Actor, now: datetime) -> PayoutTerms:
    """What the acting merchant's balance must come to before it is paid out. Raises NothingToPost."""
    if least.minor < 0:
        raise NothingToPost(_("The amount cannot be below zero."), field="least")
    terms, _is_new = PayoutTerms.objects.get_or_create(currency=least.currency, defaults={"least_minor": 0})
    terms = PayoutTerms.objects.locked().get(pk=terms.pk)
    before, terms.least_minor = terms.least_minor, least.minor
    terms.save(update_fields=["least_minor"])
    fact = PayoutTermsChanged(currency=least.currency, before_minor=before, after_minor=least.minor)
    events.record(fact, by=by, now=now)
    return terms


def _move(placed: Hold, kind: Kind, item: Item, *, by: Actor, now: datetime) -> None:
    """A hold of everything moves nothing: it stops what comes later too."""
    if placed.amount_minor is None:
        return
    held = placed.amount_minor if kind == Kind.HOLD else -placed.amount_minor
    movement = Movement(
        merchant_id=placed.merchant_id, key=posting.key_of(kind, placed.public_id), kind=kind,
        currency=placed.currency, occurred_at=now,
        entries=[(Account.PAYABLE, item, -held), (Account.HELD, item, held)], reason=placed.reason,
    )  # fmt: skip
    posting.post([movement], by=by, now=now)


def _fact(kind: type[HoldPlaced] | type[HoldReleased], placed: Hold):
    return kind(
        hold_id=str(placed.public_id), amount_minor=placed.amount_minor, currency=placed.currency, reason=placed.reason
    )
