from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.models import Listing, Product, Variant
from config.kernel import scope
from config.kernel.money import Money
from config.templatetags.ui import money
from fulfillment.models import Cancellation, Order, OrderGroup, OrderLine, Payment, PaymentPart, Shipment
from merchants.accounts.models import Buyer, Membership, Merchant
from merchants.activity.models import DomainEvent
from merchants.marketplace.models import Category, PostcodeArea
from merchants.onboarding.models import Shop
from pricing.models import Price
from support.models import ProductReview
from tests.canonical import dump
from tests.factories.accounts import make_user
from tests.factories.olist import OlistSource, key, write_large


@pytest.fixture
def source():
    """Two sellers who share an order, a person who buys twice, an order without items, one canceled, one surcharged."""
    source = OlistSource()
    ada, bo = source.seller("ada"), source.seller("bo", city="sp / sp")
    soap, lamp = source.product("soap"), source.product("lamp", category="iluminacao")
    source.product("nobody's", category="")
    source.order(
        "shared", items=[(ada, soap, "10.00", "1.00"), (ada, soap, "10.00", "1.00"), (bo, lamp, "33.33", "4.67")],
        payments=[("voucher", 1, "20.00"), ("credit_card", 3, "40.00")], person="petra", reviews=[5, 4],
    )  # fmt: skip
    source.order(
        "later", items=[(ada, soap, "12.50", "0.00")], payments=[("boleto", 1, "12.51")], person="petra",
        purchased="2018-04-01 10:00:00", approved="", handed_over="", delivered="", status="created", reviews=[3],
    )  # fmt: skip
    source.order(
        "surcharged", items=[(bo, lamp, "100.00", "10.00")], payments=[("credit_card", 10, "119.90")], person="quim",
        status="canceled", delivered="", handed_over="",
    )  # fmt: skip
    source.order(
        "empty", payments=[("credit_card", 1, "77.00")], person="rosa", status="unavailable", delivered="",
        handed_over="", reviews=[1],
    )  # fmt: skip
    for latitude in ("-23.5", "-23.6", "-23.9"):
        source.row("geolocation", "01012", latitude, "-46.60", "sao paulo", "SP")
    return source


@pytest.fixture
def ada(source, take_in, tmp_path):
    take_in(source.write(tmp_path))
    return Merchant.objects.get(external_id=key("seller", "ada"))


@pytest.fixture
def as_ada(ada):
    with scope.acting_for(ada):
        yield ada


def test_the_report_counts_lines_and_cents(source, take_in, tmp_path):
    report = take_in(source.write(tmp_path)).report

    assert report["tables"] == {
        "translation": {"read": 1, "accepted": 1, "normalised": 0, "rejected": 0, "unchanged": 0},
        "sellers": {"read": 2, "accepted": 1, "normalised": 1, "rejected": 0, "unchanged": 0},
        "products": {"read": 3, "accepted": 1, "normalised": 2, "rejected": 0, "unchanged": 0},
        "customers": {"read": 4, "accepted": 4, "normalised": 0, "rejected": 0, "unchanged": 0},
        "orders": {"read": 4, "accepted": 4, "normalised": 0, "rejected": 0, "unchanged": 0},
        "items": {"read": 5, "accepted": 5, "normalised": 0, "rejected": 0, "unchanged": 0},
        "payments": {"read": 5, "accepted": 5, "normalised": 0, "rejected": 0, "unchanged": 0},
        "reviews": {"read": 4, "accepted": 4, "normalised": 0, "rejected": 0, "unchanged": 0},
        "geolocation": {"read": 3, "accepted": 3, "normalised": 0, "rejected": 0, "unchanged": 0},
    }
    amounts = ["source_minor", "taken_minor", "rejected_minor", "repeated_minor", "unreadable", "difference_minor"]
    assert [[row["table"], row["column"], *(row[name] for name in amounts)] for row in report["money"]] == [
        ["items", "price", 16583, 16583, 0, 0, 0, 0],
        ["items", "freight", 1667, 1667, 0, 0, 0, 0],
        ["payments", "amount", 26941, 26941, 0, 0, 0, 0],
    ]
    assert report["identity"] == [
        {"code": "payments", "amount_minor": 26941},
        {"code": "items", "amount_minor": 16583},
        {"code": "freight", "amount_minor": 1667},
        {"code": "no_items", "amount_minor": 7700, "orders": 1, "largest_minor": 7700},
        {"code": "instalment_surcharge", "amount_minor": 990, "orders": 1, "largest_minor": 990},
        {"code": "rounding", "amount_minor": 1, "orders": 1, "largest_minor": 1},
    ]
    assert report["became"] == {
        "merchants": 2, "buyers": 4, "products": 2, "orders": 4, "payments": 5, "reviews": 6, "order groups": 4,
        "postcode areas": 1,
    }  # fmt: skip


