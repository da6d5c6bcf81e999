"""The list of orders, the page of one, and its forms."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from config.kernel import scope
from config.kernel.personal import phone_tokens
from fulfillment.models import Cancellation, OrderLine, Shipment
from fulfillment.states import OrderStatus, PaymentKind
from merchants.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from merchants.activity.models import DomainEvent
from tests.conftest import person
from tests.factories.accounts import THEN, make_buyer
from tests.factories.catalog import make_product
from tests.factories.fulfillment import make_order, make_payment

LIST = "/m/acme/orders/"


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def shop(client_for, olive):
    """The owner's browser."""
    return client_for(olive)


def numbers(response) -> list[str]:
    assert response.status_code == 200
    return [order.number for order in response.context["index"].rows]


# ---------------------------------------------------------------- the list


def test_the_list_shows_the_newest_first_with_buyer_item_and_deadline(acting, shop):
    variant = make_product(title="Ridge tent").variants.get()
    buyer = make_buyer(name="Ada", city="Kiel", region="SH")
    make_order(number="A-1", buyer=buyer, status=OrderStatus.PAID, lines=[{"variant": variant, "quantity": 2}])
    make_order(number="A-2", placed_at=THEN + timedelta(minutes=1))

    response = shop.get(LIST)

    assert numbers(response) == ["A-2", "A-1"]
    page = response.content.decode()
    for text in ("Ada", "Kiel, SH", "Ridge tent", "€39.80", "Ship by 6 Mar 2025"):
        assert text in page, text


def test_the_list_reads_nothing_encrypted(acting, shop):
    make_order()
    (order,) = shop.get(LIST).context["index"].rows
    assert {"phone", "street", "recipient"} <= order.get_deferred_fields()
    assert {"phone", "street"} <= order.buyer.get_deferred_fields()


def test_the_list_costs_the_same_for_one_order_and_six(acting, shop, flat_queries):
    flat_queries(lambda: make_order(status=OrderStatus.PAID), lambda: shop.get(LIST))


def test_pages_lead_on_and_back(acting, shop):
    for number in range(120):
        make_order(number=f"N-{number:03}", lines=[], placed_at=THEN + timedelta(seconds=number // 2))
    first = shop.get(LIST)
    second = shop.get(first.context["index"].pager["next_url"])
    third = shop.get(second.context["index"].pager["next_url"])
    back = shop.get(third.context["index"].pager["previous_url"])

    seen = numbers(first) + numbers(second) + numbers(third)
    assert seen == [f"N-{number:03}" for number in reversed(range(120))]
    assert numbers(back) == numbers(second)
    assert third.context["index"].pager["next_url"] is None


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-placed", ["C", "B", "A"]), ("placed", ["A", "B", "C"]), ("-total", ["A", "C", "B"]),
        ("total", ["B", "C", "A"]),
    ],
)  # fmt: skip
def test_the_list_sorts(acting, shop, sort, expected):
    for number, (name, price) in enumerate([("A", 900), ("B", 100), ("C", 500)]):
        make_order(number=name, lines=[{"unit_price_minor": price}], placed_at=THEN + timedelta(minutes=number))
    assert numbers(shop.get(LIST, {"sort": sort})) == expected


@pytest.fixture
def many(acting):
    """One order of each status; the shipped one is late, and so would the paid one be in three days."""
    for status in OrderStatus:
        make_order(number=status.value.upper(), status=status, region=status.value)
    Shipment.objects.filter(order__number="SHIPPED").update(deliver_by_on=date(2025, 3, 2))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "paid"}, ["PAID"]), ({"status": "cancelled"}, ["CANCELLED"]), ({"late": "yes"}, ["SHIPPED"]),
        ({"region": "Delivered"}, ["DELIVERED"]), ({"status": "paid", "late": "yes"}, []),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(many, shop, query, expected):
    assert numbers(shop.get(LIST, query)) == expected


