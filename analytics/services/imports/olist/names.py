"""What things are called here that have only keys at the source: categories, orders and products."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import Model

from analytics.services.imports import staging
from analytics.services.imports.olist import tables
from analytics.services.imports.olist.tables import SOURCE, UNCATEGORIZED
from analytics.services.imports.staging import SourceTable
from catalog.models import Product
from fulfillment.models import Order
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


@transaction.atomic  # one flush to disk instead of one for each table
def shorten() -> None:
    """Number orders and code products by the beginning of their key, or by all of it where others begin so too."""
    _shorten(tables.ORDERS, Order, "number")
    _shorten(tables.PRODUCTS, Product, "code")
    staging.run("UPDATE staged_sold AS t SET sku = p.code FROM staged_products AS p WHERE p.product_id = t.product_id")


def _shorten(table: SourceTable, model: type[Model], column: str) -> None:
    staged, key = table.temporary, table.key[0]
    staging.run(f"ALTER TABLE {staged} ADD COLUMN {column} text")
    staging.run(f"UPDATE {staged} SET {column} = left(handle, {SHORT})")
    shared = f"SELECT {column} FROM {staged} GROUP BY {column} HAVING count(*) > 1"
    staging.run(f"UPDATE {staged} SET {column} = handle WHERE {column} IN ({shared})")
    staging.run(
        f"UPDATE {staged} AS t SET {column} = t.handle FROM {model._meta.db_table} AS o"
        f" WHERE o.source = %s AND o.{column} = t.{column} AND o.external_id <> t.{key}",
        given=[SOURCE],
    )
    staging.run(f"ANALYZE {staged}")


def remark_on_differing(orders: Iterable[str]) -> None:
    """Orders taken over earlier that say something else now."""
    if numbers := sorted(orders):
        select = "SELECT line, order_id, 'order_status', status, '' FROM staged_orders WHERE order_id = ANY(%s)"
        staging.find(tables.ORDERS, kind=FindingKind.ACCEPTED, code="differs_from_ours", select=select, given=[numbers])
