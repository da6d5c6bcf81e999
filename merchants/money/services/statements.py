"""Months are closed, oldest first: from then on nothing is posted into them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from config.kernel import events, scope
from config.kernel.actors import Actor, machine
from config.kernel.events import Past
from config.kernel.transactions import alone_where_free, one_at_a_time
from merchants.accounts.models import Merchant
from merchants.accounts.services import merchants
from merchants.desk.models import Job
from merchants.desk.services import jobs
from merchants.desk.states import JobStatus
from merchants.money import rules
from merchants.money.errors import PeriodNotOver
from merchants.money.events import StatementClosed
from merchants.money.selectors import statements as selectors
from merchants.money.services import posting

CLOSING = "money.close_statements"
SYSTEM = machine("system")
# One grouping of the payable lines and one of the transactions; the opening balances are running sums of the closed
# months. Months that have a statement are not read again.
CLOSE = """
    INSERT INTO money_statement (merchant_id, number, period_on, zone, currency, entries, opening_minor, sales_minor,
        refunds_minor, commission_minor, commission_tax_minor, adjustments_minor, held_minor, closing_minor, closed_at)
    WITH due AS (SELECT * FROM unnest(%(merchants)s, %(zones)s, %(until)s::date[]) AS due (merchant_id, zone, until)),
    closed AS (
        SELECT merchant_id, max(period_on) AS until FROM money_statement
        WHERE merchant_id = ANY(%(merchants)s) GROUP BY 1
    ),
    open AS (
        SELECT merchant_id, due.zone, coalesce(closed.until, '-infinity') AS after, due.until
        FROM due LEFT JOIN closed USING (merchant_id)
    ),
    moved AS (
        SELECT line.merchant_id, line.currency, line.period_on,
            sum(amount_minor) AS net,
            coalesce(sum(amount_minor) FILTER (WHERE item = 'sale'), 0) AS sales,
            coalesce(sum(amount_minor) FILTER (WHERE item = 'refund'), 0) AS refunds,
            coalesce(sum(amount_minor) FILTER (WHERE item IN ('commission', 'commission_back')), 0) AS commission,
            coalesce(sum(amount_minor) FILTER (WHERE item IN ('commission_tax', 'commission_tax_back')), 0) AS tax,
            coalesce(sum(amount_minor) FILTER (WHERE item IN ('credit', 'debit')), 0) AS adjustments,
            coalesce(sum(amount_minor) FILTER (WHERE item IN ('hold', 'release')), 0) AS held
        FROM money_ledgerline AS line JOIN open USING (merchant_id)
        WHERE account = 'merchant_payable' AND period_on > open.after AND period_on <= open.until
        GROUP BY 1, 2, 3
    ),
    counted AS (
        SELECT head.merchant_id, head.currency, head.period_on, count(*) AS entries
        FROM money_ledgertransaction AS head JOIN open USING (merchant_id)
        WHERE period_on > open.after AND period_on <= open.until
        GROUP BY 1, 2, 3
    ),
    opened AS (
        SELECT DISTINCT ON (merchant_id, currency) merchant_id, currency, closing_minor FROM money_statement
        WHERE merchant_id = ANY(%(merchants)s) ORDER BY merchant_id, currency, period_on DESC
    ),
    running AS (
        SELECT counted.*, coalesce(net, 0) AS net, sales, refunds, commission, tax, adjustments, held,
            coalesce(opened.closing_minor, 0) + sum(coalesce(net, 0)) OVER (
                PARTITION BY merchant_id, currency ORDER BY period_on
            ) AS closing
        FROM counted LEFT JOIN moved USING (merchant_id, currency, period_on)
        LEFT JOIN opened USING (merchant_id, currency)
    )
    SELECT merchant_id, to_char(period_on, 'YYYY-MM-') || currency, period_on, zone, currency, entries, closing - net,
        coalesce(sales, 0), coalesce(refunds, 0), coalesce(commission, 0), coalesce(tax, 0), coalesce(adjustments, 0),
        coalesce(held, 0), closing, %(now)s
    FROM running JOIN open USING (merchant_id)
    ORDER BY merchant_id, period_on, currency
    RETURNING merchant_id, number, currency, closing_minor
"""


class Due(NamedTuple):
    """A merchant and the latest month of it that is over."""

    merchant_id: int
    zone: str
    until: date


@transaction.atomic
def close(*, until: date, by: Actor, now: datetime) -> list[str]:
    """Close the acting merchant's months up to one, oldest first, and say which statements are new.

    A month without a posting has no statement. Raises PeriodNotOver.
    """
    merchant = Merchant.objects.get(pk=posting.owner(None))
    if until > rules.last_ended(now, zone=merchant.zone):
        raise PeriodNotOver(_("This month is not over yet."))
    one_at_a_time(posting.name_of(merchant.pk))
    return _close([Due(merchant.pk, merchant.timezone, until)], by=by, now=now)


def ask_for_closing(*, now: datetime) -> bool:
    """Queue the closing of whatever is due, as a job of the platform; say whether something was."""
    if not selectors.due(now=now, most=1):
        return False
    with scope.acting_for(merchants.platform(now=now)):
        if not Job.objects.filter(kind=CLOSING, status__in=JobStatus.going()).exists():
            jobs.queue(CLOSING, arguments={}, by=SYSTEM, now=now)
    return True


@transaction.atomic
def close_due(*, most: int, by: Actor, now: datetime) -> int:
    """Close all months that are over of some merchants; say how many statements that gave.

    A merchant into whose books somebody is just writing waits for the next time.
    """
    found = selectors.due(now=now, most=most)
    free = alone_where_free(posting.name_of(each.pk) for each in found)
    mine = [
        Due(each.pk, each.timezone, rules.last_ended(now, zone=each.zone))
        for each in found
        if posting.name_of(each.pk) in free
    ]
    with scope.writing_for_many(because="a statement run closes the months of all merchants"):
        return len(_close(mine, by=by, now=now)) if mine else 0


def _close(due: Sequence[Due], *, by: Actor, now: datetime) -> list[str]:
    """Of merchants whose books nobody else writes into."""
    merchant_ids, zones, until = (list(column) for column in zip(*due, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, {"merchants": merchant_ids, "zones": zones, "until": until, "now": now})
        closed = cursor.fetchall()
    facts = [
        Past(StatementClosed(statement=number, closing_minor=closing, currency=currency), now, merchant_id)
        for merchant_id, number, currency, closing in closed
    ]
    if facts:
        events.record_past(facts, by=by, now=now)
    return [number for _merchant, number, *_rest in closed]
