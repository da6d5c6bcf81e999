"""Judge the lines as a whole: what contradicts itself, what is there already, what happened on which day."""

from django.db import transaction

from analytics.services.imports.retail.tables import LINES, SOURCE, ZONE
from analytics.services.imports.staging import FINDINGS, run
from fulfillment.states import MatchRule
from merchants.desk.states import FindingKind

CUSTOMERLESS = "unnamed"  # the buyer of all sales that name no customer; a customer number has no letters only
CALLED = {
    # lines of one content are told apart by how often it came before
    "occurrence": """
        UPDATE staged_lines AS t SET occurrence = n.number, key = t.content || ':' || n.number FROM (
            SELECT line, row_number() OVER (PARTITION BY content ORDER BY line) AS number FROM staged_lines
        ) AS n WHERE n.line = t.line
    """,
    # a document is taken whole or not at all
    "child_rejected": """
        UPDATE staged_lines AS t SET rejected = true WHERE NOT rejected AND invoice IN (
            SELECT invoice FROM staged_lines WHERE rejected)
    """,
    "conflicting_key": """
        UPDATE staged_lines AS t SET rejected = true WHERE NOT rejected AND invoice IN (
            SELECT invoice FROM staged_lines WHERE NOT rejected GROUP BY invoice
            HAVING count(DISTINCT customer) > 1 OR count(DISTINCT country) > 1)
    """,
}
SUMS = {
    # what was sold, at its newest price in whole minor units; its name is the one that it mostly has
    "staged_goods": """
        SELECT code, min(at) AS first_at,
            coalesce(
                mode() WITHIN GROUP (ORDER BY name) FILTER (WHERE name <> '' AND role = 'sale' AND amount > 0),
                mode() WITHIN GROUP (ORDER BY name) FILTER (WHERE name <> ''), code
            ) AS title,
            (array_agg(minor ORDER BY at DESC, line DESC) FILTER (WHERE role = 'sale' AND minor > 0 AND ppm = 0))[1]
                AS newest_price,
            max(at) FILTER (WHERE role = 'sale' AND minor > 0 AND ppm = 0) AS newest_sale,
            NULL::bigint AS variant, NULL::text AS product, ''::text AS sku
        FROM staged_lines WHERE NOT rejected AND NOT is_charge AND role IN ('sale', 'credit', 'stock') GROUP BY code
    """,
    "staged_people": f"""
        SELECT coalesce(nullif(customer, ''), '{CUSTOMERLESS}') AS customer, min(at) AS since,
            CASE WHEN max(customer) <> '' THEN (array_agg(country ORDER BY at DESC, line DESC))[1] ELSE '' END
                AS country,
            NULL::bigint AS buyer
        FROM staged_lines WHERE NOT rejected AND (role = 'sale' OR role = 'credit' AND customer <> '') GROUP BY 1
    """,
    "staged_invoices": f"""
        SELECT invoice, min(at) AS placed, (min(at) AT TIME ZONE '{ZONE.key}')::date AS day, min(country) AS country,
            coalesce(nullif(min(customer), ''), '{CUSTOMERLESS}') AS customer, count(*) AS lines,
            sum(amount)::bigint AS amount, false AS standing
        FROM staged_lines WHERE NOT rejected AND role = 'sale' GROUP BY invoice
    """,
}  # fmt: skip
KEYS = {"staged_goods": "code", "staged_people": "customer", "staged_invoices": "invoice"}
STANDING = f"""
    UPDATE staged_invoices AS t SET standing = true FROM fulfillment_order AS o
    WHERE o.merchant_id = %s AND o.source = '{SOURCE}' AND o.external_id = t.invoice
"""
DIFFERING = """
    SELECT s.line, t.invoice, 'InvoiceNo', t.amount::text, o.total_minor::text
    FROM staged_invoices AS t JOIN fulfillment_order AS o ON o.merchant_id = {merchant:d} AND o.external_id = t.invoice
    JOIN (
        SELECT order_id, count(*) AS lines FROM fulfillment_orderline WHERE merchant_id = {merchant:d} GROUP BY order_id
    ) AS kept ON kept.order_id = o.id
    JOIN (
        SELECT invoice, min(line) AS line FROM staged_lines WHERE NOT rejected AND role = 'sale' GROUP BY invoice
    ) AS s ON s.invoice = t.invoice
    WHERE t.standing AND (o.total_minor, kept.lines) <> (t.amount, t.lines)
"""