@pytest.mark.parametrize(("age", "is_late"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_late_in_the_list_is_late_on_the_page(acting, shop, now, age, is_late):
    order = make_order(number="A-1", status=OrderStatus.PAID)
    Shipment.objects.filter(order=order).update(ship_by_at=now - age)
    assert numbers(shop.get(LIST, {"late": "yes"})) == (["A-1"] if is_late else [])
    assert (shop.get(f"{LIST}A-1/").context["deadline"].state == "late") is is_late


@pytest.mark.parametrize(("minute", "expected"), [(59, []), (60, ["B-1"])])
def test_a_day_of_delivery_ends_in_the_merchants_zone(acting, shop, minute, expected):
    order = make_order(number="B-1", status=OrderStatus.SHIPPED)
    Shipment.objects.filter(order=order).update(deliver_by_on=date(2025, 3, 2))
    # midnight in Berlin is 23:00 in UTC
    with time_machine.travel(datetime(2025, 3, 2, 22, 0, tzinfo=UTC) + timedelta(minutes=minute), tick=False):
        assert numbers(shop.get(LIST, {"late": "yes"})) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"placed_from": "2025-03-04"}, ["AFTER"]), ({"placed_to": "2025-03-03"}, ["BEFORE"]),
        ({"placed_from": "2025-03-03", "placed_to": "2025-03-04"}, ["AFTER", "BEFORE"]),
    ],
)  # fmt: skip
def test_dates_are_days_of_the_merchants_zone(acting, shop, query, expected):
    midnight = datetime(2025, 3, 3, 23, 0, tzinfo=UTC)  # in Berlin
    make_order(number="BEFORE", placed_at=midnight - timedelta(seconds=1))
    make_order(number="AFTER", placed_at=midnight)
    assert numbers(shop.get(LIST, query)) == expected


def test_payments_filter_for_those_who_may_see_them(acting, client_for, shop, sam):
    make_order(number="CARD", status=OrderStatus.PAID)
    make_order(
        number="VOUCHER", status=OrderStatus.PAID, payments=[{"kind": PaymentKind.VOUCHER, "amount_minor": 2000}]
    )
    assert numbers(shop.get(LIST, {"payment": "voucher"})) == ["VOUCHER"]
    assert numbers(shop.get(LIST, {"gap": "yes"})) == ["VOUCHER"]
    assert client_for(sam).get(LIST, {"payment": "voucher"}).status_code == 400
    assert client_for(sam).get(LIST, {"gap": "yes"}).status_code == 400


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2611-1", ["2611-11", "2611-1"]), ("2611-11", ["2611-11"]), ("W 9", ["2611-2"]), ("TENT-GRN", ["2611-2"]),
        ("TENT", []), ("buyer-key-of-the-source", ["2611-2"]), ("0049 151 2300946", ["2611-2"]),
        ("+49 151 2300946", []), ("0946", ["2611-2"]), ("946", []), ("nothing", []), ("%", []), ("2611_", []),
    ],
)  # fmt: skip
def test_search_finds_by_number_waybill_sku_buyer_and_phone(acting, shop, typed, expected):
    tokens = dict(zip(["phone_token", "phone_tail_token"], phone_tokens("0049 151 2300946"), strict=True))
    buyer = make_buyer(source="olist", external_id="buyer-key-of-the-source", **tokens)
    variant = make_product(sku="TENT-GRN").variants.get()
    make_order(number="2611-1")
    order = make_order(
        number="2611-2", buyer=buyer, lines=[{"variant": variant}], placed_at=THEN + timedelta(minutes=1)
    )
    make_order(number="2611-11", placed_at=THEN + timedelta(minutes=2))
    Shipment.objects.filter(order=order).update(waybill="W 9")
    assert numbers(shop.get(LIST, {"q": typed})) == expected