def test_platform_staff_see_the_report_on_its_page(source, take_in, platform, admin_user, client_for, tmp_path):
    run = take_in(source.write(tmp_path))
    response = client_for(admin_user).get(f"/admin/desk/importrun/{run.pk}/change/")
    assert response.status_code == 200
    sums = {str(row[0]): str(row[-1]) for row in response.context["identity"].rows if row[-1] is not None}
    page = response.content.decode()
    for row in run.report["money"]:
        assert money(Money(row["source_minor"], "BRL")) in page
    assert money(Money(run.report["identity"][0]["amount_minor"], "BRL")) in page
    assert "Groups without items" in sums


def test_a_second_run_changes_nothing(source, take_in, sql, tmp_path):
    folder = source.write(tmp_path)
    take_in(folder)
    before = dump(sql)
    nothing = ["credits", "matches", "members", "movements", "refunds", "stock"]  # of which this source says nothing
    assert sorted(name for name in before if not before[name]) == nothing

    report = take_in(folder).report

    assert dump(sql) == before
    assert {name: counts["unchanged"] for name, counts in report["tables"].items()} == {
        "translation": 1, "sellers": 2, "products": 2, "customers": 4, "orders": 4, "items": 5, "payments": 5,
        "reviews": 4, "geolocation": 3,
    }  # fmt: skip


def test_a_second_run_writes_no_row(source, take_in, sql, tmp_path):
    tables = [
        "accounts_buyer", "accounts_merchant", "activity_domainevent", "catalog_product", "fulfillment_order",
        "fulfillment_orderline", "fulfillment_paymentpart", "marketplace_postcodearea", "pricing_price",
    ]  # fmt: skip

    def versions():
        return {table: sql(f"SELECT id, ctid, xmin::text FROM {table} ORDER BY id") for table in tables}

    folder = source.write(tmp_path)
    take_in(folder)
    before = versions()
    take_in(folder)
    assert versions() == before


def test_a_run_knows_how_long_it_took(source, take_in, now, tmp_path):
    run = take_in(source.write(tmp_path))
    assert (run.status, run.started_at, run.label, run.started_by) == ("completed", now, str(tmp_path), "import:olist")
    assert timedelta() < run.finished_at - now < timedelta(minutes=1)


def test_a_zip_gives_what_its_folder_gives(source, take_in, sql, tmp_path):
    run = take_in(source.write_zip(tmp_path / "olist.zip"))
    assert run.report["became"]["orders"] == 4
    assert take_in.said[0].startswith("reading translation: 1 rows in ")


def test_a_seller_becomes_a_merchant_with_a_shop(as_ada):
    short = key("seller", "ada")[:8]
    assert (as_ada.slug, as_ada.name) == (f"olist-{short}", f"Olist {short}")
    assert (as_ada.currency, as_ada.timezone, as_ada.language) == ("BRL", "America/Sao_Paulo", "en")
    shop = Shop.objects.get()
    assert (shop.name, shop.city, shop.region, shop.postcode, shop.country) == (
        f"Olist {short}", "sao paulo", "SP", "01012", "BR",
    )  # fmt: skip


def test_a_product_is_listed_at_its_newest_price(as_ada):
    product, variant = Product.objects.get(), Variant.objects.get()
    short = key("product", "soap")[:12]
    assert (product.title, product.title_is_made_up, product.code) == (f"Health beauty {short}", True, short)
    assert product.category.code == "olist-beleza"
    assert product.category.name_in("pt") == "Beleza"
    assert (variant.sku, variant.weight_g, variant.length_mm, variant.height_mm, variant.width_mm) == (
        short, 500, 200, 100, 150,
    )  # fmt: skip
    price = Price.objects.get()
    assert (price.amount_minor, price.starts_at) == (1250, datetime(2018, 4, 1, 13, tzinfo=UTC))
    assert Listing.objects.get().status == "live"


def test_a_person_is_one_buyer_per_merchant(ada, everyone):
    petra = Buyer.objects.filter(external_id=key("person", "petra"))
    assert petra.count() == 2
    assert petra.get(merchant=ada).known_since == datetime(2018, 3, 1, 13, tzinfo=UTC)
    assert Buyer.objects.get(external_id=key("person", "rosa")).merchant.slug == "platform"


