"""What things are called here that have only keys at the source: categories, orders and products."""

from collections.abc import Iterable
from typing import NamedTuple

from analytics.services.imports import staging
from analytics.services.imports.olist import tables
from analytics.services.imports.olist.tables import SOURCE, UNCATEGORIZED
from merchants.desk.states import FindingKind
from merchants.marketplace.models import Category
from merchants.marketplace.services import categories

SHORT = 12  # characters; enough to be told apart, and to be read out on the telephone


class Called(NamedTuple):
    """A category here: its key, and its name as titles use it."""

    pk: int
    name: str
    language: str


def take_over_categories() -> tuple[dict[str, Called], int]:
    """All categories of the source by their names there, below one root, and how many translated ones are new."""
    before = set(Category.objects.filter(code__startswith=f"{SOURCE}-").values_list("code", flat=True))
    root = categories.find_or_create(code=SOURCE, name="Olist")
    called = {}
    translated = _english()
    for name in sorted(translated.keys() | _used() | {""}):
        language, title = _title(name, translated)
        other = {"pt": _readable(name)} if name and language == "en" else {}
        code = _code(name)
        node = categories.find_or_create(code=code, name=title, language=language, names=other, parent=root)
        called[name] = Called(node.pk, node.name, node.language)
    return called, sum(_code(name) not in before for name in translated)


def _english() -> dict[str, str]:
    return dict(staging.rows("SELECT category, english FROM staged_translation WHERE NOT rejected AND english <> ''"))


def _used() -> set[str]:
    return {name for (name,) in staging.rows("SELECT DISTINCT category FROM staged_products WHERE NOT rejected")}


def _title(name: str, translated: dict[str, str]) -> tuple[str, str]:
    if not name:
        return "en", _readable(UNCATEGORIZED)
    return ("en", _readable(translated[name])) if name in translated else ("pt", _readable(name))


def _code(name: str) -> str:
    return f"{SOURCE}-{name or UNCATEGORIZED}"[:80]


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize()[:120]


def shorten() -> None:
    """Number orders and code products by the beginning of their key, or by all of it where others begin so too."""
    staging.run("ALTER TABLE staged_orders ADD COLUMN number text")
    staging.run(
        f"UPDATE staged_orders AS t SET number = {_short(tables.ORDERS, 'fulfillment_order', 'number')}", [SOURCE]
    )
    staging.run("DROP TABLE IF EXISTS staged_codes")
    staging.run(
        "CREATE TEMP TABLE staged_codes AS SELECT product_id,"
        f" {_short(tables.PRODUCTS, 'catalog_product', 'code')} AS code FROM staged_products AS t",
        [SOURCE],
    )
    staging.run("UPDATE staged_sold AS t SET sku = c.code FROM staged_codes AS c WHERE c.product_id = t.product_id")
    staging.run("ANALYZE staged_orders")


def _short(table: staging.SourceTable, ours: str, column: str) -> str:
    short = f"left(handle, {SHORT})"
    shared = f"SELECT {short} FROM {table.temporary} GROUP BY 1 HAVING count(*) > 1"
    taken = f"SELECT {column} FROM {ours} WHERE source = %s AND external_id <> t.{table.key[0]}"
    return (
        f"CASE WHEN {short} IN ({shared}) OR EXISTS ({taken} AND {column} = left(t.handle, {SHORT}))"
        f" THEN handle ELSE {short} END"
    )


def remark_on_differing(orders: Iterable[str]) -> None:
    """Orders taken over earlier that say something else now."""
    for number in sorted(orders):
        select = "SELECT line, order_id, '', '', '' FROM staged_orders WHERE order_id = %s"
        staging.run(
            f'INSERT INTO {staging.FINDINGS} ("table", kind, code, line, key, field, old, new)'
            f" SELECT %s, %s, 'differs_from_ours', * FROM ({select}) AS found",
            ["orders", FindingKind.ACCEPTED, number],
        )