def test_search_with_other_filters_meets_both(acting, shop):
    make_order(number="X-1", status=OrderStatus.PAID)
    make_order(number="X-2")
    assert numbers(shop.get(LIST, {"q": "X-", "status": "paid"})) == ["X-1"]


@pytest.mark.parametrize(
    "query", [{"status": "lost"}, {"placed_from": "9999-12-31"}, {"placed_to": "no"}, {"color": "red"}]
)
def test_what_the_list_does_not_know_is_refused(acting, shop, query):
    assert shop.get(LIST, query).status_code == 400


# ---------------------------------------------------------------- one order


def test_the_page_shows_lines_money_parcel_and_history(acting, shop, sam, client_for):
    variant = make_product(title="Ridge tent", code="TENT").variants.get()
    order = make_order(
        number="A-1", status=OrderStatus.PAID,
        lines=[{"variant": variant, "quantity": 2, "unit_price_minor": 5000, "freight_minor": 300}],
        payments=[{"amount_minor": 10_705, "instalments": 3}],
    )  # fmt: skip
    sent = {"carrier": "Post", "waybill": "W-77", "at": "2025-03-03T11:00"}
    assert client_for(sam).post(f"{LIST}A-1/handover/", sent).status_code == 302

    response = shop.get(f"{LIST}A-1/")

    page = response.content.decode()
    assert 'href="/m/acme/products/TENT/"' in page
    for text in ("2 × €50.00", "€103.00", "Instalment surcharge", "+€4.05", "3 instalments", "€107.05", "W-77", "Post"):
        assert text in page, text
    (told,) = response.context["timeline"]
    assert (told.text, told.who, told.at) == (
        "Parcel handed over to the carrier",
        "Sam",
        datetime(2025, 3, 3, 10, 0, tzinfo=UTC),
    )
    assert order.buyer.shown_name in page


def test_the_page_masks_phone_street_and_recipient(acting, shop):
    buyer = make_buyer(name="Ada", phone="0151 2300946", street="Lindenweg 7")
    make_order(number="A-1", buyer=buyer, recipient="Grace Hopper")
    page = shop.get(f"{LIST}A-1/").content.decode()
    assert "••••••0946" in page
    for secret in ("2300946", "0151", "Lindenweg", "Hopper", "Grace"):
        assert secret not in page


def test_the_money_of_a_cancelled_order_is_never_payable(acting, shop):
    make_order(number="A-1", status=OrderStatus.CANCELLED, payments=[1990])
    page = shop.get(f"{LIST}A-1/").content.decode()
    assert "Cancelled, refund unknown" in page
    assert "nothing of it counts as payable" in page


def test_a_cancelled_order_waits_for_no_parcel(acting, shop):
    order = make_order(number="A-1", status=OrderStatus.CANCELLED)
    assert shop.get(f"{LIST}A-1/").context["parcel"] is None
    Shipment.objects.filter(order=order).update(handed_over_at=THEN)  # so says the source
    page = shop.get(f"{LIST}A-1/").content.decode()
    assert "Handed over" in page
    assert "not yet" not in page


def test_payments_are_for_those_who_may_see_money(acting, sam, client_for):
    make_order(number="A-1", status=OrderStatus.PAID)
    response = client_for(sam).get(f"{LIST}A-1/")
    assert response.context["money"] is None
    assert "Buyer paid" not in response.content.decode()


def test_an_order_without_parcel_or_address_is_shown(acting, shop):
    empty = dict.fromkeys(["recipient", "phone", "street", "city", "region", "postcode"], "")
    order = make_order(number="A-1", **empty)
    Shipment.objects.filter(order=order).delete()
    response = shop.get(f"{LIST}A-1/")
    assert response.status_code == 200
    assert (response.context["parcel"], response.context["deadline"]) == (None, None)


