"""What is wrong with the books: each check names the rows that break it, of all merchants or of one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

MOST = 100  # rows named of one check


@dataclass(frozen=True)
class Check:
    """`sql` finds what is wrong: the merchant's key, which row, and how."""

    key: str
    says: str
    sql: str


UNBALANCED = Check(
    "transactions", "lines of a transaction do not add up to nothing",
    """
    SELECT merchant_id, 'transaction ' || transaction_id, sum(amount_minor) || ' ' || currency
    FROM money_ledgerline GROUP BY merchant_id, transaction_id, currency HAVING sum(amount_minor) <> 0
    UNION ALL
    SELECT head.merchant_id, 'transaction ' || head.id, 'no lines' FROM money_ledgertransaction AS head
    WHERE NOT EXISTS (SELECT FROM money_ledgerline AS line
        WHERE line.merchant_id = head.merchant_id AND line.transaction_id = head.id)
    """,
)  # fmt: skip
CURRENCIES = Check(
    "currencies", "all lines of a currency do not add up to nothing",
    """
    SELECT merchant_id, 'currency ' || currency, sum(amount_minor)::text
    FROM money_ledgerline GROUP BY merchant_id, currency HAVING sum(amount_minor) <> 0
    """,
)  # fmt: skip
STRAY = Check(
    "lines", "a line is of another month, currency or merchant than its transaction",
    """
    SELECT line.merchant_id, 'line ' || line.id, 'transaction ' || line.transaction_id
    FROM money_ledgerline AS line LEFT JOIN money_ledgertransaction AS head
        ON head.id = line.transaction_id AND head.merchant_id = line.merchant_id
        AND head.period_on = line.period_on AND head.currency = line.currency
    WHERE head.id IS NULL
    """,
)  # fmt: skip
SALES = Check(
    "commissions", "commissions of a sale are not what is in the ledger",
    """
    WITH taken AS (
        SELECT merchant_id, transaction_id, sum(fee_minor) AS fee, sum(tax_minor) AS tax,
            sum(goods_minor + freight_minor) AS gross
        FROM money_commissionline GROUP BY 1, 2
    ),
    posted AS (
        SELECT merchant_id, transaction_id,
            coalesce(sum(amount_minor) FILTER (WHERE account = 'commission_income'), 0) AS fee,
            coalesce(sum(amount_minor) FILTER (WHERE account = 'commission_tax'), 0) AS tax,
            coalesce(-sum(amount_minor) FILTER (WHERE account = 'buyer_clearing'), 0) AS gross
        FROM money_ledgerline JOIN money_ledgertransaction AS head
            USING (merchant_id) WHERE head.id = transaction_id AND head.kind = 'sale' GROUP BY 1, 2
    )
    SELECT merchant_id, 'transaction ' || transaction_id,
        format('%s+%s of %s is frozen, %s+%s of %s posted', taken.fee, taken.tax, taken.gross,
            posted.fee, posted.tax, posted.gross)
    FROM taken FULL JOIN posted USING (merchant_id, transaction_id)
    WHERE (taken.fee, taken.tax, taken.gross) IS DISTINCT FROM (posted.fee, posted.tax, posted.gross)
    """,
)  # fmt: skip
ARITHMETIC = Check(
    "arithmetic", "a frozen fee is not what its own rule gives",
    """
    SELECT merchant_id, 'commission ' || id, format('%s and %s of %s', fee_minor, tax_minor, base_minor)
    FROM money_commissionline
    WHERE fee_minor <> CASE WHEN rule_id IS NULL OR base_minor <= 0 THEN 0 ELSE least(
            greatest(round(base_minor * rate_ppm / 1000000.0), coalesce(least_minor, 0)),
            coalesce(most_minor, 9223372036854775807)
        ) END
        OR tax_minor <> round(fee_minor * tax_ppm / 1000000.0)
    """,
)  # fmt: skip
REFUNDS = Check(
    "refunds", "what refunds gave back is not what is in the ledger",
    """
    WITH given AS (
        SELECT merchant_id, transaction_id, sum(fee_minor) AS fee, sum(tax_minor) AS tax,
            sum(goods_minor + freight_minor) AS gross
        FROM money_commissionreturn GROUP BY 1, 2
    ),
    posted AS (
        SELECT merchant_id, transaction_id,
            coalesce(-sum(amount_minor) FILTER (WHERE account = 'commission_income'), 0) AS fee,
            coalesce(-sum(amount_minor) FILTER (WHERE account = 'commission_tax'), 0) AS tax,
            coalesce(sum(amount_minor) FILTER (WHERE account = 'buyer_clearing'), 0) AS gross
        FROM money_ledgerline JOIN money_ledgertransaction AS head
            USING (merchant_id) WHERE head.id = transaction_id AND head.kind = 'refund' GROUP BY 1, 2
    )
    SELECT merchant_id, 'transaction ' || transaction_id,
        format('%s+%s of %s is given back, %s+%s of %s posted', given.fee, given.tax, given.gross,
            posted.fee, posted.tax, posted.gross)
    FROM given FULL JOIN posted USING (merchant_id, transaction_id)
    WHERE (given.fee, given.tax, given.gross) IS DISTINCT FROM (posted.fee, posted.tax, posted.gross)
    """,
)  # fmt: skip
RETURNED = Check(
    "returns", "refunds of a line gave back another part of its commission than was refunded",
    """
    SELECT frozen.merchant_id, 'commission ' || frozen.id,
        format('%s+%s of %s+%s for %s of %s', sum(back.fee_minor), sum(back.tax_minor), frozen.fee_minor,
            frozen.tax_minor, sum(back.goods_minor), frozen.goods_minor)
    FROM money_commissionline AS frozen
    JOIN money_commissionreturn AS back
        ON back.merchant_id = frozen.merchant_id AND back.commission_id = frozen.id
    GROUP BY frozen.merchant_id, frozen.id
    HAVING sum(back.goods_minor) > frozen.goods_minor OR sum(back.freight_minor) > frozen.freight_minor
        OR sum(back.fee_minor) <> CASE WHEN frozen.goods_minor = 0 THEN 0
            ELSE round(frozen.fee_minor * sum(back.goods_minor) / frozen.goods_minor) END
        OR sum(back.tax_minor) <> CASE WHEN frozen.goods_minor = 0 THEN 0
            ELSE round(frozen.tax_minor * sum(back.goods_minor) / frozen.goods_minor) END
    """,
)  # fmt: skip
HOLDS = Check(
    "holds", "what is held back is not the sum of the open holds",
    """
    WITH open AS (
        SELECT hold.merchant_id, hold.currency, sum(hold.amount_minor) AS held FROM money_hold AS hold
        WHERE hold.amount_minor IS NOT NULL AND NOT EXISTS (SELECT FROM money_holdrelease WHERE hold_id = hold.id)
        GROUP BY 1, 2
    ),
    posted AS (
        SELECT merchant_id, currency, sum(amount_minor) AS held FROM money_ledgerline
        WHERE account = 'merchant_held' GROUP BY 1, 2
    )
    SELECT merchant_id, 'held in ' || currency, format('%s by holds, %s in the ledger', open.held, posted.held)
    FROM open FULL JOIN posted USING (merchant_id, currency)
    WHERE coalesce(open.held, 0) <> coalesce(posted.held, 0)
    """,
)  # fmt: skip
STATEMENTS = Check(
    "statements", "a statement is not what the ledger says of its month",
    """
    WITH moved AS (
        SELECT merchant_id, currency, period_on, sum(amount_minor) AS net,
            coalesce(sum(amount_minor) FILTER (WHERE item = 'sale'), 0) AS sales,
            coalesce(sum(amount_minor) FILTER (WHERE item = 'refund'), 0) AS refunds,
            coalesce(sum(amount_minor) FILTER (WHERE item IN ('commission', 'commission_back')), 0) AS commission,
            coalesce(sum(amount_minor) FILTER (WHERE item IN ('commission_tax', 'commission_tax_back')), 0) AS tax,
            coalesce(sum(amount_minor) FILTER (WHERE item IN ('credit', 'debit')), 0) AS adjustments
        FROM money_ledgerline WHERE account = 'merchant_payable' GROUP BY 1, 2, 3
    ),
    counted AS (
        SELECT merchant_id, currency, period_on, count(*) AS entries FROM money_ledgertransaction GROUP BY 1, 2, 3
    ),
    said AS (
        SELECT *, lag(closing_minor, 1, 0::bigint) OVER (
            PARTITION BY merchant_id, currency ORDER BY period_on
        ) AS closed_before
        FROM money_statement
    ),
    closed AS (SELECT merchant_id, max(period_on) AS until FROM money_statement GROUP BY 1)
    SELECT said.merchant_id, 'statement ' || number,
        format('%s, the ledger says %s', closing_minor - opening_minor, net)
    FROM said LEFT JOIN moved USING (merchant_id, currency, period_on)
    LEFT JOIN counted USING (merchant_id, currency, period_on)
    WHERE (sales_minor, refunds_minor, commission_minor, commission_tax_minor, adjustments_minor,
            closing_minor - opening_minor, opening_minor, said.entries)
        IS DISTINCT FROM (coalesce(sales, 0), coalesce(refunds, 0), coalesce(commission, 0), coalesce(tax, 0),
            coalesce(adjustments, 0), coalesce(net, 0), closed_before, counted.entries)
    UNION ALL
    SELECT counted.merchant_id, 'month ' || to_char(period_on, 'YYYY-MM-') || currency, 'was passed over'
    FROM counted JOIN closed ON closed.merchant_id = counted.merchant_id AND period_on <= closed.until
    WHERE NOT EXISTS (SELECT FROM money_statement AS said WHERE said.merchant_id = counted.merchant_id
        AND said.period_on = counted.period_on AND said.currency = counted.currency)
    """,
)  # fmt: skip
CHECKS = [UNBALANCED, CURRENCIES, STRAY, SALES, ARITHMETIC, REFUNDS, RETURNED, HOLDS, STATEMENTS]


@dataclass(frozen=True)
class Fault:
    """A row that breaks a check."""

    check: Check
    merchant_id: int | None
    what: str
    how: str


def faults() -> Iterator[Fault]:
    """Everything that is wrong with the books in scope, at most a hundred rows of each check."""
    for check in CHECKS:
        with connection.cursor() as cursor:
            cursor.execute(f"{check.sql} LIMIT {MOST}")
            for merchant_id, what, how in cursor.fetchall():
                yield Fault(check, merchant_id, what, how or "")
