"""The nine tables of Olist and what their lines say."""

import hashlib
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from analytics.rules import values
from analytics.rules.values import Remarks
from analytics.services.imports.staging import SourceTable
from fulfillment.states import CancellationReason, OrderStatus, PaymentKind

SOURCE, CURRENCY, COUNTRY = "olist", "BRL", "BR"
ZONE = ZoneInfo("America/Sao_Paulo")
POSTCODE_DIGITS = 5
UNCATEGORIZED = "uncategorized"

STATUS = {
    "created": OrderStatus.PLACED,
    "approved": OrderStatus.PAID,
    "invoiced": OrderStatus.PAID,
    "processing": OrderStatus.PAID,
    "shipped": OrderStatus.SHIPPED,
    "delivered": OrderStatus.DELIVERED,
    "canceled": OrderStatus.CANCELLED,
    "unavailable": OrderStatus.CANCELLED,
}
REASON = {
    "canceled": CancellationReason.SOURCE_CANCELLED,
    "unavailable": CancellationReason.SOURCE_UNAVAILABLE,
}
KIND = {
    "credit_card": PaymentKind.CARD,
    "debit_card": PaymentKind.DEBIT,
    "boleto": PaymentKind.BOLETO,
    "voucher": PaymentKind.VOUCHER,
    "not_defined": PaymentKind.UNDEFINED,
}
TEXT, WHOLE, MOMENT, DAY = "text", "bigint", "timestamptz", "date"


def handle(key: str) -> str:
    """A key of the source as it may stand in an address."""
    return key if re.fullmatch(r"[0-9a-z]{8,40}", key) else hashlib.sha256(key.encode()).hexdigest()[:32]


def _place(code: str, city: str, state: str, prefix: str, remarks: Remarks) -> list:
    return [
        values.postcode(code, f"{prefix}_zip_code_prefix", POSTCODE_DIGITS, remarks),
        values.city(city, f"{prefix}_city", remarks),
        values.text_of(state, f"{prefix}_state", 60, remarks),
    ]


def _seller(fields: Sequence[str], remarks: Remarks) -> list:
    seller, *place = fields
    seller = values.key(seller, "seller_id", remarks)
    return [seller, handle(seller), *_place(*place, "seller", remarks)]


def _product(fields: Sequence[str], remarks: Remarks) -> list:
    product, category, weight, length, height, width = fields
    product = values.key(product, "product_id", remarks)
    if not category:
        remarks.normalise("missing_category", "product_category_name", "", UNCATEGORIZED)
    sizes = {"product_length_cm": length, "product_height_cm": height, "product_width_cm": width}
    return [
        product,
        handle(product),
        values.text_of(category, "product_category_name", 70, remarks),
        values.measure(weight, "product_weight_g", remarks),
        *(values.measure(size, name, remarks, scale=10) for name, size in sizes.items()),
    ]


def _customer(fields: Sequence[str], remarks: Remarks) -> list:
    customer, person, *place = fields
    return [
        values.key(customer, "customer_id", remarks),
        values.key(person, "customer_unique_id", remarks),
        *_place(*place, "customer", remarks),
    ]


def _order(fields: Sequence[str], remarks: Remarks) -> list:
    order, customer, status, purchased, approved, handed_over, delivered, estimate = fields
    order = values.key(order, "order_id", remarks)
    if status not in STATUS:
        remarks.reject("status_unknown", "order_status", status)
    row = [
        order,
        handle(order),
        values.key(customer, "customer_id", remarks),
        status[:40],
        values.moment(purchased, "order_purchase_timestamp", ZONE, remarks, required=True),
        values.moment(approved, "order_approved_at", ZONE, remarks),
        values.moment(handed_over, "order_delivered_carrier_date", ZONE, remarks),
        values.moment(delivered, "order_delivered_customer_date", ZONE, remarks),
        values.day(estimate, "order_estimated_delivery_date", remarks),
    ]
    _question(status, *row[5:8], remarks)
    return row


def _question(status: str, approved, handed_over, delivered, remarks: Remarks) -> None:
    """What cannot quite have been, but is history."""
    if delivered and handed_over and delivered < handed_over:
        remarks.accept("delivered_before_handed_over", "order_delivered_customer_date", str(delivered))
    if handed_over and approved and handed_over < approved:
        remarks.accept("handed_over_before_approved", "order_delivered_carrier_date", str(handed_over))
    if status in REASON and delivered:
        remarks.accept("canceled_yet_delivered", "order_status", str(delivered))
    if status == "delivered" and not delivered:
        remarks.accept("delivered_without_a_date", "order_delivered_customer_date")


def _item(fields: Sequence[str], remarks: Remarks) -> list:
    order, item, product, seller, ship_by, price, freight = fields
    return [
        values.key(order, "order_id", remarks),
        values.count(item, "order_item_id", remarks),
        values.key(product, "product_id", remarks),
        values.key(seller, "seller_id", remarks),
        values.moment(ship_by, "shipping_limit_date", ZONE, remarks),
        values.amount(price, "price", CURRENCY, remarks),
        values.amount(freight, "freight_value", CURRENCY, remarks),
    ]


def _payment(fields: Sequence[str], remarks: Remarks) -> list:
    order, sequence, kind, instalments, amount = fields
    if kind == "not_defined":
        remarks.accept("kind_undefined", "payment_type", kind)
    elif kind not in KIND:
        remarks.normalise("kind_unknown", "payment_type", kind, "not_defined")
    return [
        values.key(order, "order_id", remarks),
        values.count(sequence, "payment_sequential", remarks),
        KIND.get(kind, PaymentKind.UNDEFINED),
        values.count(instalments, "payment_installments", remarks),
        values.amount(amount, "payment_value", CURRENCY, remarks),
    ]


