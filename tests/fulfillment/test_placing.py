"""Orders come in one by one and many at once: each whole with its stock, or not at all."""

import pytest

from config.kernel import invariants
from config.kernel.actors import Actor
from config.kernel.errors import DomainError
from config.kernel.money import Money
from fulfillment.errors import NoPrice, NotAnOrder, OrderNumberTaken, VariantUnknown
from fulfillment.models import Order, OrderGroup, OrderLine, Payment, PaymentPart
from fulfillment.services import payments, placing
from fulfillment.states import OrderStatus, PaymentKind
from inventory.errors import InsufficientStock
from inventory.models import Reservation, StockLevel
from merchants.accounts.models import Buyer
from merchants.activity.models import DomainEvent
from merchants.money.models import LedgerTransaction
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock
from tests.factories.marketplace import make_channel
from tests.factories.money import make_schedule
from tests.factories.placing import ANNA, asked

SAM = Actor("user:7")


@pytest.fixture
def shelf(acting, now):
    """Ten mugs at 19.90, two lamps at 50.00, and the operator's terms."""
    make_schedule({"rate_ppm": 100_000})
    for sku, units, price in (("MUG", 10, 1_990), ("LAMP", 2, 5_000)):
        product = make_product(sku=sku, title=sku.title(), price=price)
        make_stock(units, variant=product.variants.select_related("product").get())


def numbers() -> dict[str, tuple[int, int]]:
    rows = StockLevel.objects.values_list("variant__sku", "on_hand", "reserved")
    return {sku: (on_hand, reserved) for sku, on_hand, reserved in rows}


def facts(order) -> list[str]:
    return list(DomainEvent.objects.filter(about=order.about).order_by("pk").values_list("name", flat=True))


def test_a_paid_order_has_its_stock_its_money_and_its_facts(shelf, now):
    order = placing.place(
        asked(("MUG", 2, None), ("LAMP", 1, 4_500), number="A-1", freight=Money(499, "EUR")), by=SAM, now=now
    )

    order = Order.objects.get(pk=order.pk)
    assert (order.number, order.source, order.status, order.units) == ("A-1", "direct", OrderStatus.PAID, 3)
    assert (order.items_minor, order.freight_minor, order.total_minor, order.paid_minor) == (8_480, 499, 8_979, 8_979)
    assert (order.recipient, order.phone, order.street, order.city) == (ANNA.name, ANNA.phone, ANNA.street, ANNA.city)
    lines = OrderLine.objects.filter(order=order).order_by("position")
    assert [(each.sku, each.name, each.quantity, each.unit_price_minor, each.freight_minor) for each in lines] == [
        ("MUG", "Mug", 2, 1_990, 234), ("LAMP", "Lamp", 1, 4_500, 265),
    ]  # fmt: skip
    assert numbers() == {"MUG": (10, 2), "LAMP": (2, 1)}
    assert {each.expires_at for each in Reservation.objects.all()} == {None}
    assert facts(order) == ["fulfillment.order.placed", "fulfillment.order.paid"]
    part = PaymentPart.objects.get(order=order)
    assert (part.kind, part.amount_minor, part.paid_at) == ("credit_card", 8_979, now)
    sale = LedgerTransaction.objects.get(order_id=order.public_id)
    assert (sale.kind, sale.order_number, sale.commissions.count()) == ("sale", "A-1", 2)
    assert Buyer.objects.get(pk=order.buyer_id).phone == ANNA.phone


def test_an_order_that_is_not_paid_keeps_its_stock_for_a_while(shelf, now):
    order = placing.place(asked(("MUG", 2, None), paid=False), by=SAM, now=now)
    assert (order.status, order.paid_minor) == (OrderStatus.PLACED, 0)
    assert Reservation.objects.get().expires_at == now + placing.HELD_UNPAID
    assert not LedgerTransaction.objects.exists()
    assert facts(order) == ["fulfillment.order.placed"]


def test_a_number_is_made_up_that_fits_into_an_address(shelf, now):
    made = [placing.place(asked(("MUG", 1, None)), by=SAM, now=now).number for _ in range(3)]
    assert len(set(made)) == 3
    assert all(len(number) == 15 and number.startswith("250303-") and "/" not in number for number in made)


