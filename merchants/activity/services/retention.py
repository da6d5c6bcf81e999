"""What brought facts to their subscribers is of no use for long; the facts themselves stay."""

import time
from datetime import datetime, timedelta

from django.db import transaction

from config.kernel import scope, wake
from merchants.accounts.models import Merchant
from merchants.activity.models import EventDelivery

FORGET = "merchants.activity.tasks.forget_deliveries"
KEPT = timedelta(days=30)  # after it was done; what was given up is kept until somebody has it tried again
AT_ONCE = 2_000
SPELL = 30  # seconds; then a worker is free for other work, and another one goes on


@scope.platform_sweep(because="deliveries of all merchants grow old")
def forget_done(*, now: datetime) -> int:
    """Forget deliveries that were done long ago, a portion of one merchant at a time; say how many."""
    forgotten, end = 0, time.monotonic() + SPELL
    while found := _oldest(now=now):
        merchants = Merchant.objects.in_bulk(found)
        forgotten += sum(_forget(merchants[key], deliveries=deliveries) for key, deliveries in found.items())
        if time.monotonic() > end:
            wake.after_commit(FORGET)
            break
    return forgotten


def _oldest(*, now: datetime) -> dict[int, list[int]]:
    """The keys of one portion, by merchant."""
    # in the order of keys: the oldest lie in front, so nothing but the last portion reads the whole table
    done = EventDelivery.objects.filter(done_at__lt=now - KEPT).order_by("pk")
    found: dict[int, list[int]] = {}
    for merchant, key in done.values_list("merchant", "pk")[:AT_ONCE]:
        found.setdefault(merchant, []).append(key)
    return found


@transaction.atomic
def _forget(merchant: Merchant, *, deliveries: list[int]) -> int:
    with scope.acting_for(merchant):
        return EventDelivery.objects.filter(pk__in=deliveries).delete()[0]
