"""Sources in the form of Olist's tables: small ones written by hand, and large ones of any size."""

import csv
import hashlib
import random
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

HEADERS = {
    "olist_sellers_dataset.csv": ["seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"],
    "olist_products_dataset.csv": [
        "product_id", "product_category_name", "product_name_lenght", "product_description_lenght",
        "product_photos_qty", "product_weight_g", "product_length_cm", "product_height_cm", "product_width_cm",
    ],
    "olist_customers_dataset.csv": [
        "customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state",
    ],
    "olist_orders_dataset.csv": [
        "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
        "order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date",
    ],
    "olist_order_items_dataset.csv": [
        "order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value",
    ],
    "olist_order_payments_dataset.csv": [
        "order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value",
    ],
    "olist_order_reviews_dataset.csv": [
        "review_id", "order_id", "review_score", "review_comment_title", "review_comment_message",
        "review_creation_date", "review_answer_timestamp",
    ],
    "olist_geolocation_dataset.csv": [
        "geolocation_zip_code_prefix", "geolocation_lat", "geolocation_lng", "geolocation_city", "geolocation_state",
    ],
    "product_category_name_translation.csv": ["product_category_name", "product_category_name_english"],
}  # fmt: skip
SHORT = {
    "sellers": "olist_sellers_dataset.csv", "products": "olist_products_dataset.csv",
    "customers": "olist_customers_dataset.csv", "orders": "olist_orders_dataset.csv",
    "items": "olist_order_items_dataset.csv", "payments": "olist_order_payments_dataset.csv",
    "reviews": "olist_order_reviews_dataset.csv", "geolocation": "olist_geolocation_dataset.csv",
    "translation": "product_category_name_translation.csv",
}  # fmt: skip


def key(*words) -> str:
    """A key as the source has them."""
    return hashlib.md5(":".join(map(str, words)).encode(), usedforsecurity=False).hexdigest()


