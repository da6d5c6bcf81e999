"""Hold what stands here against what the source says, line by line and to the cent."""

from collections import Counter, defaultdict

from analytics.rules.shares import Gap, gap_of
from analytics.services.imports import staging
from analytics.services.imports.olist import tables
from analytics.services.imports.olist.tables import CURRENCY, SOURCE
from analytics.services.imports.staging import FINDINGS, rows, run
from merchants.desk.states import FindingKind

AMOUNTS = [(tables.ITEMS, "price"), (tables.ITEMS, "freight"), (tables.PAYMENTS, "amount")]
HERE = {
    ("items", "price"): """
        SELECT coalesce(sum(l.unit_price_minor * l.quantity), 0) FROM fulfillment_orderline AS l
        JOIN fulfillment_order AS o ON o.id = l.order_id JOIN staged_orders AS s ON s.order_id = o.external_id
        WHERE o.source = %s AND NOT s.rejected
    """,
    ("items", "freight"): """
        SELECT coalesce(sum(l.freight_minor), 0) FROM fulfillment_orderline AS l
        JOIN fulfillment_order AS o ON o.id = l.order_id JOIN staged_orders AS s ON s.order_id = o.external_id
        WHERE o.source = %s AND NOT s.rejected
    """,
    ("payments", "amount"): """
        SELECT coalesce(sum(p.amount_minor), 0) FROM fulfillment_payment AS p
        JOIN fulfillment_ordergroup AS g ON g.id = p.group_id JOIN staged_orders AS s ON s.order_id = g.number
        WHERE g.source = %s AND NOT s.rejected
    """,
}
STANDING = """
    CREATE TEMP TABLE staged_standing AS
    SELECT g.number, o.worth, o.items, o.freight, p.paid, coalesce(p.instalments, 0) AS instalments
    FROM staged_orders AS s
    JOIN fulfillment_ordergroup AS g ON g.source = %s AND g.number = s.order_id
    LEFT JOIN (
        SELECT group_id, sum(items_minor)::bigint AS items, sum(freight_minor)::bigint AS freight,
            sum(total_minor)::bigint AS worth
        FROM fulfillment_order GROUP BY group_id
    ) AS o ON o.group_id = g.id
    LEFT JOIN (
        SELECT group_id, sum(amount_minor)::bigint AS paid, max(instalments) AS instalments
        FROM fulfillment_payment GROUP BY group_id
    ) AS p ON p.group_id = g.id
    WHERE NOT s.rejected
"""
UNSOLD = """
    SELECT count(*) FROM staged_products AS p
    WHERE NOT rejected AND NOT EXISTS (SELECT FROM staged_sold AS s WHERE s.product_id = p.product_id)
"""
BECAME = {
    "merchants": "accounts_merchant",
    "buyers": "accounts_buyer",
    "products": "catalog_product",
    "orders": "fulfillment_order",
    "payments": "fulfillment_payment",
    "reviews": "support_productreview",
    "order groups": "fulfillment_ordergroup",
    "postcode areas": "marketplace_postcodearea",
}


def source_sums() -> dict[tuple[str, str], tuple[int, int]]:
    """What all readable amounts of the files come to, and how many cannot be read; before anything is judged."""
    return {
        (table.name, column): rows(
            f"SELECT coalesce(sum({column}), 0)::bigint, count(*) FILTER (WHERE {column} IS NULL)"
            f" FROM {table.temporary}"
        )[0]
        for table, column in AMOUNTS
    }


def report(*, read: dict[str, int], sums, new: dict[str, int], areas_known: int) -> dict:
    """What ImportRun keeps: lines by table, money by table, the identity, and what there is of the source here."""
    return {
        "currency": CURRENCY,
        "tables": _tables(read, new, areas_known),
        "money": [_money(*each, *sums[each]) for each in sums if each[0] in read],
        "identity": _identity(),
        "unsold_products": rows(UNSOLD)[0][0],
        "became": {name: _count(table) for name, table in BECAME.items()},
    }


