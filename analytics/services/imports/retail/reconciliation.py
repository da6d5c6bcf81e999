"""Hold what stands here, and what is in the books, against what the files say: to the cent and to a thousandth."""

from decimal import Decimal

from analytics.services.imports.retail.judge import remark_on_unmatched
from analytics.services.imports.retail.tables import CURRENCY, LINES
from analytics.services.imports.staging import FINDINGS, rows
from config.kernel.money import places
from fulfillment.states import MatchRule
from merchants.desk.states import FindingKind

MILLION = 1_000_000
MATCHED = ", ".join(f"'{rule}'" for rule in MatchRule if rule.is_match)
# of the files, by what their lines are: all, what was rejected, and without fractions being rounded what was not
FILES = """
    SELECT CASE WHEN role = 'sale' AND is_charge THEN 'charge' ELSE role END, coalesce(sum(amount), 0)::bigint,
        coalesce(sum(amount) FILTER (WHERE rejected), 0)::bigint, coalesce(sum(exact) FILTER (WHERE NOT rejected), 0),
        count(*) FILTER (WHERE amount IS NULL)
    FROM staged_lines GROUP BY 1
"""
SOLD = """
    SELECT l.variant_id IS NULL, sum(l.goods_minor)::bigint,
        sum((l.unit_price_minor * 1000000 + l.unit_price_ppm)::numeric * l.quantity)
    FROM staged_invoices AS i JOIN fulfillment_order AS o ON o.merchant_id = %s AND o.external_id = i.invoice
    JOIN fulfillment_orderline AS l ON l.order_id = o.id GROUP BY 1
"""
FROZEN = """
    SELECT coalesce(sum(c.goods_minor), 0)::bigint, coalesce(sum(c.freight_minor), 0)::bigint
    FROM staged_invoices AS i JOIN fulfillment_order AS o ON o.merchant_id = %s AND o.external_id = i.invoice
    JOIN money_ledgertransaction AS t ON t.merchant_id = o.merchant_id AND t.order_id = o.public_id AND t.kind = 'sale'
    JOIN money_commissionline AS c ON c.transaction_id = t.id
"""
BOOKED = """
    SELECT coalesce(-sum(e.amount_minor), 0)::bigint
    FROM staged_invoices AS i JOIN fulfillment_order AS o ON o.merchant_id = %s AND o.external_id = i.invoice
    JOIN money_ledgertransaction AS t ON t.merchant_id = o.merchant_id AND t.order_id = o.public_id AND t.kind = 'sale'
    JOIN money_ledgerline AS e ON e.transaction_id = t.id AND e.account = 'buyer_clearing'
"""
MINE = (
    "SELECT c.* FROM staged_lines AS s JOIN fulfillment_creditline AS c ON c.merchant_id = %s AND c.external_id = s.key"
)
CREDITS = f"""
    SELECT coalesce(sum(goods_minor) FILTER (WHERE rule IN ({MATCHED})), 0)::bigint,
        coalesce(sum(goods_minor) FILTER (WHERE rule NOT IN ({MATCHED})), 0)::bigint,
        coalesce(sum((unit_price_minor * 1000000 + unit_price_ppm)::numeric * quantity), 0)
    FROM ({MINE} AND s.role = 'credit' AND NOT s.rejected) AS mine
"""
GIVEN = f"""
    WITH refunds AS (
        SELECT DISTINCT m.refund_id FROM ({MINE}) AS mine JOIN fulfillment_creditmatch AS m ON m.credit_id = mine.id
    )
    SELECT (SELECT coalesce(sum(m.amount_minor), 0)::bigint FROM ({MINE}) AS mine
            JOIN fulfillment_creditmatch AS m ON m.credit_id = mine.id),
        (SELECT coalesce(sum(e.amount_minor), 0)::bigint FROM refunds JOIN fulfillment_refund AS r ON r.id = refund_id
            JOIN money_ledgertransaction AS t ON t.merchant_id = r.merchant_id AND t.key = 'refund:' || r.public_id
            JOIN money_ledgerline AS e ON e.transaction_id = t.id AND e.account = 'buyer_clearing')
"""
RULES = f"""
    SELECT rule, count(*) FILTER (WHERE variant_id IS NOT NULL), count(*) FILTER (WHERE variant_id IS NULL),
        -sum(goods_minor)::bigint FROM ({MINE} AND s.role = 'credit' AND NOT s.rejected) AS mine GROUP BY rule
"""
WORST = f"""
    SELECT kind, count(*) FROM (
        SELECT DISTINCT ON ("table", line) kind FROM {FINDINGS} WHERE kind <> '{FindingKind.ACCEPTED}'
        ORDER BY "table", line, kind = '{FindingKind.REJECTED}' DESC
    ) AS worst GROUP BY 1
"""
HERE = {
    "products": "catalog_product", "buyers": "accounts_buyer", "orders": "fulfillment_order",
    "cancellation lines": "fulfillment_creditline", "refunds": "fulfillment_refund",
    "stock movements": "inventory_stockmovement",
}  # fmt: skip