@pytest.mark.parametrize("number", ["A/1", "A 1", "../x", "new", "Export", "掌柜", "A?b", "A" * 61, "-1", "a\n"])
def test_a_number_that_breaks_addresses_is_refused(shelf, now, number):
    with pytest.raises(NotAnOrder) as refusal:
        placing.place(asked(("MUG", 1, None), number=number), by=SAM, now=now)
    assert refusal.value.field == "number"
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("lines", "refusal", "field"),
    [
        ([], NotAnOrder, "lines"), ([("MUG", 1, 1)] * 501, NotAnOrder, "lines"),
        ([("MUG", 0, 1)], NotAnOrder, "quantity"), ([("MUG", -1, 1)], NotAnOrder, "quantity"),
        ([("MUG", 2**70, 1)], NotAnOrder, "quantity"), ([("MUG", 1, -1)], NotAnOrder, "unit_price"),
        ([("MUG", 1, 10**15)], NotAnOrder, "unit_price"), ([("MUG", 10**6, 10**14)], NotAnOrder, "lines"),
        ([("NEVER", 1, 1)], VariantUnknown, "sku"), ([("MUG", 11, 1)], InsufficientStock, None),
        ([("MUG", 6, 1), ("MUG", 6, 1)], InsufficientStock, None),
    ],
)  # fmt: skip
def test_what_is_no_order_leaves_nothing(shelf, now, lines, refusal, field):
    """Neither an order without stock, nor stock without an order, nor a buyer or group of either (B2, B3)."""
    with pytest.raises(refusal) as refused:
        placing.place(asked(*lines), by=SAM, now=now)
    assert refused.value.field == field
    assert numbers() == {"MUG": (10, 0), "LAMP": (2, 0)}
    for model in (Order, OrderGroup, OrderLine, PaymentPart, Reservation, Buyer, LedgerTransaction):
        assert not model.objects.exists(), model


def test_a_variant_without_a_price_needs_one(shelf, now):
    make_stock(5, variant=make_product(sku="FREE", price=None).variants.select_related("product").get())
    with pytest.raises(NoPrice):
        placing.place(asked(("FREE", 1, None)), by=SAM, now=now)
    assert placing.place(asked(("FREE", 1, 0)), by=SAM, now=now).total_minor == 0


def test_another_currency_is_refused(shelf, now):
    dollars = make_channel(currency="USD")
    with pytest.raises(NotAnOrder):
        placing.place(asked(("MUG", 1, 100), channel=dollars), by=SAM, now=now)
    with pytest.raises(NotAnOrder):
        placing.place(asked(("MUG", 1, 100), freight=Money(1, "USD")), by=SAM, now=now)
    assert not Order.objects.exists()


def test_the_same_order_twice_is_one(shelf, now):
    first = placing.place(asked(("MUG", 2, None), number="A-1"), by=SAM, now=now)
    (again,) = placing.place_many([asked(("MUG", 2, 1_990), number="A-1")], by=SAM, now=now)
    assert (again.order.pk, again.is_new, again.refusal) == (first.pk, False, None)
    assert (numbers()["MUG"], Order.objects.count(), Buyer.objects.count()) == ((10, 2), 1, 1)


@pytest.mark.parametrize(
    "other", [[("MUG", 3, None)], [("LAMP", 2, None)], [("MUG", 2, 1)], [("MUG", 1, None), ("MUG", 1, None)]]
)
def test_another_order_under_a_number_that_is_taken_is_refused(shelf, now, other):
    placing.place(asked(("MUG", 2, None), number="A-1"), by=SAM, now=now)
    with pytest.raises(OrderNumberTaken):
        placing.place(asked(*other, number="A-1"), by=SAM, now=now)
    assert numbers() == {"MUG": (10, 2), "LAMP": (2, 0)}


