"""The factories make rows that all constraints let pass, and no two alike."""

import pytest
from django.db import connection

from catalog.states import ProductStatus
from fulfillment.models import Payment
from fulfillment.states import OrderStatus
from tests.factories.accounts import make_member
from tests.factories.catalog import make_product
from tests.factories.fulfillment import make_order
from tests.factories.support import make_review


@pytest.mark.parametrize("status", OrderStatus)
def test_an_order_in_each_state_stands(acting, status):
    for _ in range(2):
        order = make_order(status=status, lines=[{"quantity": 2, "unit_price_minor": 995}, {"freight_minor": 300}])
    connection.check_constraints()
    assert (order.items_minor, order.freight_minor, order.total_minor, order.units) == (3980, 300, 4280, 3)
    paid = 0 if status == OrderStatus.PLACED else 4280
    assert order.paid_minor == paid == sum(part.amount_minor for part in order.payment_parts.order_by("pk"))
    assert (order.paid_at is None) is (paid == 0)
    assert (order.shipment.delivered_at is None) is (status != OrderStatus.DELIVERED)


def test_payments_belong_to_the_platform(acting, platform):
    make_order(payments=[700, {"amount_minor": 1290, "instalments": 3}])
    assert Payment.objects.count() == 0


def test_a_review_is_tied_to_the_only_product(acting):
    assert make_review().product.variants.get().sku
    assert make_review(make_order(lines=[{}, {}], status=OrderStatus.DELIVERED)).product is None
    connection.check_constraints()


@pytest.mark.parametrize("status", ProductStatus)
def test_only_a_ready_product_is_listed(acting, status):
    product = make_product(status=status)
    make_member()
    assert product.variants.get().listings.count() == (1 if status == ProductStatus.READY else 0)
    connection.check_constraints()