def report(*, read: int, merchant_id: int) -> dict:
    """What ImportRun keeps: lines, money, the identity, the rules of matching, and what there is here."""
    remark_on_unmatched(merchant_id)
    money = _money(merchant_id)
    return {
        "currency": CURRENCY,
        "tables": {LINES.name: _lines(read)},
        "money": money,
        "identity": _identity(money),
        "matching": _matching(merchant_id),
        "unsold_products": 0,
        "became": {
            name: rows(f"SELECT count(*) FROM {table} WHERE merchant_id = %s", given=[merchant_id])[0][0]
            for name, table in HERE.items()
        },
    }


def _lines(read: int) -> dict[str, int]:
    found = dict(rows(WORST))
    rejected, normalised = found.get(FindingKind.REJECTED, 0), found.get(FindingKind.NORMALISED, 0)
    unchanged = "NOT rejected AND NOT is_new AND role IN ('sale', 'stock', 'credit')"
    return {
        "read": read,
        "accepted": read - rejected - normalised,
        "normalised": normalised,
        "rejected": rejected,
        "unchanged": rows(f"SELECT count(*) FROM staged_lines WHERE {unchanged}")[0][0],
    }


def _money(merchant_id: int) -> list[dict]:
    said = {role: values for role, *values in rows(FILES)}
    sold = {is_charge: values for is_charge, *values in rows(SOLD, given=[merchant_id])}
    (frozen,) = rows(FROZEN, given=[merchant_id])
    ((matched, unmatched, exact_back),) = rows(CREDITS, given=[merchant_id])
    ((given, given_booked),) = rows(GIVEN, given=[merchant_id] * 2)
    ((booked,),) = rows(BOOKED, given=[merchant_id])
    table = [
        _row("sales", said.get("sale"), *sold.get(False, (0, 0)), booked=frozen[0]),
        _row("charges", said.get("charge"), *sold.get(True, (0, 0)), booked=frozen[1]),
        _row(
            "cancellations", said.get("credit"), -given, -exact_back, booked=-given_booked, unmatched=-unmatched,
            rounding=given - matched,
        ),
        _row("books", said.get("books"), 0, None, booked=0, unmatched=said.get("books", [0])[0]),
        _row("unreadable", said.get(None), 0, None, booked=0),
    ]  # fmt: skip
    table = [row for row in table if row["column"] not in ("books", "unreadable") or row["source_minor"]]
    return [*table, _total(table, booked - given_booked)]


def _row(column: str, said, taken: int, exact, *, booked: int, unmatched: int = 0, rounding: int = 0) -> dict:
    """`rounding` is what a line comes to above the parts of it that went back, each rounded."""
    source, rejected, said_exactly, unreadable = said or (0, 0, Decimal(0), 0)
    row = {
        "table": LINES.name, "column": column, "source_minor": source, "rejected_minor": rejected,
        "unmatched_minor": unmatched, "rounding_minor": rounding, "taken_minor": taken, "booked_minor": booked,
        "unreadable": unreadable,
        "difference_minor": source - rejected - unmatched - rounding - taken or taken - booked,
    }  # fmt: skip
    if exact is not None:
        row |= {"exact": _major(said_exactly), "here": _major(exact)}
    return row


def _total(table: list[dict], booked: int) -> dict:
    names = ["source", "rejected", "unmatched", "rounding", "taken"]
    sums = {f"{name}_minor": sum(row[f"{name}_minor"] for row in table) for name in names}
    lacking = sums["source_minor"] - sum(sums[f"{name}_minor"] for name in names[1:])
    return {
        "table": LINES.name, "column": "total", **sums, "booked_minor": booked,
        "unreadable": sum(row["unreadable"] for row in table),
        "difference_minor": lacking or sums["taken_minor"] - booked,
    }  # fmt: skip


def _major(exact) -> str:
    """Millionths of a minor unit as an amount with all its decimals, two at least."""
    amount = (Decimal(exact) / MILLION).scaleb(-places(CURRENCY)).normalize()
    return f"{amount:,.{max(2, -amount.as_tuple().exponent)}f}"


def _identity(money: list[dict]) -> list[dict]:
    """What the files come to = what was sold and charged, less what went back, found no sale, or was rejected."""
    of = {row["column"]: row for row in money}
    total = of.pop("total")
    parts = [{"code": name, "amount_minor": of[name]["taken_minor"]} for name in ("sales", "charges", "cancellations")]
    left = {"unmatched": "unmatched", "split_rounding": "rounding", "rejected": "rejected"}
    parts += [
        {"code": code, "amount_minor": total[f"{name}_minor"]} for code, name in left.items() if total[f"{name}_minor"]
    ]
    return [{"code": "net", "amount_minor": total["source_minor"]}, *parts]


def _matching(merchant_id: int) -> list[dict]:
    """By rule: lines of goods, lines of charges, what they come to."""
    found = {rule: values for rule, *values in rows(RULES, given=[merchant_id])}
    return [
        {"code": rule.value, "goods": found[rule][0], "charges": found[rule][1], "amount_minor": found[rule][2]}
        for rule in MatchRule
        if rule in found
    ]
