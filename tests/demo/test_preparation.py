"""The sample shops as `prepare_demo` leaves them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from analytics.services.demo import preparation, trade
from analytics.services.demo.plan import Planner
from analytics.services.demo.shops import ACME, BEIMU, LINHAI, RIVAL, SHOPS
from catalog.models import Listing, Product, ProductPicture, Variant
from catalog.states import ListingStatus, ProductStatus
from config.demo_logins import PASSWORD
from config.kernel import scope
from fulfillment.models import Cancellation, Order, OrderGroup, OrderLine, Payment, PaymentPart, Shipment
from fulfillment.states import OrderStatus
from merchants.accounts.models import Buyer, Membership, Merchant, User
from merchants.activity.models import DomainEvent
from merchants.marketplace.models import Category
from merchants.money.models import CommissionLine, LedgerTransaction
from merchants.money.selectors import faults
from pricing.models import Price
from support.models import ProductReview

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
ALL = [
    Merchant, User, Membership, Category, Product, Variant, ProductPicture, Listing, Price, Buyer, OrderGroup, Order,
    OrderLine, Shipment, Cancellation, Payment, PaymentPart, ProductReview, DomainEvent,
]  # fmt: skip


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def prepare(*, now=NOW, products=5, orders=20) -> list[str]:
    told: list[str] = []
    preparation.prepare(password=PASSWORD, now=now, say=told.append, products=products, orders=orders)
    return told


def counts() -> dict[str, int]:
    with scope.across_merchants(because="a test counts rows"):
        return {model.__name__: model.objects.count() for model in ALL}


def told_of_all() -> tuple[list, ...]:
    """What is the same for the same moment, without keys."""
    with scope.across_merchants(because="a test compares two runs"):
        return (
            list(Product.objects.order_by("code").values_list("public_id", "code", "title", "status", "created_at")),
            list(Order.objects.filter(source="demo").order_by("number").values_list("public_id", flat=True)),
            list(Order.objects.order_by("number").values_list(
                "number", "status", "total_minor", "paid_minor", "recipient", "phone", "placed_at")),
            list(OrderLine.objects.order_by("order__number", "position").values_list(
                "name", "sku", "quantity", "unit_price_minor", "tax_minor", "ship_by_at")),
            list(ProductReview.objects.order_by("external_id").values_list("score", "title", "text", "given_at")),
        )  # fmt: skip


@pytest.mark.django_db
def test_a_second_run_adds_nothing():
    prepare()
    before = counts()

    told = prepare(now=NOW + timedelta(days=3))

    assert counts() == before
    selling = [f"{shop.name}: the products are there" for shop in SHOPS[:-1]]  # the last one is suspended
    assert told[1:] == [*selling, "the orders are there", "the statements are there"]


@pytest.mark.django_db
def test_a_run_that_was_ended_in_the_middle_is_completed_by_the_next(monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(preparation, "trade", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare()
    with monkeypatch.context() as patched:
        patched.setattr(trade.reviews_intake, "reviews", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare()
    assert counts()["Order"] == 0  # all orders or none

    prepare()

    assert counts()["Product"] == 30
    placed_today = 8 * 4
    assert counts()["Order"] == 6 * 20 + 1 + placed_today  # one of them went together with a neighbor's


@pytest.mark.django_db
def test_goods_that_were_added_to_the_sample_since_are_added():
    prepare(products=3)

    assert prepare(products=5)[1] == "Acme Outfitters: 2 products with pictures"
    assert counts()["Product"] == 28  # the shop that is suspended by now puts nothing on sale


@pytest.mark.django_db
def test_the_same_moment_gives_the_same_sample():
    samples = []
    for _ in range(2):
        with transaction.atomic():
            prepare()
            samples.append(told_of_all())
            transaction.set_rollback(True)

    assert samples[0] == samples[1]
    assert [len(rows) for rows in samples[0]][:2] == [30, 121]


def test_another_day_has_the_same_goods_and_other_dates():
    day_after = NOW + timedelta(days=1)
    plans = [Planner(now=now).groups(ACME, count=30) for now in (NOW, day_after)]

    assert max(group.orders[0].placed_at for group in plans[0]) <= NOW
    assert NOW < max(group.orders[0].placed_at for group in plans[1]) <= day_after


@pytest.mark.django_db
def test_the_command_refuses_where_no_demo_is_meant(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("prepare_demo")

    assert not Merchant.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.slow
def test_the_whole_sample_is_as_large_as_life():
    preparation.prepare(password=PASSWORD, now=NOW, say=str)

    with scope.across_merchants(because="a test reads all sample shops"):
        totals = {shop.slug: Product.objects.filter(merchant__slug=shop.slug).count() for shop in SHOPS}
        assert totals == {"acme": 70, "rival": 70, "linhai": 70, "beimu": 70, "inkwell": 60, "doudou": 60}
        assert ProductPicture.objects.values("sha256").distinct().count() == 400  # no two look the same
        placed = dict(Order.objects.values_list("merchant__slug").annotate(Count("pk")))
        assert placed == {
            "acme": 2_408, "rival": 1_908, "linhai": 2_708, "beimu": 2_177, "inkwell": 1_300, "doudou": 1_500,
        }  # fmt: skip
        assert set(Order.objects.values_list("status", flat=True)) == set(OrderStatus)
        assert set(Product.objects.values_list("status", flat=True)) == set(ProductStatus)
        assert set(Listing.objects.values_list("status", flat=True)) == {ListingStatus.LIVE, ListingStatus.PAUSED}
        waiting = Shipment.objects.filter(order__status=OrderStatus.PAID)
        for shop in (ACME, RIVAL, LINHAI, BEIMU):  # the other two are closed
            mine = waiting.filter(merchant__slug=shop.slug)
            assert mine.filter(ship_by_at__lt=NOW).exists(), f"{shop.slug}: nothing is overdue"
            assert mine.filter(ship_by_at__gt=NOW).exists(), f"{shop.slug}: nothing is due"
        delivered, reviewed = Order.objects.filter(status=OrderStatus.DELIVERED).count(), ProductReview.objects.count()
        assert 0.25 < reviewed / delivered < 0.4
        good = ProductReview.objects.filter(score__gte=4).count()
        assert good / reviewed > 0.75


@pytest.mark.django_db
def test_paid_orders_are_in_the_books():
    prepare()
    with scope.across_merchants(because="a test checks all books"):
        waiting = Order.objects.filter(status=OrderStatus.PLACED, paid_minor=0)
        ended = Order.objects.filter(status=OrderStatus.CANCELLED, paid_minor=0)
        paid = Order.objects.exclude(pk__in=waiting.values("pk")).exclude(pk__in=ended.values("pk"))
        posted = LedgerTransaction.objects.values_list("order_id", "kind")
        assert {order_id for order_id, _kind in posted} == {order.public_id for order in paid}
        assert {kind for _order_id, kind in posted} == {"sale", "refund"}
        for order in paid.filter(status=OrderStatus.CANCELLED):
            assert order.refunded_minor == order.paid_minor == order.total_minor
        assert list(faults.faults()) == []
        assert not CommissionLine.objects.filter(rule=None).exists()