def test_what_stands_unpaid_is_not_paid_by_being_sent_again(shelf, now):
    first = placing.place(asked(("MUG", 2, 1_990), number="A-1", paid=False), by=SAM, now=now)
    (again,) = placing.place_many([asked(("MUG", 2, 1_990), number="A-1")], by=SAM, now=now)
    assert (again.order, again.refusal.code, again.refusal.field) == (None, "order_number_taken", "paid_by")
    payments.pay(order=first, kind=PaymentKind.CARD, by=SAM, now=now)
    (third,) = placing.place_many([asked(("MUG", 2, 1_990), number="A-1")], by=SAM, now=now)
    assert (third.order.pk, third.is_new) == (first.pk, False)


def test_the_same_goods_for_another_buyer_or_on_another_channel_are_another_order(shelf, now):
    placing.place(asked(("MUG", 2, 1_990), number="A-1"), by=SAM, now=now)
    fair = make_channel(currency="EUR")
    for other in ({"buyer": ANNA._replace(key="C-2")}, {"channel": fair}):
        with pytest.raises(OrderNumberTaken):
            placing.place(asked(("MUG", 2, 1_990), number="A-1", **other), by=SAM, now=now)
    nobody = placing.place(asked(("MUG", 2, 1_990), number="A-1", buyer=ANNA._replace(key="")), by=SAM, now=now)
    assert (nobody.number, Order.objects.count(), numbers()["MUG"]) == ("A-1", 1, (10, 2))


def told(answers) -> list[str]:
    return [type(each.refusal).__name__ if each.refusal else "new" if each.is_new else "known" for each in answers]


def test_many_at_once_get_an_answer_each(shelf, now):
    placing.place(asked(("MUG", 1, None), number="OLD"), by=SAM, now=now)
    answers = placing.place_many(
        [
            asked(("MUG", 4, None), number="A-1"), asked(("NEVER", 1, None)), asked(("MUG", 9, None)),
            asked(("MUG", 1, None), number="OLD"), asked(("MUG", 5, None), paid=False), asked(("MUG", 1, None)),
            asked(("LAMP", 1, None), number="A-1"), asked(("LAMP", 3, None)),
        ],
        by=SAM, now=now,
    )  # fmt: skip
    assert told(answers) == [
        "new", "VariantUnknown", "InsufficientStock", "known", "new", "InsufficientStock", "OrderNumberTaken",
        "InsufficientStock",
    ]  # fmt: skip
    assert answers[2].refusal.context == {"sku": "MUG", "wanted": 9}
    assert numbers() == {"MUG": (10, 10), "LAMP": (2, 0)}
    assert Order.objects.count() == 3
    assert [each.order.units for each in answers if each.is_new] == [4, 5]
    assert not any(invariants.broken().values())


def test_a_buyer_of_refused_orders_is_not_kept(shelf, now):
    lost = ANNA._replace(key="C-2", name="Bernd")
    answers = placing.place_many(
        [asked(("MUG", 1, None)), asked(("MUG", 99, None), buyer=lost), asked(("MUG", 99, None))], by=SAM, now=now
    )
    assert told(answers) == ["new", "InsufficientStock", "InsufficientStock"]
    assert [each.name for each in Buyer.objects.all()] == ["Anna"]


def test_a_thousand_orders_in_one_call_and_no_more(shelf, now, django_assert_max_num_queries):
    make_stock(2_000, variant=make_product(sku="PEN", price=100).variants.select_related("product").get())
    thousand = [asked(("PEN", 1, None), ("PEN", 1, None), buyer=ANNA._replace(key=f"C-{n}")) for n in range(1_000)]
    with django_assert_max_num_queries(100):
        answers = placing.place_many(thousand, by=SAM, now=now)
    assert set(told(answers)) == {"new"}
    assert (numbers()["PEN"], Order.objects.count(), OrderLine.objects.count()) == ((2_000, 2_000), 1_000, 2_000)
    assert LedgerTransaction.objects.filter(kind="sale").count() == 1_000
    with pytest.raises(DomainError):
        placing.place_many(thousand + thousand[:1], by=SAM, now=now)


def test_payments_are_the_platforms(shelf, platform, now):
    order = placing.place(asked(("MUG", 1, None), payment_key="ch_1"), by=SAM, now=now)
    part = PaymentPart.objects.get(order=order)
    assert not Payment.objects.filter(pk=part.payment_id).exists()  # not seen from here
