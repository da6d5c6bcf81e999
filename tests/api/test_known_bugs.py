"""What other shops' software shipped and had to repair, asked of ours over the API; each test names the report."""

import re
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.kernel import invariants, scope
from config.kernel.owned import OwnedQuerySet
from fulfillment.models import Order, OrderGroup, OrderLine, Parcel, PaymentPart, Refund
from fulfillment.services import payments
from fulfillment.states import OrderStatus
from inventory.models import Reservation, StockLevel
from merchants.accounts.models import Buyer
from merchants.money.models import LedgerTransaction
from tests.api.routes import ORDER
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock
from tests.factories.money import make_schedule
from tests.factories.placing import place_order

transactional = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WALLET = {"kind": "wallet", "reference": "ch_1"}
REFUND = {"amount": {"amount": "12.00", "currency": "EUR"}, "reason": "goodwill"}
NOW = "2025-03-03T12:00:00Z"


@pytest.fixture
def shelf(acme):
    """One mug at 19.90, ten lamps."""
    with scope.acting_for(acme):
        make_schedule()
        for sku, units in (("MUG", 1), ("LAMP", 10)):
            make_stock(units, variant=make_product(sku=sku, price=1_990).variants.select_related("product").get())


@pytest.fixture
def at_once(in_thread):
    """Let all calls reach the server in the same moment; their answers, in the order of the calls."""

    def do(*calls) -> list:
        together, answers = Barrier(len(calls)), [None] * len(calls)

        def run(place, call):
            together.wait(timeout=20)
            answers[place] = call()

        for wait in [in_thread(lambda place=place, call=call: run(place, call)) for place, call in enumerate(calls)]:
            wait()
        return answers

    return do


def asked(number: str, *lines: tuple) -> dict:
    return ORDER | {"number": number, "lines": [{"sku": sku, "quantity": quantity} for sku, quantity in lines]}


def rows(merchant) -> dict[str, int]:
    """How much there is of all that an order brings along."""
    models = [Order, OrderGroup, OrderLine, PaymentPart, Reservation, Buyer, LedgerTransaction]
    with scope.acting_for(merchant):
        return {model.__name__: model.objects.count() for model in models}


def codes(answers) -> list:
    return sorted((each.status_code, each.json().get("code", "")) for each in answers)


def test_b2_two_lines_of_one_order_that_share_their_stock(system, acme, shelf):
    """Each line would be covered alone (medusa#16502)."""
    told = system.post("orders/", asked("B2", ("LAMP", 6), ("MUG", 1), ("LAMP", 6)), Idempotency_Key="k")
    assert (told.status_code, told.json()["code"]) == (409, "insufficient_stock")
    assert [each["pointer"] for each in told.json()["errors"]] == ["/lines/0/quantity"]
    assert set(rows(acme).values()) == {0}
    assert system.post("orders/", asked("B2", ("LAMP", 6), ("LAMP", 4)), Idempotency_Key="l").status_code == 201
    with scope.acting_for(acme):
        assert StockLevel.objects.get(variant__sku="LAMP").available == 0


@transactional
def test_b3_who_loses_the_last_unit_leaves_no_order_behind(system, acme, shelf, at_once):
    """An orphan without stock or payment (medusa#16825)."""
    calls = [
        lambda n=n: system.post(
            "orders/", asked(f"B3-{n}", ("MUG", 1)) | {"buyer": {"name": f"Buyer {n}"}}, Idempotency_Key=f"k-{n}"
        )
        for n in range(4)
    ]
    assert codes(at_once(*calls)) == [(201, ""), *[(409, "insufficient_stock")] * 3]
    assert rows(acme) == {
        "Order": 1, "OrderGroup": 1, "OrderLine": 1, "PaymentPart": 1, "Reservation": 1, "Buyer": 1,
        "LedgerTransaction": 1,
    }  # fmt: skip
    assert not any(invariants.broken().values())