class OlistSource:
    """A source that is written row by row; a row may be given anything, also nonsense."""

    def __init__(self):
        self.rows: dict[str, list[list[str]]] = {name: [] for name in SHORT}
        self.row("translation", "beleza", "health_beauty")

    def row(self, table: str, *fields) -> None:
        self.rows[table].append([str(field) for field in fields])

    def seller(self, name: str, *, postcode: str = "01012", city: str = "sao paulo", state: str = "SP") -> str:
        self.row("sellers", key("seller", name), postcode, city, state)
        return key("seller", name)

    def product(self, name: str, *, category: str = "beleza", weight: str = "500") -> str:
        self.row("products", key("product", name), category, "40", "200", "1", weight, "20", "10", "15")
        return key("product", name)

    def customer(self, name: str, *, person: str = "", city: str = "campinas") -> str:
        self.row("customers", key("customer", name), key("person", person or name), "13010", city, "SP")
        return key("customer", name)

    def order(
        self, name: str, *, items: Sequence[Sequence] = (), payments: Sequence[Sequence] = (),
        status: str = "delivered", purchased: str = "2018-03-01 10:00:00", approved: str = "2018-03-01 10:30:00",
        handed_over: str = "2018-03-02 09:00:00", delivered: str = "2018-03-07 18:00:00",
        estimate: str = "2018-03-20 00:00:00", customer: str = "", person: str = "", reviews: Sequence[str] = (),
    ) -> str:  # fmt: skip
        """`items` are (seller, product, price, freight), `payments` (kind, instalments, amount), `reviews` scores."""
        order = key("order", name)
        customer = customer or self.customer(name, person=person)
        self.row("orders", order, customer, status, purchased, approved, handed_over, delivered, estimate)
        for number, (seller, product, price, freight) in enumerate(items, 1):
            self.row("items", order, number, product, seller, "2018-03-05 12:00:00", price, freight)
        for number, payment in enumerate(payments, 1):
            self.row("payments", order, number, *payment)
        for number, score in enumerate(reviews):
            text = "" if number else "Chegou antes do prazo"
            self.row(
                "reviews", key("review", name, number), order, score, "", text, "2018-03-08 00:00:00",
                "2018-03-09 08:00:00",
            )  # fmt: skip
        return order

    def write(self, folder: Path, *, only: Sequence[str] = tuple(SHORT)) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for table in only:
            with open(folder / SHORT[table], "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(HEADERS[SHORT[table]])
                writer.writerows(self.rows[table])
        return folder

    def write_zip(self, path: Path, *, folders: Sequence[str] = ("data",)) -> Path:
        self.write(path.parent / "unzipped")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for folder in folders:
                for name in HEADERS:
                    archive.write(path.parent / "unzipped" / name, f"{folder}/{name}")
        return path


CATEGORIES = ["beleza", "moveis", "automotivo", "brinquedos"]


def write_large(folder: Path, orders: int, *, seed: int = 1) -> Path:
    """A consistent source of many orders, in the proportions of the real one, written as it is made."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {table: open(folder / name, "w", newline="", encoding="utf-8") for table, name in SHORT.items()}
    writers = {table: csv.writer(file) for table, file in files.items()}
    for table, name in SHORT.items():
        writers[table].writerow(HEADERS[name])
    for table, row in _large(orders, random.Random(seed)):
        writers[table].writerow(row)
    for file in files.values():
        file.close()
    return folder


def _large(orders: int, dice: random.Random) -> Iterator[tuple[str, list]]:
    sellers, products = max(3, orders // 5), max(5, orders * 2 // 3)
    for name in CATEGORIES[:-1]:
        yield "translation", [name, f"{name}_in_english"]
    for number in range(sellers):
        city = "sp / sp" if number % 200 == 7 else "campinas"
        yield "sellers", [key("seller", number), f"{1000 + number % 90_000:05}", city, "SP"]
    for number in range(products):
        category = "" if number % 50 == 3 else CATEGORIES[number % len(CATEGORIES)]
        yield "products", [key("product", number), category, 40, 200, 1, 500 + number % 90, 20, 10, 15]
    for number in range(orders * 5):
        place = [f"{1000 + number % max(orders, 10) % 90_000:05}", -23.5 - dice.random(), -46.6 - dice.random()]
        yield "geolocation", [*place, "sao paulo", "SP"]
    for number in range(orders):
        yield from _large_order(number, sellers, products, dice)


def _large_order(number: int, sellers: int, products: int, dice: random.Random) -> Iterator[tuple[str, list]]:
    order, placed = key("order", number), datetime(2017, 1, 5) + timedelta(minutes=dice.randrange(850_000))
    status = dice.choices(["delivered", "shipped", "canceled", "invoiced"], [64, 14, 15, 7])[0]
    customer = [key("customer", number), key("person", number - number % 40 % 2), "13010", "campinas", "SP"]
    yield "customers", customer
    later = [placed + timedelta(hours=hours) for hours in (1, 30, 150)]
    known = {"delivered": 3, "shipped": 2, "canceled": 1, "invoiced": 1}[status]
    moments = [*later[:known], *[""] * (3 - known)]
    yield "orders", [order, customer[0], status, placed, *moments, placed.date() + timedelta(days=20)]
    total = 0
    for item in range(1, 1 + (0 if number % 10 == 9 else dice.choice([1, 1, 1, 2]))):
        price, freight = dice.randrange(500, 30_000), dice.randrange(800, 3_000)
        total += price + freight
        product = dice.randrange(products)
        yield "items", [
            order, item, key("product", product), key("seller", (product + item) % sellers), later[1],
            f"{price / 100:.2f}", f"{freight / 100:.2f}",
        ]  # fmt: skip
    total = (total or dice.randrange(500, 30_000)) + (250 if number % 300 == 11 else 0)
    first = total // 3 if number % 12 == 5 else 0
    if first:
        yield "payments", [order, 2, "voucher", 1, f"{first / 100:.2f}"]
    yield "payments", [order, 1, "credit_card", 1 + number % 300 % 7, f"{(total - first) / 100:.2f}"]
    answered = later[2] + timedelta(days=2)
    yield "reviews", [
        key("review", number), order, 1 + number % 5, "", "Muito bom, recomendo. " * (number % 4), later[2].date(),
        answered,
    ]  # fmt: skip
