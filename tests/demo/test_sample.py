"""The sample shops as `prepare_demo` leaves them: one small sample, which the tests only read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Sum
from django.test import override_settings

from analytics.services.demo import SOURCE, gtin, preparation
from analytics.services.demo.shops import SHOPS
from catalog.models import Variant
from config.demo_logins import LOGINS, PASSWORD
from config.kernel import invariants, scope
from fulfillment.models import Order, Payment, PaymentPart, Refund
from fulfillment.states import CancellationReason, OrderStatus, RefundReason
from inventory.models import Reservation
from merchants.accounts.models import Buyer, Membership, Merchant, User
from merchants.activity.models import DomainEvent
from merchants.desk.models import ImportRun, Job, RejectedLine
from merchants.money.models import LedgerLine, LedgerTransaction, Statement
from merchants.money.selectors import faults
from merchants.onboarding.models import Suspension, Vacation
from merchants.onboarding.states import VacationPhase

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        with transaction.atomic():
            preparation.prepare(password=PASSWORD, now=NOW, say=str, products=5, orders=60)
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
        ("doudou", "zhou@beimu.example", ["owner"]),
        ("inkwell", "rita@rival.example", ["owner"]),
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
    shared = Order.objects.values_list("group", flat=True).annotate(orders=Count("pk")).filter(orders=2)
    assert len(shared) == 4
    for group in shared:
        slugs = Order.objects.filter(group=group).order_by("merchant__slug").values_list("merchant__slug", flat=True)
        assert list(slugs) == ["beimu", "linhai"]


def history():
    """The orders of the year; those of this morning were placed by hand."""
    return Order.objects.filter(source=SOURCE)


def test_statuses_agree_with_dates(prepared):
    for order in history().select_related("shipment", "cancellation", "merchant"):
        parcel, status = order.shipment, order.status
        assert NOW - timedelta(days=365) <= order.placed_at <= NOW
        is_unpaid = status == OrderStatus.CANCELLED and order.cancellation.reason == CancellationReason.UNPAID
        assert (order.paid_at is None) == (status == OrderStatus.PLACED or is_unpaid)
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
    for order in history().select_related("shipment", "cancellation"):
        facts = DomainEvent.objects.filter(about=order.about).exclude(name="support.review.received")
        told = {fact.name.rpartition(".")[2]: fact.occurred_at for fact in facts}
        cancelled_at = order.cancellation.at if order.status == OrderStatus.CANCELLED else None
        rows = {
            "placed": order.placed_at, "paid": order.paid_at, "shipped": order.shipment.handed_over_at,
            "delivered": order.shipment.delivered_at, "cancelled": cancelled_at,
            "refunded": next(iter(Refund.objects.filter(order=order).values_list("at", flat=True)), None),
        }  # fmt: skip
        assert told == {name: at for name, at in rows.items() if at}


def test_people_did_what_people_do(prepared):
    by_name = DomainEvent.objects.filter(merchant__slug="acme").values_list("name", "actor").distinct()
    people = {user.email.partition("@")[0]: f"user:{user.pk}" for user in User.objects.all()}
    olive, sam = people["olive"], people["sam"]
    assert set(by_name) == {
        ("accounts.member.added", "demo"), ("accounts.merchant.opened", "demo"),
        ("catalog.listing.moved", olive), ("catalog.product.created", olive), ("catalog.product.moved", olive),
        ("catalog.product.pictured", olive), ("catalog.variant.added", olive), ("desk.import.ended", olive),
        ("desk.import.file_received", olive), ("desk.import.started", olive), ("desk.job.ended", "demo"),
        ("desk.job.ended", olive),
        ("desk.job.queued", olive), ("desk.work_item.opened", "demo"),
        ("desk.work_item.opened", olive), ("fulfillment.order.cancelled", sam),
        ("fulfillment.order.delivered", "demo"), ("fulfillment.order.paid", "demo"), ("fulfillment.order.paid", olive),
        ("fulfillment.order.placed", "demo"), ("fulfillment.order.placed", olive),
        ("fulfillment.order.shipped", sam), ("inventory.stock.alert_line_set", olive),
        ("inventory.stock.received", olive), ("inventory.warehouse.opened", olive), ("money.statement.closed", "demo"),
        ("pricing.price.set", olive), ("support.review.received", "demo"),
    }  # fmt: skip


def test_barcodes_are_valid_and_nobody_elses(prepared):
    codes = list(Variant.objects.values_list("barcode", flat=True))
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert len(code) == 13 and code.startswith("2")
        assert gtin.check_digit(code[:12]) == code[12]


def test_money_that_went_back_has_its_row_and_its_entry(prepared):
    refunds = Refund.objects.select_related("order")
    assert {refund.reason == RefundReason.CANCELLED for refund in refunds} == {True, False}
    for refund in refunds:
        entry = LedgerTransaction.objects.get(merchant=refund.merchant_id, key=f"refund:{refund.public_id}")
        lines = LedgerLine.objects.filter(transaction=entry, account="merchant_payable", item="refund")
        assert sum(line.amount_minor for line in lines) == -refund.amount.minor
    assert list(faults.faults()) == []


def test_months_that_are_over_are_closed_soon_after_their_end(prepared):
    latest = dict(Statement.objects.order_by("period_on").values_list("merchant__slug", "period_on"))
    assert {slug: latest[slug] for slug in ("acme", "linhai")} == dict.fromkeys(["acme", "linhai"], date(2025, 2, 1))
    assert len(latest) == len(SHOPS) and max(latest.values()) == date(2025, 2, 1)
    for statement in Statement.objects.filter(merchant__slug="acme"):
        ended = (statement.period_on + timedelta(days=31)).replace(day=1)
        assert (statement.closed_at + timedelta(hours=1)).date() == ended  # Berlin is ahead


def test_one_shop_is_suspended_and_one_on_vacation(prepared):
    assert list(Merchant.objects.exclude(status="open").values_list("slug", flat=True)) == ["doudou"]
    assert Suspension.objects.get().merchant.slug == "doudou"
    vacation = Vacation.objects.get()
    assert (vacation.merchant.slug, vacation.phase(NOW)) == ("inkwell", VacationPhase.RUNNING)
    for closed, since in (("doudou", Suspension.objects.get().at), ("inkwell", vacation.starts_at)):
        assert not Order.objects.filter(merchant__slug=closed, placed_at__gte=since).exists()


def test_each_shop_that_sells_has_work_today(prepared):
    for slug in ("acme", "beimu", "linhai", "rival"):
        mine = {"merchant__slug": slug}
        run = ImportRun.objects.get(**mine, status="completed")
        assert RejectedLine.objects.filter(run=run).count() == 3
        assert Job.objects.filter(**mine, status="failed").count() == 1
        placed = Order.objects.filter(**mine, source="direct")
        assert placed.filter(status="placed").count() == 2
        assert placed.filter(status="paid").count() == 6
        for order in placed:
            held = Reservation.objects.filter(owner=order.about)
            assert sum(each.quantity for each in held) == order.units


def test_stock_and_orders_agree_with_what_lies_behind_them(prepared):
    with scope.acting_for_nobody():
        found = invariants.broken()
    assert {name: rows for name, rows in found.items() if rows} == {}
