"""All that an import writes, as text by which two runs compare: natural keys, no keys and no clock of ours."""

from collections.abc import Callable

# every select reads whole rows; whatever our clock or a sequence put in is left out
SELECTS = {
    "merchants": """
        SELECT source, external_id, public_id, slug, name, status, currency, timezone, language FROM accounts_merchant
        WHERE source <> ''
    """,
    "members": """
        SELECT m.slug, u.email, x.roles FROM accounts_membership AS x
        JOIN accounts_merchant AS m ON m.id = x.merchant_id JOIN accounts_user AS u ON u.id = x.user_id
    """,
    "shops": """
        SELECT m.slug, s.name, s.city, s.region, s.postcode, s.country FROM onboarding_shop AS s
        JOIN accounts_merchant AS m ON m.id = s.merchant_id
    """,
    "buyers": """
        SELECT m.slug, b.source, b.external_id, b.public_id, b.name, b.city, b.region, b.postcode, b.country,
            b.known_since
        FROM accounts_buyer AS b JOIN accounts_merchant AS m ON m.id = b.merchant_id
    """,
    "categories": """
        SELECT c.code, c.name, c.language, c.depth, n.language, n.name FROM marketplace_category AS c
        LEFT JOIN marketplace_categoryname AS n ON n.category_id = c.id
    """,
    "channels": "SELECT code, name, currency FROM marketplace_saleschannel",
    "areas": """
        SELECT country, prefix, latitude, longitude, samples, city, region, source FROM marketplace_postcodearea
    """,
    "products": """
        SELECT m.slug, p.source, p.external_id, p.public_id, p.code, p.title, p.title_is_made_up, p.language, c.code,
            p.status, p.version, p.created_at, p.updated_at
        FROM catalog_product AS p JOIN accounts_merchant AS m ON m.id = p.merchant_id
        JOIN marketplace_category AS c ON c.id = p.category_id
    """,
    "variants": """
        SELECT m.slug, p.code, v.source, v.external_id, v.public_id, v.sku, v.weight_g, v.length_mm, v.width_mm,
            v.height_mm, v.position
        FROM catalog_variant AS v JOIN accounts_merchant AS m ON m.id = v.merchant_id
        JOIN catalog_product AS p ON p.id = v.product_id
    """,
    "listings": """
        SELECT m.slug, v.sku, c.code, l.status, l.listed_at FROM catalog_listing AS l
        JOIN accounts_merchant AS m ON m.id = l.merchant_id JOIN catalog_variant AS v ON v.id = l.variant_id
        JOIN marketplace_saleschannel AS c ON c.id = l.channel_id
    """,
    "prices": """
        SELECT m.slug, v.sku, c.code, p.amount_minor, p.currency, p.starts_at FROM pricing_price AS p
        JOIN accounts_merchant AS m ON m.id = p.merchant_id JOIN catalog_variant AS v ON v.id = p.variant_id
        JOIN marketplace_saleschannel AS c ON c.id = p.channel_id
    """,
    "groups": "SELECT source, number, public_id, placed_at, currency, source_status FROM fulfillment_ordergroup",
    "orders": """
        SELECT m.slug, o.source, o.external_id, o.public_id, o.number, g.number, b.external_id, c.code, o.status,
            o.source_status, o.currency, o.items_minor, o.freight_minor, o.charges_minor, o.total_minor, o.paid_minor,
            o.refunded_minor, o.units,
            o.placed_at, o.paid_at, o.recipient, o.phone, o.street, o.city, o.region, o.postcode, o.country, o.version
        FROM fulfillment_order AS o JOIN accounts_merchant AS m ON m.id = o.merchant_id
        JOIN fulfillment_ordergroup AS g ON g.id = o.group_id JOIN accounts_buyer AS b ON b.id = o.buyer_id
        JOIN marketplace_saleschannel AS c ON c.id = o.channel_id
    """,
    "lines": """
        SELECT m.slug, o.number, l.position, v.sku, l.name, l.sku, l.quantity, l.unit_price_minor, l.unit_price_ppm,
            l.goods_minor, l.freight_minor, l.tax_minor, l.currency, l.ship_by_at, l.external_id, l.stated_at,
            l.shipped, l.returned
        FROM fulfillment_orderline AS l JOIN accounts_merchant AS m ON m.id = l.merchant_id
        JOIN fulfillment_order AS o ON o.id = l.order_id LEFT JOIN catalog_variant AS v ON v.id = l.variant_id
    """,
    "refunds": """
        SELECT m.slug, r.public_id, r.key, o.number, r.amount_minor, r.currency, r.reason, r.by, r.at, l.position,
            x.goods_minor, x.freight_minor
        FROM fulfillment_refund AS r JOIN accounts_merchant AS m ON m.id = r.merchant_id
        JOIN fulfillment_order AS o ON o.id = r.order_id JOIN fulfillment_refundline AS x ON x.refund_id = r.id
        JOIN fulfillment_orderline AS l ON l.id = x.line_id
    """,
    "credits": """
        SELECT m.slug, c.source, c.external_id, c.number, v.sku, b.external_id, c.name, c.sku, c.quantity,
            c.unit_price_minor, c.unit_price_ppm, c.goods_minor, c.currency, c.at, c.rule
        FROM fulfillment_creditline AS c JOIN accounts_merchant AS m ON m.id = c.merchant_id
        LEFT JOIN catalog_variant AS v ON v.id = c.variant_id LEFT JOIN accounts_buyer AS b ON b.id = c.buyer_id
    """,
    "matches": """
        SELECT c.external_id, o.number, l.position, r.key, x.quantity, x.amount_minor
        FROM fulfillment_creditmatch AS x JOIN fulfillment_creditline AS c ON c.id = x.credit_id
        JOIN fulfillment_orderline AS l ON l.id = x.line_id JOIN fulfillment_order AS o ON o.id = l.order_id
        LEFT JOIN fulfillment_refund AS r ON r.id = x.refund_id
    """,
    "stock": """
        SELECT m.slug, v.sku, s.on_hand, s.reserved, s.damaged, s.incoming FROM inventory_stocklevel AS s
        JOIN accounts_merchant AS m ON m.id = s.merchant_id JOIN catalog_variant AS v ON v.id = s.variant_id
    """,
    "movements": """
        SELECT m.slug, v.sku, x.kind, x.on_hand, x.damaged, x.incoming, x.on_hand_after, x.reason, x.note, x.key,
            x.owner, x.by, x.at
        FROM inventory_stockmovement AS x JOIN accounts_merchant AS m ON m.id = x.merchant_id
        JOIN inventory_stocklevel AS s ON s.id = x.level_id JOIN catalog_variant AS v ON v.id = s.variant_id
    """,
    "cancellations": """
        SELECT m.slug, o.number, c.reason, c.note, c.by, c.at FROM fulfillment_cancellation AS c
        JOIN accounts_merchant AS m ON m.id = c.merchant_id JOIN fulfillment_order AS o ON o.id = c.order_id
    """,
    "shipments": """
        SELECT m.slug, o.number, s.ship_by_at, s.deliver_by_on, s.handed_over_at, s.delivered_at, s.carrier, s.waybill
        FROM fulfillment_shipment AS s JOIN accounts_merchant AS m ON m.id = s.merchant_id
        JOIN fulfillment_order AS o ON o.id = s.order_id
    """,
    "payments": """
        SELECT m.slug, p.source, p.external_id, g.number, p.sequence, p.kind, p.instalments, p.amount_minor,
            p.currency, p.paid_at
        FROM fulfillment_payment AS p JOIN accounts_merchant AS m ON m.id = p.merchant_id
        JOIN fulfillment_ordergroup AS g ON g.id = p.group_id
    """,
    "parts": """
        SELECT m.slug, o.number, p.external_id, x.sequence, x.kind, x.instalments, x.amount_minor, x.currency, x.paid_at
        FROM fulfillment_paymentpart AS x JOIN accounts_merchant AS m ON m.id = x.merchant_id
        JOIN fulfillment_order AS o ON o.id = x.order_id JOIN fulfillment_payment AS p ON p.id = x.payment_id
    """,
    "reviews": """
        SELECT m.slug, r.source, r.external_id, g.number, o.number, p.code, r.score, r.title, r.text, r.asked_on,
            r.given_at
        FROM support_productreview AS r JOIN accounts_merchant AS m ON m.id = r.merchant_id
        JOIN fulfillment_ordergroup AS g ON g.id = r.group_id LEFT JOIN fulfillment_order AS o ON o.id = r.order_id
        LEFT JOIN catalog_product AS p ON p.id = r.product_id
    """,
    "ledger": """
        SELECT m.slug, t.public_id, t.key, t.kind, t.currency, t.order_number, t.occurred_at, t.period_on, t.by,
            l.account, l.item, l.amount_minor, l.currency, l.period_on
        FROM money_ledgertransaction AS t JOIN accounts_merchant AS m ON m.id = t.merchant_id
        JOIN money_ledgerline AS l ON l.transaction_id = t.id
    """,
    "commissions": """
        SELECT m.slug, t.key, c.line_id, c.position, c.sku, c.quantity, c.currency, c.goods_minor, c.freight_minor,
            c.base_minor, c.rule_code, c.rate_ppm, c.bound, c.fee_minor, c.tax_ppm, c.tax_minor
        FROM money_commissionline AS c JOIN accounts_merchant AS m ON m.id = c.merchant_id
        JOIN money_ledgertransaction AS t ON t.id = c.transaction_id
    """,
    # when a merchant and its warehouse were opened here is our clock's, all else happened at the source
    "facts": """
        SELECT m.slug, e.name, e.about, e.payload, e.actor,
            CASE WHEN e.name LIKE 'accounts.%' THEN NULL ELSE e.occurred_at END
        FROM activity_domainevent AS e JOIN accounts_merchant AS m ON m.id = e.merchant_id
        WHERE e.name <> 'inventory.warehouse.opened'
    """,
}


def dump(rows: Callable[[str], list[tuple]]) -> dict[str, list[str]]:
    """Each table's rows in their own order; `rows` runs a select as someone who sees all merchants."""
    return {
        name: [row for (row,) in rows(f"SELECT r::text FROM ({select}) AS r({_names(select)}) ORDER BY 1")]
        for name, select in SELECTS.items()
    }


def _names(select: str) -> str:
    """Names for the columns, since two may share one."""
    listed, depth = select.split("FROM")[0], 0
    commas = 0
    for letter in listed:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        commas += letter == "," and depth == 0
    return ", ".join(f"c{number}" for number in range(commas + 1))
