"""What is wrong with orders: each statement names those that are not what lies behind them."""

from django.db import connection

from config.kernel import scope

# what a paid order still has to send is set aside, and what has ended holds nothing; money and units add up
WRONG_ORDERS = """
    SELECT merchant.slug, placed.number, fault
    FROM fulfillment_order AS placed JOIN accounts_merchant AS merchant ON merchant.id = placed.merchant_id
    LEFT JOIN (
        SELECT order_id, sum(quantity - shipped) AS waiting FROM fulfillment_orderline GROUP BY order_id
    ) AS line ON line.order_id = placed.id
    LEFT JOIN (
        SELECT merchant_id, owner, sum(quantity - shipped - released) AS units
        FROM inventory_reservation GROUP BY merchant_id, owner
    ) AS held ON held.merchant_id = placed.merchant_id AND held.owner = 'order:' || placed.public_id
    LEFT JOIN (
        SELECT refund.order_id, sum(refund.amount_minor) AS minor, sum(share.minor) AS shares
        FROM fulfillment_refund AS refund JOIN (
            SELECT refund_id, sum(goods_minor + freight_minor) AS minor FROM fulfillment_refundline GROUP BY refund_id
        ) AS share ON share.refund_id = refund.id GROUP BY refund.order_id
    ) AS back ON back.order_id = placed.id
    CROSS JOIN LATERAL (VALUES
        (placed.source = 'direct' AND placed.status = 'paid' AND coalesce(held.units, 0) <> line.waiting,
         'is paid, but not all it has to send is set aside'),
        (placed.status IN ('cancelled', 'shipped', 'delivered') AND coalesce(held.units, 0) <> 0,
         'has ended, but still holds stock'),
        (placed.refunded_minor <> coalesce(back.minor, 0) OR coalesce(back.minor, 0) <> coalesce(back.shares, 0),
         'has refunds that do not add up')
    ) AS found (is_broken, fault)
    WHERE is_broken ORDER BY merchant.slug, placed.number
"""
WRONG_LINES = """
    SELECT merchant.slug, placed.number, 'has a line of which other units left, or came back: ' || line.sku
    FROM fulfillment_orderline AS line
    JOIN fulfillment_order AS placed ON placed.id = line.order_id
    JOIN accounts_merchant AS merchant ON merchant.id = line.merchant_id
    LEFT JOIN (
        SELECT line_id, sum(quantity) AS units FROM fulfillment_parcelline GROUP BY line_id
    ) AS sent ON sent.line_id = line.id
    LEFT JOIN (
        SELECT line_id, sum(quantity) AS units FROM fulfillment_creditmatch GROUP BY line_id
    ) AS back ON back.line_id = line.id
    WHERE (placed.source = 'direct' AND line.shipped <> coalesce(sent.units, 0)) OR line.returned > line.shipped
        OR coalesce(back.units, 0) > CASE WHEN line.variant_id IS NULL THEN line.quantity ELSE line.returned END
    ORDER BY merchant.slug, placed.number
"""


def wrong_orders() -> list[str]:
    """Orders of all merchants whose stock, parcels or refunds are not what they say."""
    with scope.across_merchants(because="the orders of all merchants are checked"), connection.cursor() as cursor:
        found = []
        for statement in (WRONG_ORDERS, WRONG_LINES):
            cursor.execute(statement)
            found += [f"{slug} {number} {fault}" for slug, number, fault in cursor.fetchall()]
        return found
