"""Money goes back in parts and never more than came, with the commission, and goods with it (INV-04)."""

from threading import Barrier

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from config.kernel import invariants, scope
from config.kernel.actors import Actor
from config.kernel.errors import DomainError
from config.kernel.money import Money
from config.kernel.owned import OwnedQuerySet
from fulfillment import rules
from fulfillment.errors import MoreThanIsLeft, NotAnOrder, RefundAbovePaid, RefundKeyReused
from fulfillment.models import Order, OrderLine, Refund, RefundLine
from fulfillment.rules import Left
from fulfillment.services import orders, refunds
from fulfillment.services.refunds import Returned
from fulfillment.states import OrderStatus, RefundReason
from inventory.models import StockLevel
from merchants.money.errors import NotSold
from merchants.money.models import CommissionReturn, LedgerLine
from tests.factories.catalog import make_product
from tests.factories.fulfillment import make_order
from tests.factories.inventory import make_stock
from tests.factories.money import make_schedule
from tests.factories.placing import place_order

SAM = Actor("user:7")


@pytest.fixture
def order(acting, now):
    """Two mugs and a lamp of 100.00 in all with 10.00 freight, of which the operator takes a tenth of the goods."""
    make_schedule({"rate_ppm": 100_000})
    for sku in ("MUG", "LAMP"):
        make_stock(10, variant=make_product(sku=sku).variants.select_related("product").get())
    return place_order(("MUG", 2, 2_500), ("LAMP", 1, 5_000), freight=Money(1_000, "EUR"))


def give(order, minor, *, key, now, **more) -> Refund:
    amount = Money(minor, "EUR")
    return refunds.issue(order=order, amount=amount, reason=RefundReason.GOODWILL, key=key, by=SAM, now=now, **more)


def owed() -> int:
    return sum(LedgerLine.objects.filter(account="merchant_payable").values_list("amount_minor", flat=True))


def test_a_part_goes_back_spread_over_the_lines_with_its_commission(order, now):
    assert owed() == 11_000 - 1_000
    refund = give(order, 5_500, key="r-1", now=now)
    shares = RefundLine.objects.filter(refund=refund).order_by("line")
    assert [(each.line.sku, each.goods_minor, each.freight_minor) for each in shares] == [
        ("MUG", 2_500, 250), ("LAMP", 2_500, 250),
    ]  # fmt: skip
    order.refresh_from_db()
    assert (order.refunded_minor, order.version, owed()) == (5_500, 2, 5_500 - 500)
    assert [each.fee_minor for each in CommissionReturn.objects.all()] == [250, 250]


def test_shares_may_be_named(order, now):
    give(order, 2_600, key="r-1", shares={1: Left(2_500, 100)}, now=now)
    line = RefundLine.objects.get()
    assert (line.line.sku, line.goods_minor, line.freight_minor) == ("MUG", 2_500, 100)


@pytest.mark.parametrize(
    ("minor", "shares", "refusal"),
    [
        (0, None, NotAnOrder), (-5, None, NotAnOrder), (11_001, None, RefundAbovePaid), (10**15, None, RefundAbovePaid),
        (100, {1: Left(50, 0)}, NotAnOrder), (100, {9: Left(100, 0)}, NotAnOrder),
        (5_001, {1: Left(5_001, 0)}, RefundAbovePaid), (600, {1: Left(0, 600)}, RefundAbovePaid),
        (100, {1: Left(200, 0), 2: Left(-100, 0)}, RefundAbovePaid),
    ],
)  # fmt: skip
def test_what_cannot_go_back(order, now, minor, shares, refusal):
    with pytest.raises(refusal):
        give(order, minor, key="r-1", shares=shares, now=now)
    order.refresh_from_db()
    assert (order.refunded_minor, Refund.objects.count(), owed()) == (0, 0, 10_000)


def test_the_same_refund_twice_is_one(order, now):
    """Somebody pressed twice (B5, B6)."""
    first = give(order, 5_500, key="r-1", now=now)
    assert give(order, 5_500, key="r-1", now=now).pk == first.pk
    with pytest.raises(RefundKeyReused):
        give(order, 5_501, key="r-1", now=now)
    order.refresh_from_db()
    assert (order.refunded_minor, Refund.objects.count()) == (5_500, 1)


def test_everything_in_three_parts_leaves_nothing_in_the_books(order, now):
    for number, minor in enumerate((3_333, 3_333, 4_334)):
        give(order, minor, key=f"r-{number}", now=now)
    order.refresh_from_db()
    assert (order.refunded_minor, owed()) == (11_000, 0)
    with pytest.raises(RefundAbovePaid):
        give(order, 1, key="r-9", now=now)