@transactional
@pytest.mark.parametrize("rounds", [2, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_b5_refunds_at_the_same_moment_that_each_alone_would_be_covered(system, acme, shelf, at_once, rounds, settings):
    """120 of 100 went back (hyperswitch#13182, spree fa13383)."""
    settings.API_BURST, settings.API_RATE = 10**6, 10**6
    with scope.acting_for(acme):
        make_stock(rounds, variant=make_product(sku="TENT").variants.select_related("product").get())
    for turn in range(rounds):
        with scope.acting_for(acme):
            order = place_order(("TENT", 1, 1_990))
        path, keys = f"orders/{order.public_id}/refunds/", [f"r-{turn}-{n}" for n in range(6)]
        calls = [partial(system.post, path, REFUND, Idempotency_Key=key) for key in keys]
        assert codes(at_once(*calls)) == [(201, ""), *[(409, "refund_above_paid")] * 5]
        with scope.acting_for(acme):
            order.refresh_from_db()
            assert (order.refunded_minor, Refund.objects.filter(order=order).count()) == (1_200, 1)
    assert not any(invariants.broken().values())


@transactional
def test_b5_pressed_twice_is_once(system, acme, shelf, at_once):
    """The same key at the same moment (openfoodnetwork#6330)."""
    with scope.acting_for(acme):
        order = place_order(("LAMP", 1, 1_990))
    calls = [lambda: system.post(f"orders/{order.public_id}/refunds/", REFUND, Idempotency_Key="r")] * 6
    answers = at_once(*calls)
    assert {each.content for each in answers if each.status_code == 201} == {
        next(each.content for each in answers if each.status_code == 201)
    }
    assert {each.json()["code"] for each in answers if each.status_code != 201} <= {"idempotency_in_progress"}
    with scope.acting_for(acme):
        assert Refund.objects.get().amount_minor == 1_200


@transactional
def test_b6_the_provider_calls_back_before_we_have_committed(system, acme, shelf, in_thread, monkeypatch):
    """One event was written two or three times (gumroad#6193)."""
    with scope.acting_for(acme):
        order = place_order(("LAMP", 1, 1_990), paid=False)
    path, answers, waits, record = f"orders/{order.public_id}/payments/", {}, [], payments.events.record

    def call_back(*arguments, **more):
        """The payment is written and not committed: the provider says so itself, and our own call comes again."""
        if not waits:
            for name, key in (("provider", "provider's"), ("again", "ours")):
                waits.append(in_thread(lambda name=name, key=key: answers.update(
                    {name: system.post(path, WALLET, Idempotency_Key=key)}
                )))  # fmt: skip
        return record(*arguments, **more)

    monkeypatch.setattr(payments.events, "record", call_back)
    ours = system.post(path, WALLET, Idempotency_Key="ours")
    for wait in waits:
        wait()
    assert (ours.status_code, answers["provider"].status_code) == (201, 201)
    assert answers["provider"].json() == ours.json()
    assert (answers["again"].status_code, answers["again"].json().get("code")) in [
        (409, "idempotency_in_progress"), (201, None),
    ]  # fmt: skip
    with scope.acting_for(acme):
        assert (PaymentPart.objects.count(), LedgerTransaction.objects.count()) == (1, 1)
        assert Order.objects.get().version == 2


@transactional
def test_b7_the_buyers_browser_and_the_provider_confirm_at_once(system, acme, shelf, at_once):
    """Two captures, or an order that was given back although all was well (medusa#13301, saleor#12652)."""
    with scope.acting_for(acme):
        order = place_order(("LAMP", 1, 1_990), paid=False)
    path = f"orders/{order.public_id}/payments/"
    answers = at_once(*[lambda n=n: system.post(path, WALLET, Idempotency_Key=f"p-{n}") for n in range(6)])
    assert (codes(answers), len({each.content for each in answers})) == ([(201, "")] * 6, 1)
    other = system.post(path, WALLET | {"reference": "ch_2"}, Idempotency_Key="other")
    assert (other.status_code, other.json()["code"]) == (409, "illegal_move")
    with scope.acting_for(acme):
        order.refresh_from_db()
        assert (order.status, order.paid_minor, order.refunded_minor) == (OrderStatus.PAID, 1_990, 0)
        assert (PaymentPart.objects.count(), LedgerTransaction.objects.count()) == (1, 1)


ACTS = {
    "payments/": WALLET, "parcels/": {"carrier": "DHL", "waybill": "1", "at": NOW}, "refunds/": REFUND,
    "cancellation/": {"reason": "out_of_stock"}, "delivery/": {"at": NOW},
    "handover/": {"carrier": "DHL", "waybill": "1", "at": NOW},
}  # fmt: skip
LOCK = re.compile(r'^SELECT .* FROM "fulfillment_order" .* FOR (NO KEY )?UPDATE', re.S)
WRITE = re.compile(r'^(UPDATE|INSERT INTO|DELETE FROM) "(fulfillment|inventory|money)_', re.S)


@pytest.fixture
def written_without_lock(system, acme, shelf):
    """What an act wrote of orders, stock or money before it had locked the order's row; None where it locked first."""

    def ask(path: str) -> str | None:
        with scope.acting_for(acme):
            order = place_order(("LAMP", 1, 1_990), paid=path != "payments/")
        if path == "delivery/":
            system.post(f"orders/{order.public_id}/parcels/", ACTS["parcels/"], Idempotency_Key="before")
        with CaptureQueriesContext(connection) as queries:
            told = system.post(f"orders/{order.public_id}/{path}", ACTS[path], Idempotency_Key="k")
        assert told.status_code in (200, 201), told.content
        for query in queries:
            if LOCK.match(query["sql"]):
                return None
            if WRITE.match(query["sql"]):
                return query["sql"]
        raise AssertionError("it wrote nothing")

    return ask


@pytest.mark.parametrize("path", ACTS)
def test_b8_the_order_is_locked_before_anything_is_written(written_without_lock, path):
    """A lock that was never evaluated, in three places (saleor#19615)."""
    assert written_without_lock(path) is None


def test_b8_a_lock_that_is_never_evaluated_bites(written_without_lock, monkeypatch):
    monkeypatch.setattr(OwnedQuerySet, "locked", lambda rows: rows.order_by("pk"))
    assert WRITE.match(written_without_lock("cancellation/"))


@transactional
def test_two_parcels_with_the_same_last_unit(system, acme, shelf, at_once):
    """Of the same family: both would have fitted."""
    with scope.acting_for(acme):
        order = place_order(("LAMP", 2, 1_990))
    sent = ACTS["parcels/"] | {"lines": [{"position": 1, "quantity": 2}]}
    path = f"orders/{order.public_id}/parcels/"
    calls = [lambda n=n: system.post(path, sent | {"waybill": str(n)}, Idempotency_Key=f"k-{n}") for n in range(3)]
    assert [status for status, _code in codes(at_once(*calls))] == [201, 409, 409]
    with scope.acting_for(acme):
        level = StockLevel.objects.get(variant__sku="LAMP")
        assert (Parcel.objects.count(), level.on_hand, level.reserved) == (1, 8, 0)