def _tables(read: dict[str, int], new: dict[str, int], areas_known: int) -> dict[str, dict[str, int]]:
    taken = _taken()
    unchanged = {name: taken[name] - new.get(name, 0) for name in taken} | {"geolocation": areas_known}
    lines = _lines()
    return {
        name: {
            "read": number,
            "accepted": number - lines[name, "rejected"] - lines[name, "normalised"],
            "normalised": lines[name, "normalised"],
            "rejected": lines[name, "rejected"],
            "unchanged": unchanged[name],
        }
        for name, number in read.items()
    }


def _lines() -> Counter:
    """Lines of each table that were rejected, or else normalised; a line may have several findings."""
    found = rows(
        f"""
        SELECT "table", kind, count(*) FROM (
            SELECT DISTINCT ON ("table", line) "table", line, kind FROM {FINDINGS} WHERE kind <> %s
            ORDER BY "table", line, kind = %s DESC
        ) AS worst GROUP BY 1, 2
        """,
        given=[FindingKind.ACCEPTED, FindingKind.REJECTED],
    )
    return Counter({(table, kind): number for table, kind, number in found})


def _taken() -> dict[str, int]:
    """Lines of each table of which something became here."""
    sound = {table.name: f"SELECT count(*) FROM {table.temporary} WHERE NOT rejected" for table in tables.ALL}
    sound["translation"] += " AND english <> ''"
    sound["products"] = "SELECT count(DISTINCT product_id) FROM staged_sold"
    sound["customers"] = "SELECT count(*) FROM staged_orders WHERE NOT rejected"
    return {name: rows(select)[0][0] for name, select in sound.items()}


def _money(table: str, column: str, total: int, unreadable: int) -> dict:
    ((refused,),) = rows(f"SELECT coalesce(sum({column}), 0)::bigint FROM staged_{table} WHERE rejected")
    ((sound,),) = rows(f"SELECT coalesce(sum({column}), 0)::bigint FROM staged_{table} WHERE NOT rejected")
    ((here,),) = rows(HERE[table, column], given=[SOURCE])
    return {
        "table": table,
        "column": column,
        "source_minor": total,
        "taken_minor": int(here),
        "rejected_minor": refused,
        "repeated_minor": total - refused - sound,
        "unreadable": unreadable,
        "difference_minor": sound - int(here),
    }


def _identity() -> list[dict]:
    """Payments = items + freight + the gaps by reason; `orders` counts groups, `largest_minor` has no sign."""
    run("DROP TABLE IF EXISTS staged_standing")
    run(STANDING, given=[SOURCE])
    run("ALTER TABLE staged_standing ADD PRIMARY KEY (number)")
    sums, orders, largest = Counter(), Counter(), defaultdict(int)
    for portion in staging.in_turn("SELECT * FROM staged_standing WHERE number > %s ORDER BY number LIMIT %s"):
        for _number, worth, items, freight, paid, instalments in portion:
            sums.update({"payments": paid or 0, "items": items or 0, "freight": freight or 0})
            gap = gap_of(worth=worth, paid=paid, instalments=instalments)
            difference = (paid or 0) - (worth or 0)
            sums[gap], orders[gap] = sums[gap] + difference, orders[gap] + 1
            largest[gap] = max(largest[gap], abs(difference))
    whole = [{"code": code, "amount_minor": sums[code]} for code in ("payments", "items", "freight")]
    gaps = [
        {"code": str(gap), "amount_minor": sums[gap], "orders": orders[gap], "largest_minor": largest[gap]}
        for gap in Gap
        if orders[gap] and gap != Gap.NONE
    ]
    return whole + gaps


def _count(table: str) -> int:
    return rows(f"SELECT count(*) FROM {table} WHERE source = %s", given=[SOURCE])[0][0]