def test_each_merchant_gets_its_part_of_an_order(as_ada):
    order = Order.objects.get(external_id=key("order", "shared"))
    assert order.number == key("order", "shared")[:12]
    assert (order.items_minor, order.freight_minor, order.total_minor, order.paid_minor) == (2000, 200, 2200, 2200)
    assert (order.status, order.source_status, order.units) == ("delivered", "delivered", 2)
    assert (order.city, order.region, order.postcode, order.country) == ("campinas", "SP", "13010", "BR")
    lines = OrderLine.objects.filter(order=order).order_by("position")
    assert [(line.position, line.quantity, line.unit_price_minor, line.freight_minor) for line in lines] == [
        (1, 1, 1000, 100),
        (2, 1, 1000, 100),
    ]
    assert order.group.number == key("order", "shared")
    shipment = Shipment.objects.get(order=order)
    assert shipment.deliver_by_on == date(2018, 3, 20)
    assert shipment.ship_by_at == datetime(2018, 3, 5, 15, tzinfo=UTC)
    assert shipment.delivered_at == datetime(2018, 3, 7, 21, tzinfo=UTC)


def test_payments_add_up_by_order_and_by_payment(ada, everyone):
    parts = PaymentPart.objects.filter(order__external_id=key("order", "shared"))
    by_payment = {}
    for part in parts.order_by("sequence", "order__total_minor"):
        by_payment.setdefault(part.sequence, []).append(part.amount_minor)
    # the voucher by worth 22.00 to 38.00; the card takes the rest
    assert by_payment == {1: [733, 1267], 2: [1467, 2533]}


def test_a_group_without_items_stays_with_the_platform(ada, everyone):
    group = OrderGroup.objects.get(number=key("order", "empty"))
    assert not Order.objects.filter(group=group).exists()
    assert Payment.objects.get(group=group).merchant.slug == "platform"
    review = ProductReview.objects.get(group=group)
    assert (review.merchant.slug, review.order, review.product, review.score) == ("platform", None, None, 1)


def test_a_review_knows_the_one_product_of_its_order(as_ada):
    reviews = ProductReview.objects.filter(order__external_id=key("order", "shared")).order_by("-score")
    assert [(review.score, review.product.code) for review in reviews] == [
        (5, key("product", "soap")[:12]),
        (4, key("product", "soap")[:12]),
    ]
    assert (reviews[0].asked_on, reviews[0].text) == (date(2018, 3, 8), "Chegou antes do prazo")


def test_a_canceled_order_keeps_the_reason_of_the_source(ada, everyone):
    cancellation = Cancellation.objects.get(order__external_id=key("order", "surcharged"))
    assert (cancellation.reason, cancellation.at, cancellation.by) == ("source_canceled", None, "import:olist")
    assert (cancellation.order.status, cancellation.order.gap.minor) == ("cancelled", 990)


def test_history_is_recorded_when_it_happened(as_ada):
    order = Order.objects.get(external_id=key("order", "shared"))
    facts = DomainEvent.objects.filter(about=order.about).order_by("occurred_at", "pk")
    assert [(fact.name, fact.occurred_at, fact.actor) for fact in facts] == [
        ("fulfillment.order.placed", datetime(2018, 3, 1, 13, tzinfo=UTC), "import:olist"),
        ("fulfillment.order.paid", datetime(2018, 3, 1, 13, 30, tzinfo=UTC), "import:olist"),
        ("fulfillment.order.shipped", datetime(2018, 3, 2, 12, tzinfo=UTC), "import:olist"),
        ("fulfillment.order.delivered", datetime(2018, 3, 7, 21, tzinfo=UTC), "import:olist"),
        ("support.review.received", datetime(2018, 3, 9, 11, tzinfo=UTC), "import:olist"),
        ("support.review.received", datetime(2018, 3, 9, 11, tzinfo=UTC), "import:olist"),
    ]


def test_a_postcode_lies_at_the_median_of_its_points(ada):
    area = PostcodeArea.objects.get()
    assert (area.country, area.prefix, str(area.latitude), str(area.longitude), area.samples) == (
        "BR", "01012", "-23.600000", "-46.600000", 3,
    )  # fmt: skip


def test_categories_hang_below_one_root(ada):
    assert [(node.code, node.name, node.language, node.depth) for node in Category.objects.order_by("code")] == [
        ("olist", "Olist", "en", 1),
        ("olist-beleza", "Health beauty", "en", 2),
        ("olist-iluminacao", "Iluminacao", "pt", 2),
        ("olist-uncategorized", "Uncategorized", "en", 2),
    ]