def test_goods_that_come_back_are_in_stock_again(order, now):
    orders.ship(order=order, carrier="Post", waybill="W", at=now, by=SAM, now=now)
    give(order, 5_000, key="r-1", returned={1: Returned(2, damaged=1)}, now=now)
    mug = StockLevel.objects.get(variant__sku="MUG")
    assert (mug.on_hand, mug.damaged, mug.available) == (10, 1, 9)
    assert OrderLine.objects.get(sku="MUG").returned == 2
    with pytest.raises(MoreThanIsLeft):
        give(order, 100, key="r-2", returned={1: Returned(1)}, now=now)
    assert not any(invariants.broken().values())


def test_nothing_comes_back_that_was_not_sent(order, now):
    with pytest.raises(MoreThanIsLeft):
        give(order, 5_000, key="r-1", returned={1: Returned(1)}, now=now)
    assert Refund.objects.count() == 0


def test_what_is_not_in_the_books_cannot_be_refunded(acting, now):
    taken_over = make_order(status=OrderStatus.PAID)
    with pytest.raises(NotSold):
        give(taken_over, 100, key="r-1", now=now)
    taken_over.refresh_from_db()
    assert taken_over.refunded_minor == 0


def test_the_database_refuses_more_back_than_came(order):
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(refunded_minor=11_001)


@given(
    rest=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 90)), min_size=1, max_size=6), share=st.integers(0, 100)
)
def test_shares_add_up_and_take_no_more_than_is_left(rest, share):
    left = [Left(*each) for each in rest]
    whole = sum(map(sum, left))
    if not whole:
        return
    amount = Money(max(1, whole * share // 100), "EUR")
    given = rules.shares(amount, left)
    assert sum(map(sum, given)) == amount.minor
    for each, line in zip(given, left, strict=True):
        assert 0 <= each.goods <= line.goods
        assert 0 <= each.freight <= line.freight


@pytest.fixture
def at_once(acme, in_thread):
    """Let everybody do something for acme in the same moment; the codes of what was refused."""

    def do(*acts) -> list[str]:
        together, refused = Barrier(len(acts)), []

        def run(act):
            with scope.acting_for(acme):
                together.wait(timeout=20)
                try:
                    act()
                except DomainError as refusal:
                    refused.append(refusal.code)

        for wait in [in_thread(lambda act=act: run(act)) for act in acts]:
            wait()
        return refused

    return do


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize(
    ("rounds", "callers"), [(3, 6), pytest.param(1_000, 16, marks=pytest.mark.nightly)], ids=["few", "many"]
)
def test_of_many_refunds_of_more_than_half_one_is_given(acme, at_once, now, rounds, callers):
    """Each for itself would be covered (B5)."""
    with scope.acting_for(acme):
        make_stock(2 * rounds)
    for _ in range(rounds):
        with scope.acting_for(acme):
            order = place_order()
        acts = [lambda order=order, n=n: give(order, 2_400, key=f"{order.pk}:{n}", now=now) for n in range(callers)]
        assert at_once(*acts) == ["refund_above_paid"] * (callers - 1)
        with scope.acting_for(acme):
            order.refresh_from_db()
            assert (order.refunded_minor, Refund.objects.filter(order=order).count()) == (2_400, 1)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_judging_by_an_old_balance_gives_back_too_much(acme, at_once, now, monkeypatch):
    """The planted fault: everybody looks at the balance, nobody reserves it, no order is locked."""
    with scope.acting_for(acme):
        make_stock(2)
        order = place_order()
    looked = Barrier(2)

    def look(order, amount, *, now):
        rest = Order.objects.get(pk=order.pk)
        looked.wait(timeout=20)
        if rest.refunded_minor + amount.minor > rest.paid_minor:
            raise RefundAbovePaid("")

    monkeypatch.setattr(refunds, "_reserve", look)
    monkeypatch.setattr(OwnedQuerySet, "locked", lambda rows: rows.order_by("pk"))
    monkeypatch.setattr(refunds.books, "post", lambda **posted: None)  # the books would notice too
    assert at_once(*[lambda n=n: give(order, 2_400, key=f"r-{n}", now=now) for n in range(2)]) == []
    with scope.acting_for(acme):
        assert sum(each.amount_minor for each in Refund.objects.all()) == 4_800 > order.paid_minor
