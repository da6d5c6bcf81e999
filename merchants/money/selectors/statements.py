"""Reads of statements, and of what is still to be closed."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from config.kernel import scope
from merchants.accounts.models import Merchant
from merchants.money import rules
from merchants.money.models import LedgerTransaction, Statement

FARTHEST_EAST = timedelta(hours=14)  # of all zones: where a month ends first


def due(*, now: datetime, most: int) -> list[Merchant]:
    """Merchants with postings in months that are over and not closed."""
    soonest = (now + FARTHEST_EAST).date().replace(day=1)
    with scope.across_merchants(because="a statement run looks for merchants with open months"):
        closed = Statement.objects.filter(merchant=OuterRef("pk")).order_by().values("merchant")
        open_ones = LedgerTransaction.objects.filter(
            merchant=OuterRef("pk"), period_on__gt=OuterRef("closed"), period_on__lt=soonest
        )
        first_open = open_ones.order_by().values("merchant").annotate(first=Min("period_on")).values("first")
        waiting = (
            Merchant.objects.annotate(
                closed=Coalesce(Subquery(closed.annotate(until=Max("period_on")).values("until")), date.min),
            )
            .annotate(first_open=Subquery(first_open))
            .filter(first_open__isnull=False)
            .order_by("pk")
        )
        over = [each for each in waiting if each.first_open <= rules.last_ended(now, zone=each.zone)]
    return over[:most]


def statements() -> QuerySet[Statement]:
    return Statement.objects.select_related("merchant")


def latest() -> Statement | None:
    return statements().order_by("-period_on", "currency", "-pk").first()


def statement(number: str) -> Statement:
    """Raises Http404."""
    found = statements().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def entries(statement: Statement) -> QuerySet[LedgerTransaction]:
    """What is on a statement."""
    return LedgerTransaction.objects.filter(period_on=statement.period_on, currency=statement.currency)