def test_the_owner_may_walk_all_merchants(source, take_in, everyone, tmp_path):
    olive = make_user(email="olive@example.com")
    take_in(source.write(tmp_path), owner_email="Olive@example.com")
    assert Membership.objects.filter(user=olive, roles=["owner"]).count() == 2
    assert DomainEvent.objects.filter(name="accounts.member.added").count() == 2


def test_payments_that_come_later_are_added(source, take_in, everyone, tmp_path):
    parts = ["translation", "sellers", "products", "customers", "orders", "items"]
    take_in(source.write(tmp_path / "first", only=parts))
    assert Order.objects.get(external_id=key("order", "surcharged")).paid_minor == 0
    run = take_in(source.write(tmp_path / "then"))
    assert Order.objects.get(external_id=key("order", "surcharged")).paid_minor == 11990
    assert (run.report["tables"]["payments"]["unchanged"], run.report["tables"]["orders"]["unchanged"]) == (0, 4)


def test_what_was_taken_over_is_not_overwritten(source, take_in, found, everyone, tmp_path):
    take_in(source.write(tmp_path / "first"))
    row = next(row for row in source.rows["orders"] if row[0] == key("order", "later"))
    row[2] = "approved"
    run = take_in(source.write(tmp_path / "then"))
    assert found(run, "differs_from_ours") == [
        ("orders", 3, "accepted", "differs_from_ours", "order_status", "approved", "")
    ]
    assert Order.objects.get(external_id=key("order", "later")).source_status == "created"


def test_merchants_alone_may_be_imported(source, take_in, tmp_path):
    report = take_in(source.write(tmp_path, only=["sellers"])).report
    assert list(report["tables"]) == ["sellers"]
    assert (report["money"], report["unsold_products"]) == ([], 0)
    assert report["became"]["merchants"] == 2


def test_products_that_nobody_sold_are_counted(source, take_in, tmp_path):
    report = take_in(source.write(tmp_path, only=["products", "sellers", "translation"])).report
    assert (report["unsold_products"], report["became"]["products"]) == (3, 0)


def test_orders_without_a_table_of_items_stay_with_the_platform(source, take_in, tmp_path):
    report = take_in(source.write(tmp_path, only=["customers", "orders", "payments"])).report
    assert "there is no table of items: all orders stay with the platform, without lines and merchants" in take_in.said
    assert (report["became"]["order groups"], report["became"]["orders"], report["became"]["payments"]) == (4, 0, 5)


def test_keys_that_begin_alike_are_not_shortened(take_in, everyone, tmp_path):
    source = OlistSource()
    soap = source.product("soap")
    for ending in "ab":
        source.row("sellers", f"e38db885cafe{ending * 20}", "01012", "sao paulo", "SP")
        source.row("orders", f"0123456789ab{ending * 20}", source.customer(ending), "created", "2018-03-01 10:00:00",
                   "", "", "", "")  # fmt: skip
        source.row("items", f"0123456789ab{ending * 20}", 1, soap, f"e38db885cafe{'a' * 20}", "", "5.00", "0.00")
    take_in(source.write(tmp_path))
    assert sorted(Order.objects.values_list("number", flat=True)) == [
        f"0123456789ab{ending * 20}" for ending in "ab"
    ]  # fmt: skip
    assert sorted(Merchant.objects.filter(source="olist").values_list("slug", flat=True)) == [
        f"olist-e38db885cafe{ending * 20}" for ending in "ab"
    ]


def test_a_generated_source_reconciles(take_in, sql, tmp_path):
    report = take_in(write_large(tmp_path, 300)).report
    assert [row["difference_minor"] for row in report["money"]] == [0, 0, 0]
    assert all(counts["rejected"] == 0 for counts in report["tables"].values())
    payments, *others = (row["amount_minor"] for row in report["identity"])
    assert payments == sum(others)
    assert sql(
        "SELECT count(*) FROM fulfillment_order AS o WHERE paid_minor <>"
        " (SELECT coalesce(sum(amount_minor), 0) FROM fulfillment_paymentpart WHERE order_id = o.id)"
    ) == [(0,)]
    assert sql(
        "SELECT count(*) FROM fulfillment_payment AS p WHERE amount_minor <> (SELECT sum(amount_minor)"
        " FROM fulfillment_paymentpart WHERE payment_id = p.id)"
    ) == [(0,)]