def test_the_page_costs_the_same_for_one_line_and_six(acting, shop, flat_queries):
    order = make_order(number="A-1", lines=[])
    count = iter(range(1, 10))

    def more_lines():
        variant, position = make_product().variants.get(), next(count)
        OrderLine.objects.create(
            order=order, variant=variant, position=position, name="Thing", sku=variant.sku, quantity=1,
            unit_price_minor=100, currency="EUR",
        )  # fmt: skip
        make_payment(order, sequence=position)

    flat_queries(more_lines, lambda: shop.get(f"{LIST}A-1/"))


def test_a_number_that_nobody_has_is_not_found(acting, shop):
    assert shop.get(f"{LIST}A-1/").status_code == 404


# ---------------------------------------------------------------- acts


def test_an_order_is_cancelled_by_form(acting, shop):
    order = make_order(number="A-1")

    response = shop.post(
        f"{LIST}A-1/cancellation/", {"reason": "out_of_stock", "note": "Shelf was empty."}, follow=True
    )

    assert response.redirect_chain == [(f"{LIST}A-1/", 302)]
    page = response.content.decode()
    for text in ("The order was cancelled.", "Out of stock", "Shelf was empty.", "Order cancelled: Out of stock"):
        assert text in page, text
    assert Cancellation.objects.get(order=order).reason == "out_of_stock"


def test_a_refused_cancellation_says_why_and_changes_nothing(acting, shop):
    order = make_order(number="A-1", status=OrderStatus.SHIPPED)

    response = shop.post(f"{LIST}A-1/cancellation/", {"reason": "out_of_stock"})

    assert response.status_code == 409
    assert "This is “Shipped” by now and cannot become “Cancelled”." in response.content.decode()
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED
    assert not Cancellation.objects.exists()
    assert not DomainEvent.objects.filter(about=order.about).exists()


@pytest.mark.parametrize("reason", ["", "source_canceled", "spite"])
def test_a_cancellation_needs_one_of_our_reasons(acting, shop, reason):
    order = make_order(number="A-1")
    assert shop.post(f"{LIST}A-1/cancellation/", {"reason": reason}).status_code == 422
    order.refresh_from_db()
    assert order.status == OrderStatus.PLACED


@pytest.mark.parametrize("act", ["cancellation", "handover", "delivery", "buyer-data"])
def test_to_a_stranger_the_order_does_not_exist(acting, rita, client_for, act):
    order = make_order(number="A-1", status=OrderStatus.PAID)
    sent = {"reason": "out_of_stock", "carrier": "x", "waybill": "x", "at": "2025-03-03T10:30"}
    browser = client_for(rita)
    # neither in acme, where she is nobody, nor in her own shop, where there is no such order
    for shop in ("acme", "rival"):
        for response in (
            browser.get(f"/m/{shop}/orders/A-1/{act}/"),
            browser.post(f"/m/{shop}/orders/A-1/{act}/", sent),
        ):
            assert response.status_code == 404
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert not DomainEvent.objects.filter(about=order.about).exists()


@pytest.mark.parametrize("act", ["cancellation", "handover", "delivery", "buyer-data"])
def test_who_only_reads_changes_and_reveals_nothing(acting, acme, client_for, act):
    reader = person("reader", acme, Role.READ_ONLY)
    order = make_order(number="A-1", status=OrderStatus.PAID)
    assert client_for(reader).post(f"{LIST}A-1/{act}/", {"reason": "out_of_stock"}).status_code == 403
    page = client_for(reader).get(f"{LIST}A-1/").content.decode()
    assert f"A-1/{act}/" not in page
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


@pytest.mark.parametrize(
    ("status", "acts"),
    [
        (OrderStatus.PLACED, ["cancellation"]), (OrderStatus.PAID, ["cancellation", "handover"]),
        (OrderStatus.SHIPPED, ["delivery"]), (OrderStatus.DELIVERED, []), (OrderStatus.CANCELLED, []),
    ],
)  # fmt: skip
def test_the_page_offers_what_the_status_allows(acting, shop, status, acts):
    make_order(number="A-1", status=status)
    page = shop.get(f"{LIST}A-1/").content.decode()
    assert [act for act in ("cancellation", "handover", "delivery") if f"A-1/{act}/" in page] == acts


