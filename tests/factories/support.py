from fulfillment.models import Order
from fulfillment.states import OrderStatus
from support.models import ProductReview
from tests.factories.accounts import THEN
from tests.factories.fulfillment import make_order


def make_review(order: Order | None = None, **overrides) -> ProductReview:
    """A review of an order, and of its product where the order has just one."""
    order = order or make_order(status=OrderStatus.DELIVERED)
    products = {line.variant.product for line in order.lines.select_related("variant__product").order_by("position")}
    values = {
        "group": order.group, "order": order, "product": products.pop() if len(products) == 1 else None, "score": 5,
        "title": "Just right", "text": "Came quickly and fits.", "given_at": THEN,
    }  # fmt: skip
    return ProductReview.objects.create(**values | overrides)