@transaction.atomic  # one flush to disk instead of one for each table
def judge() -> None:
    """Reject what cannot be taken over, remark on the rest, and sum up."""
    run("ALTER TABLE staged_lines ADD COLUMN occurrence bigint, ADD COLUMN key text")
    run(CALLED["occurrence"])
    for column in ("line", "invoice", "code", "key"):
        run(f"CREATE INDEX ON staged_lines ({column})")
    run("ANALYZE staged_lines")
    for code in ("conflicting_key", "child_rejected"):
        _reject(code)
    _find("exact_repeat", "line, invoice || ':' || code, '', '', ''", "occurrence > 1")
    _find_spellings()
    _find_moments()
    for name, select in SUMS.items():
        run(f"DROP TABLE IF EXISTS {name}")
        run(f"CREATE TEMP TABLE {name} AS {select}")
        run(f"ALTER TABLE {name} ADD PRIMARY KEY ({KEYS[name]})")
    run("ALTER TABLE staged_lines ADD COLUMN day date")
    run(
        f"UPDATE staged_lines AS t SET day = coalesce(i.day, (t.at AT TIME ZONE '{ZONE.key}')::date) FROM staged_lines"
        " AS s LEFT JOIN staged_invoices AS i ON i.invoice = s.invoice AND s.role = 'sale'"
        " WHERE s.line = t.line AND NOT t.rejected"
    )
    run("CREATE INDEX ON staged_lines (day, role)")
    for name in ("staged_lines", *SUMS):
        run(f"ANALYZE {name}")


def prepare(names: list[tuple[str, int, int]]) -> None:
    """Remember which lines are whose: file, after which line, up to which."""
    run("DROP TABLE IF EXISTS staged_files")
    run("CREATE TEMP TABLE staged_files (name text, before bigint, last bigint)")
    for each in names:
        run("INSERT INTO staged_files VALUES (%s, %s, %s)", given=each)


def _insert(code: str, select: str, kind: FindingKind = FindingKind.ACCEPTED) -> str:
    """A statement that remarks on lines: `select` yields line, key, field, old, new."""
    return (
        f'INSERT INTO {FINDINGS} ("table", line, key, kind, code, field, old, new)'
        f" SELECT f.name, found.line - f.before, key, '{kind}', '{code}', field, old, new"
        f" FROM ({select}) AS found (line, key, field, old, new)"
        " JOIN staged_files AS f ON found.line > f.before AND found.line <= f.last ORDER BY found.line"
    )


def _find(code: str, columns: str, where: str, kind: FindingKind = FindingKind.ACCEPTED) -> None:
    run(_insert(code, f"SELECT {columns} FROM {LINES.temporary} WHERE NOT rejected AND {where}", kind))


def _reject(code: str) -> None:
    refused = f"WITH refused AS ({CALLED[code]} RETURNING t.line, t.invoice || ':' || t.code AS key) "
    run(
        refused + _insert(code, "SELECT line, key, 'InvoiceNo', '', '' FROM refused", FindingKind.REJECTED)
    )  # fmt: skip


def _find_spellings() -> None:
    """Codes that differ by case only are one thing; each other spelling is said once."""
    select = (
        "SELECT min(line), spelled, 'StockCode', spelled, code"
        f" FROM {LINES.temporary} WHERE NOT rejected AND spelled <> code GROUP BY spelled, code"
    )
    run(_insert("code_case", select, FindingKind.NORMALISED))


def _find_moments() -> None:
    """Documents whose lines were written at several moments, which they keep."""
    select = (
        "SELECT min(line), invoice, 'InvoiceDate', min(at)::text, max(at)::text"
        f" FROM {LINES.temporary} WHERE NOT rejected GROUP BY invoice HAVING count(DISTINCT at) > 1"
    )
    run(_insert("several_moments", select))


@transaction.atomic
def find_standing(merchant_id: int) -> None:
    """Which documents are here already; those that say something else now are remarked on, and stay as they are."""
    run(STANDING, given=[merchant_id])
    run("ANALYZE staged_invoices")
    run(_insert("differs_from_ours", DIFFERING.format(merchant=merchant_id)))


def remark_on_unmatched(merchant_id: int) -> None:
    """Cancellations that found no sale, each with its reason."""
    for rule in MatchRule:
        if not rule.is_match:
            select = (
                "SELECT s.line, s.invoice || ':' || s.code, 'Quantity', s.quantity::text, ''"
                f" FROM {LINES.temporary} AS s JOIN fulfillment_creditline AS c ON c.merchant_id = {merchant_id:d}"
                f" AND c.source = '{SOURCE}' AND c.external_id = s.key AND c.rule = '{rule}' WHERE NOT s.rejected"
            )
            run(_insert(f"unmatched_{rule}", select))
