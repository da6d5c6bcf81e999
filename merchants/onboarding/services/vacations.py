"""Vacations of a shop: while one runs it takes no orders."""

from datetime import date, datetime, timedelta
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from config.kernel import events, scope
from config.kernel.actors import Actor
from config.kernel.clock import day_starts
from config.kernel.transactions import one_at_a_time
from config.templatetags.ui import day
from merchants.accounts.models import Merchant
from merchants.onboarding import selectors
from merchants.onboarding.errors import NotAVacation, OnVacation, VacationOver, VacationPlanned
from merchants.onboarding.events import VacationAnnounced, VacationEnded
from merchants.onboarding.models import Vacation
from merchants.onboarding.states import VacationPhase

LONGEST = 92  # days
DAY = timedelta(days=1)


@transaction.atomic
def plan(*, first_on: date, last_on: date, by: Actor, now: datetime) -> Vacation:
    """Take no orders on these days of the acting merchant's zone, both included.

    Raises NotAVacation, VacationPlanned while another one is not over.
    """
    merchant = Merchant.objects.get(pk=scope.owner_of(None))
    one_at_a_time(f"vacations:{merchant.pk}")
    if last_on < first_on or last_on - first_on >= LONGEST * DAY:
        raise NotAVacation(
            _("A vacation has at least one day and at most %(most)s.") % {"most": LONGEST}, field="last_on"
        )  # fmt: skip
    if last_on < now.astimezone(merchant.zone).date():
        raise NotAVacation(_("These days are over."), field="last_on")
    if Vacation.objects.filter(ends_at__gt=now).exists():
        raise VacationPlanned(_("There is a vacation that is not over. End it first."))
    vacation = Vacation.objects.create(
        first_on=first_on, last_on=last_on, starts_at=day_starts(first_on, zone=merchant.zone),
        ends_at=day_starts(last_on + DAY, zone=merchant.zone), by=by.label,
    )  # fmt: skip
    events.record(VacationAnnounced(**_named(vacation)), by=by, now=now)
    _forget_notice(merchant.pk)
    return vacation


@transaction.atomic
def end(*, vacation: Vacation, by: Actor, now: datetime) -> Vacation:
    """End it now, or before it has begun. Raises VacationOver."""
    vacation = Vacation.objects.locked().get(pk=vacation.pk)
    if vacation.phase(now) == VacationPhase.OVER:
        raise VacationOver(_("This vacation is over."))
    vacation.starts_at, vacation.ends_at = min(vacation.starts_at, now), now
    vacation.save(update_fields=["starts_at", "ends_at"])
    events.record(VacationEnded(**_named(vacation)), by=by, now=now)
    _forget_notice(vacation.merchant_id)
    return vacation


def require_none(*, now: datetime) -> None:
    """Before the acting merchant takes an order. Raises OnVacation."""
    if vacation := selectors.vacation_at(now):
        raise OnVacation(
            _("The shop is on vacation until %(day)s and takes no orders.")
            % {"day": day(vacation.last_on)},
            until=vacation.last_on.isoformat(),
        )  # fmt: skip


def _forget_notice(merchant_id: int) -> None:
    transaction.on_commit(partial(cache.delete, selectors.key_of(merchant_id)))


def _named(vacation: Vacation) -> dict[str, str]:
    return {
        "vacation_id": str(vacation.public_id), "first_on": vacation.first_on.isoformat(),
        "last_on": vacation.last_on.isoformat(),
    }  # fmt: skip
