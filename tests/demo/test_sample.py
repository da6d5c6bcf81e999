"""The sample shops as `prepare_demo` leaves them: one small sample, which the tests only read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Sum
from django.test import override_settings

from analytics.services.demo import gtin, preparation
from catalog.models import Variant
from config.demo_logins import LOGINS, PASSWORD
from config.kernel import scope
from fulfillment.models import Order, Payment, PaymentPart
from fulfillment.states import OrderStatus
from merchants.accounts.models import Buyer, Membership, Merchant, User
from merchants.activity.models import DomainEvent

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        with transaction.atomic():
            preparation.prepare(password=PASSWORD, now=NOW, say=str, products=5, orders=20)
            yield
            transaction.set_rollback(True)


@pytest.fixture
def prepared(sample):
    """To be read across its shops."""
    with scope.across_merchants(because="the tests read all sample shops"):
        yield


def test_everybody_of_the_logins_gets_in(prepared, client):
    for email, _who in LOGINS:
        assert client.login(email=email, password=PASSWORD), email


def test_people_have_their_roles(prepared):
    rows = Membership.objects.order_by("merchant__slug", "user__email").values_list(
        "merchant__slug", "user__email", "roles"
    )
    assert list(rows) == [
        ("acme", "olive@acme.example", ["owner"]),
        ("acme", "sam@acme.example", ["fulfillment", "support"]),
        ("beimu", "rita@rival.example", ["manager"]),
        ("beimu", "zhou@beimu.example", ["owner"]),
        ("linhai", "olive@acme.example", ["owner"]),
        ("platform", "admin@zhanggui.example", ["superadmin"]),
        ("rival", "rita@rival.example", ["owner"]),
    ]


def test_addresses_of_people_are_example_ones(prepared):
    assert set(User.objects.values_list("email", flat=True)) == {email for email, _who in LOGINS}
    assert not User.objects.exclude(email__endswith=".example").exists()


def test_buyers_can_be_called_by_nobody(prepared):
    kept_for_fiction = ("+49 30 23125 ", "+49 40 66969 ", "+49 89 99998 ", "+49 69 90009 ", "+49 221 4710 ",
                        "+44 20 7946 0", "+44 113 496 0", "+44 117 496 0", "+44 161 496 0", "+44 131 496 0",
                        "+44 141 496 0", "120 000")  # fmt: skip
    for buyer in Buyer.objects.all():
        assert buyer.phone.startswith(kept_for_fiction), buyer.phone
        assert buyer.name and buyer.street and buyer.city


def test_contact_data_is_stored_encrypted(prepared):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_buyer WHERE phone LIKE '+%' OR street NOT LIKE '%.%'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM fulfillment_order WHERE phone LIKE '+%' OR recipient NOT LIKE '%.%'")
        assert cursor.fetchone() == (0,)


def test_every_order_adds_up(prepared):
    assert not Order.objects.exclude(total_minor=F("items_minor") + F("freight_minor")).exists()
    for order in Order.objects.prefetch_related("lines", "payment_parts"):
        lines = list(order.lines.all())
        assert sum(line.amount.minor for line in lines) == order.items_minor
        assert sum(line.freight_minor for line in lines) == order.freight_minor
        assert sum(line.quantity for line in lines) == order.units
        paid = sum(part.amount_minor for part in order.payment_parts.all())
        assert paid == order.paid_minor == (order.total_minor if order.paid_at else 0)


def test_parts_of_shared_payments_come_out_exactly(prepared):
    platform = Merchant.objects.get(slug=Merchant.PLATFORM)
    assert set(Payment.objects.values_list("merchant", flat=True)) == {platform.pk}
    parts = dict(PaymentPart.objects.values_list("payment").annotate(Sum("amount_minor")))
    assert parts == dict(Payment.objects.values_list("pk", "amount_minor"))
    (group,) = Order.objects.values_list("group", flat=True).annotate(orders=Count("pk")).filter(orders=2)
    slugs = Order.objects.filter(group=group).order_by("merchant__slug").values_list("merchant__slug", flat=True)
    assert list(slugs) == ["beimu", "linhai"]


def test_statuses_agree_with_dates(prepared):
    for order in Order.objects.select_related("shipment", "cancellation", "merchant"):
        parcel, status = order.shipment, order.status
        assert NOW - timedelta(days=30) <= order.placed_at <= NOW
        assert (order.paid_at is None) == (status == OrderStatus.PLACED)
        assert (parcel.handed_over_at is not None) == (status in (OrderStatus.SHIPPED, OrderStatus.DELIVERED))
        assert (parcel.delivered_at is not None) == (status == OrderStatus.DELIVERED)
        assert hasattr(order, "cancellation") == (status == OrderStatus.CANCELLED)
        assert bool(parcel.waybill) == bool(parcel.carrier) == (parcel.handed_over_at is not None)
        assert (parcel.ship_by_at is not None) == (order.paid_at is not None)
        cancelled_at = order.cancellation.at if status == OrderStatus.CANCELLED else None
        course = [order.placed_at, order.paid_at, parcel.handed_over_at, parcel.delivered_at, cancelled_at, NOW]
        known = [moment for moment in course if moment]
        assert known == sorted(known)


def test_facts_tell_the_same_as_the_rows(prepared):
    for order in Order.objects.select_related("shipment", "cancellation"):
        facts = DomainEvent.objects.filter(about=order.about).exclude(name="support.review.received")
        told = {fact.name.rpartition(".")[2]: fact.occurred_at for fact in facts}
        cancelled_at = order.cancellation.at if order.status == OrderStatus.CANCELLED else None
        rows = {
            "placed": order.placed_at, "paid": order.paid_at, "shipped": order.shipment.handed_over_at,
            "delivered": order.shipment.delivered_at, "cancelled": cancelled_at,
        }  # fmt: skip
        assert told == {name: at for name, at in rows.items() if at}


def test_people_did_what_people_do(prepared):
    by_name = DomainEvent.objects.filter(merchant__slug="acme").values_list("name", "actor").distinct()
    people = {user.email.partition("@")[0]: f"user:{user.pk}" for user in User.objects.all()}
    olive, sam = people["olive"], people["sam"]
    assert sorted(by_name) == sorted([
        ("accounts.member.added", "demo"), ("accounts.merchant.opened", "demo"), ("catalog.listing.moved", olive),
        ("catalog.product.created", olive), ("catalog.product.moved", olive), ("catalog.product.pictured", olive),
        ("catalog.variant.added", olive), ("inventory.stock.received", olive),
        ("inventory.warehouse.opened", olive), ("pricing.price.set", olive), ("fulfillment.order.placed", "demo"),
        ("fulfillment.order.paid", "demo"), ("fulfillment.order.shipped", sam),
        ("fulfillment.order.delivered", "demo"), ("fulfillment.order.cancelled", sam),
        ("support.review.received", "demo"),
    ])  # fmt: skip


def test_barcodes_are_valid_and_nobody_elses(prepared):
    codes = list(Variant.objects.values_list("barcode", flat=True))
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert len(code) == 13 and code.startswith("2")
        assert gtin.check_digit(code[:12]) == code[12]
