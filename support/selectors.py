"""Reads of what buyers think."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, QuerySet, Sum

from catalog.models import Product
from fulfillment.models import Order
from support.models import ProductReview

NEWEST = 5
HIGHEST = chr(0x10FFFF)  # ends the range of a prefix


@dataclass(frozen=True)
class Summary:
    """How many buyers judged, and how on average, to one decimal; None without a review."""

    count: int
    average: Decimal | None


def reviews() -> QuerySet[ProductReview]:
    """For the list: with order number and product; the rest of an order is not read."""
    rows = ProductReview.objects.select_related("order", "product__picture")
    return rows.only(
        "score", "title", "text", "given_at", "merchant", "order__number", "product__code", "product__title",
        "product__picture__thumb", "product__picture__product",
    )  # fmt: skip


def reviews_of_order(order: Order) -> QuerySet[ProductReview]:
    return ProductReview.objects.filter(order=order).select_related("product").order_by("-given_at", "-pk")


def newest_of_product(product: Product) -> list[ProductReview]:
    rows = ProductReview.objects.filter(product=product).select_related("order").only(
        "score", "title", "text", "given_at", "merchant", "product", "order__number"
    )  # fmt: skip
    return list(rows.order_by("-given_at", "-pk")[:NEWEST])


def summary(product: Product) -> Summary:
    found = ProductReview.objects.filter(product=product).aggregate(count=Count("pk"), stars=Sum("score"))
    if not found["count"]:
        return Summary(0, None)
    average = Decimal(found["stars"]) / found["count"]
    return Summary(found["count"], average.quantize(Decimal("0.1"), ROUND_HALF_UP))


def about(text: str) -> Q:
    """Reviews of orders whose number begins so, or of the product with this code."""
    of_order = Order.objects.filter(number__gte=text, number__lt=text + HIGHEST).values("pk")
    return Q(order__in=of_order) | Q(product__in=Product.objects.filter(code=text).values("pk"))
