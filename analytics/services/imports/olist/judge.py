"""Judge the staged tables as a whole: what contradicts itself, hangs in the air, or is incomplete."""

from django.db import transaction
from django.utils.translation import gettext as _

from analytics.errors import SourceIncomplete
from analytics.services.imports import staging
from analytics.services.imports.olist import tables
from analytics.services.imports.staging import SourceTable, run
from merchants.desk.states import FindingKind

BY_NAME = {table.name: table for table in tables.ALL}


def require_parents(present: set[str]) -> None:
    """A table is of no use without those it points at. Raises SourceIncomplete."""
    for table in tables.ALL:
        needed = {parent for parent, _column in table.parents.values()} - present
        if table.name in present and needed:
            files = sorted(BY_NAME[name].file for name in needed)
            raise SourceIncomplete(
                _("%(file)s points to rows of %(needed)s, which is not there. Add it, or leave %(file)s out.")
                % {"file": table.file, "needed": ", ".join(files)},
                missing=files,
            )


@transaction.atomic  # one flush to disk instead of one for each table
def judge() -> None:
    """Reject what cannot be taken over, with everything that hangs on it, and remark on the rest."""
    for table in tables.ALL:
        staging.index(table)
        if table.key:
            staging.merge_repeats(table)
            staging.reject_conflicts(table)
    staging.reject_orphans(tables.ORDERS, column="customer_id", parent=tables.CUSTOMERS, parent_column="customer_id")
    staging.reject_orphans(tables.ITEMS, column="seller_id", parent=tables.SELLERS, parent_column="seller_id")
    staging.reject_orphans(tables.ITEMS, column="product_id", parent=tables.PRODUCTS, parent_column="product_id")
    for child in tables.CHILDREN:
        staging.reject_parents(tables.ORDERS, column="order_id", child=child, child_column="order_id")
    for child in tables.CHILDREN:
        staging.reject_orphans(child, column="order_id", parent=tables.ORDERS, parent_column="order_id")
    _find_gaps(tables.ITEMS, "item", "order_item_id")
    _find_gaps(tables.PAYMENTS, "sequence", "payment_sequential")
    _find_untranslated()
    _sum_up()


def _find_gaps(table: SourceTable, number: str, field: str) -> None:
    select = (
        f"SELECT min(line), order_id, '{field}', string_agg({number}::text, ' ' ORDER BY {number}), ''"
        f" FROM {table.temporary} WHERE NOT rejected GROUP BY order_id"
        f" HAVING min({number}) <> 1 OR max({number}) <> count(*)"
    )
    staging.find(table, kind=FindingKind.ACCEPTED, code="sequence_gap", select=select)


def _find_untranslated() -> None:
    select = (
        "SELECT line, product_id, 'product_category_name', category, category FROM staged_products"
        " WHERE NOT rejected AND category <> ''"
        " AND NOT EXISTS (SELECT FROM staged_translation AS t WHERE t.category = staged_products.category"
        " AND NOT t.rejected AND t.english <> '')"
    )
    staging.find(tables.PRODUCTS, kind=FindingKind.NORMALISED, code="untranslated_category", select=select)


SUMS = {
    # what each seller sold: one product, variant and listing, at its newest price
    "staged_sold": """
        SELECT DISTINCT ON (i.seller_id, i.product_id) i.seller_id, i.product_id, i.price AS newest_price,
            o.purchased AS newest_sale, min(o.purchased) OVER (PARTITION BY i.seller_id, i.product_id) AS first_sale,
            NULL::bigint AS merchant_id, NULL::bigint AS product, NULL::bigint AS variant, ''::text AS sku,
            ''::text AS title
        FROM staged_items AS i JOIN staged_orders AS o USING (order_id) WHERE NOT i.rejected
        ORDER BY i.seller_id, i.product_id, o.purchased DESC, i.order_id DESC, i.item DESC
    """,
    # each seller's buyers, as they were at their newest order; under '' those with orders without items only
    "staged_buyers": """
        SELECT DISTINCT ON (seller_id, c.unique_id) seller_id, c.unique_id, c.postcode, c.city, c.state,
            min(o.purchased) OVER (PARTITION BY seller_id, c.unique_id) AS since,
            NULL::bigint AS merchant_id, NULL::bigint AS buyer
        FROM staged_orders AS o JOIN staged_customers AS c USING (customer_id)
        LEFT JOIN (SELECT DISTINCT order_id, seller_id FROM staged_items WHERE NOT rejected) AS i USING (order_id)
        WHERE NOT o.rejected
        ORDER BY seller_id, c.unique_id, o.purchased DESC, o.order_id DESC
    """,
    "staged_areas": """
        SELECT prefix, count(*) AS samples,
            round(percentile_cont(0.5) WITHIN GROUP (ORDER BY latitude)::numeric, 6) AS latitude,
            round(percentile_cont(0.5) WITHIN GROUP (ORDER BY longitude)::numeric, 6) AS longitude,
            mode() WITHIN GROUP (ORDER BY city) AS city, mode() WITHIN GROUP (ORDER BY state) AS state
        FROM staged_geolocation WHERE NOT rejected GROUP BY prefix
    """,
}


def _sum_up() -> None:
    for name, select in SUMS.items():
        run(f"DROP TABLE IF EXISTS {name}")
        run(f"CREATE TEMP TABLE {name} AS {select}")
    # persons who bought something somewhere are known there
    run(
        "DELETE FROM staged_buyers AS b WHERE seller_id IS NULL"
        " AND EXISTS (SELECT FROM staged_buyers AS o WHERE o.unique_id = b.unique_id AND o.seller_id IS NOT NULL)"
    )
    run("UPDATE staged_buyers SET seller_id = '' WHERE seller_id IS NULL")
    run("ALTER TABLE staged_sold ADD PRIMARY KEY (seller_id, product_id)")
    run("ALTER TABLE staged_buyers ADD PRIMARY KEY (seller_id, unique_id)")
    run("ALTER TABLE staged_areas ADD PRIMARY KEY (prefix)")
    run("ALTER TABLE staged_sellers ADD COLUMN merchant_id bigint")
    for name in SUMS:
        run(f"ANALYZE {name}")