def test_a_moment_in_the_future_is_refused_at_its_field(acting, shop):
    order = make_order(number="A-1", status=OrderStatus.PAID)
    sent = {"carrier": "Post", "waybill": "W-1", "at": "2025-03-03T11:01"}  # in Berlin; it is 11:00 there
    response = shop.post(f"{LIST}A-1/handover/", sent)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"at"}
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


@pytest.mark.parametrize("at", ["", "0001-01-01T00:00", "9999-12-31T23:59", "2025-03-30T02:30", "soon"])
def test_a_moment_that_cannot_be_is_refused(acting, shop, at):
    make_order(number="A-1", status=OrderStatus.PAID)
    sent = {"carrier": "Post", "waybill": "W-1", "at": at}
    assert shop.post(f"{LIST}A-1/handover/", sent).status_code == 422


def test_the_form_starts_with_the_present_minute_of_the_shop(acting, shop):
    make_order(number="A-1", status=OrderStatus.SHIPPED)
    assert 'value="2025-03-03T11:00"' in shop.get(f"{LIST}A-1/delivery/").content.decode()


# ---------------------------------------------------------------- contact data


def test_contact_data_are_shown_once_for_a_reason_that_is_kept(acting, sam, client_for):
    buyer = make_buyer(phone="0151 2300946", street="Lindenweg 7")
    order = make_order(number="A-1", buyer=buyer)
    browser = client_for(sam)

    response = browser.post(f"{LIST}A-1/buyer-data/", {"reason": "delivery"})

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    for text in ("0151 2300946", "Lindenweg 7"):
        assert text in response.content.decode()
    fact = DomainEvent.objects.get(about=order.about)
    assert (fact.name, fact.actor) == ("fulfillment.order.buyer_data_revealed", f"user:{sam.pk}")
    assert fact.payload == {"order_id": str(order.public_id), "reason": "delivery"}
    assert "2300946" not in browser.get(f"{LIST}A-1/").content.decode()


def test_without_a_reason_nothing_is_shown(acting, sam, client_for):
    order = make_order(number="A-1", buyer=make_buyer(phone="0151 2300946"))
    for response in (
        client_for(sam).get(f"{LIST}A-1/buyer-data/"),
        client_for(sam).post(f"{LIST}A-1/buyer-data/", {"reason": "curiosity"}),
    ):
        assert "2300946" not in response.content.decode()
    assert response.status_code == 422
    assert not DomainEvent.objects.filter(about=order.about).exists()


def test_the_rival_sees_own_orders_only(acting, rival, rita, client_for):
    make_order(number="OURS")
    with scope.acting_for(rival):
        make_order(number="THEIRS")
    assert [order.number for order in client_for(rita).get("/m/rival/orders/").context["index"].rows] == ["THEIRS"]
    assert [order.number for order in client_for(rita).get("/m/rival/orders/?q=OURS").context["index"].rows] == []


def test_contact_data_need_their_own_permission(acting, sam, client_for, monkeypatch):
    make_order(number="A-1", phone="+49 40 1234567")
    without = ROLE_PERMISSIONS[Role.FULFILLMENT] - {Permission.BUYERS_REVEAL}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.FULFILLMENT, without)

    assert client_for(sam).post(f"{LIST}A-1/buyer-data/", {"reason": "delivery"}).status_code == 403
    assert client_for(sam).get(f"{LIST}A-1/").context["reveal"] is None
    assert not DomainEvent.objects.exists()


def test_the_history_is_for_those_who_may_see_what_was_done(acting, acme, shop, client_for):
    make_order(number="A-1")
    assert shop.get(f"{LIST}A-1/").context["timeline"] == []
    assert client_for(person("wanda", acme, Role.WAREHOUSE)).get(f"{LIST}A-1/").context["timeline"] is None