def _review(fields: Sequence[str], remarks: Remarks) -> list:
    review, order, score, title, message, asked, given = fields
    if score not in {"1", "2", "3", "4", "5"}:
        remarks.reject("score_unreadable", "review_score", score)
    return [
        values.key(review, "review_id", remarks),
        values.key(order, "order_id", remarks),
        int(score) if score in {"1", "2", "3", "4", "5"} else None,
        values.text_of(title, "review_comment_title", 200, remarks),
        message,
        values.day(asked, "review_creation_date", remarks),
        values.moment(given, "review_answer_timestamp", ZONE, remarks, required=True),
    ]


def _point(fields: Sequence[str], remarks: Remarks) -> list:
    prefix, latitude, longitude, city, state = fields
    prefix = values.postcode(prefix, "geolocation_zip_code_prefix", POSTCODE_DIGITS, remarks)
    return [
        values.key(prefix, "geolocation_zip_code_prefix", remarks),
        values.coordinate(latitude, "geolocation_lat", 90, remarks),
        values.coordinate(longitude, "geolocation_lng", 180, remarks),
        values.city(city, "geolocation_city", remarks),
        values.text_of(state, "geolocation_state", 60, remarks),
    ]


def _translation(fields: Sequence[str], remarks: Remarks) -> list:
    name, english = fields
    return [values.key(name, "product_category_name", remarks), values.text_of(english, "english", 100, remarks)]


PLACE = {"postcode": TEXT, "city": TEXT, "state": TEXT}
SELLERS = SourceTable(
    "sellers", "olist_sellers_dataset.csv",
    ["seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"],
    {"seller_id": TEXT, "handle": TEXT} | PLACE, ["seller_id"], _seller, {},
)  # fmt: skip
TRANSLATION = SourceTable(
    "translation", "product_category_name_translation.csv",
    ["product_category_name", "product_category_name_english"],
    {"category": TEXT, "english": TEXT}, ["category"], _translation, {},
)  # fmt: skip
PRODUCTS = SourceTable(
    "products", "olist_products_dataset.csv",
    ["product_id", "product_category_name", "product_weight_g", "product_length_cm", "product_height_cm",
     "product_width_cm"],
    {"product_id": TEXT, "handle": TEXT, "category": TEXT, "weight_g": WHOLE, "length_mm": WHOLE, "height_mm": WHOLE,
     "width_mm": WHOLE}, ["product_id"], _product, {},
)  # fmt: skip
CUSTOMERS = SourceTable(
    "customers", "olist_customers_dataset.csv",
    ["customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state"],
    {"customer_id": TEXT, "unique_id": TEXT} | PLACE, ["customer_id"], _customer, {},
)  # fmt: skip
ORDERS = SourceTable(
    "orders", "olist_orders_dataset.csv",
    ["order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
     "order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date"],
    {"order_id": TEXT, "handle": TEXT, "customer_id": TEXT, "status": TEXT, "purchased": MOMENT, "approved": MOMENT,
     "handed_over": MOMENT, "delivered": MOMENT, "estimate": DAY}, ["order_id"], _order,
    {"customer_id": ("customers", "customer_id")},
)  # fmt: skip
ITEMS = SourceTable(
    "items", "olist_order_items_dataset.csv",
    ["order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value"],
    {"order_id": TEXT, "item": WHOLE, "product_id": TEXT, "seller_id": TEXT, "ship_by": MOMENT, "price": WHOLE,
     "freight": WHOLE}, ["order_id", "item"], _item,
    {"order_id": ("orders", "order_id"), "product_id": ("products", "product_id"),
     "seller_id": ("sellers", "seller_id")},
)  # fmt: skip
PAYMENTS = SourceTable(
    "payments", "olist_order_payments_dataset.csv",
    ["order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value"],
    {"order_id": TEXT, "sequence": WHOLE, "kind": TEXT, "instalments": WHOLE, "amount": WHOLE},
    ["order_id", "sequence"], _payment, {"order_id": ("orders", "order_id")},
)  # fmt: skip
REVIEWS = SourceTable(
    "reviews", "olist_order_reviews_dataset.csv",
    ["review_id", "order_id", "review_score", "review_comment_title", "review_comment_message",
     "review_creation_date", "review_answer_timestamp"],
    {"review_id": TEXT, "order_id": TEXT, "score": WHOLE, "title": TEXT, "message": TEXT, "asked": DAY,
     "given": MOMENT}, ["review_id", "order_id"], _review, {"order_id": ("orders", "order_id")},
)  # fmt: skip
GEOLOCATION = SourceTable(
    "geolocation", "olist_geolocation_dataset.csv",
    ["geolocation_zip_code_prefix", "geolocation_lat", "geolocation_lng", "geolocation_city", "geolocation_state"],
    {"prefix": TEXT, "latitude": "float8", "longitude": "float8", "city": TEXT, "state": TEXT}, [], _point, {},
)  # fmt: skip
ALL = [TRANSLATION, SELLERS, PRODUCTS, CUSTOMERS, ORDERS, ITEMS, PAYMENTS, REVIEWS, GEOLOCATION]
CHILDREN = [ITEMS, PAYMENTS, REVIEWS]  # of an order
