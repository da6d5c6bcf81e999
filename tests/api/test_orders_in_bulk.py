"""A thousand orders in one call: one act of the service, an answer for each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.kernel import invariants
from fulfillment.api import views
from fulfillment.models import Order, OrderLine
from fulfillment.services import placing
from inventory.models import StockLevel
from merchants.accounts.models import Buyer
from merchants.activity.models import DomainEvent, KeptAnswer
from tests.api.routes import ORDER
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock
from tests.factories.money import make_schedule


def order(number, *lines: tuple, **changes) -> dict:
    wanted = [{"sku": sku, "quantity": quantity} for sku, quantity in lines or [("MUG", 1)]]
    return ORDER | {"number": f"B-{number}", "lines": wanted} | changes


@pytest.fixture
def shelf(acting, settings):
    settings.API_BURST, settings.API_RATE = 10**6, 10**6
    make_schedule({"rate_ppm": 100_000})
    for sku, units in (("MUG", 1_000), ("LAMP", 2)):
        make_stock(units, variant=make_product(sku=sku).variants.select_related("product").get())


def place(system, items, *, key="k"):
    response = system.post("orders/bulk/", {"items": items}, Idempotency_Key=key)
    assert response.status_code == 200, response.content
    return response.json()


def problems(told) -> list[tuple]:
    return [
        (place, each["status"], each["problem"]["code"], [error["pointer"] for error in each["problem"]["errors"]])
        for place, each in enumerate(told["results"]) if "problem" in each
    ]  # fmt: skip


def test_each_order_stands_or_is_told_why_not_and_where(system, shelf):
    standing = system.post("orders/", order(1), Idempotency_Key="first").json()
    told = place(system, [
        order(1), order(2, ("MUG", 2), ("LAMP", 1)), order(3, ("MUG", 1), ("NEVER", 1)), order(4, ("LAMP", 2)),
        order(5, ("MUG", 0)), order(6, ("MUG", 1), ("MUG", -3)), order(7, channel="mars"), order(2), order("/"), 8,
    ])  # fmt: skip
    assert (told["done"], told["refused"]) == (2, 8)
    assert [each["status"] for each in told["results"][:2]] == [200, 201]
    made = Order.objects.get(number="B-2")
    assert told["results"][1]["body"] == {
        "id": str(made.public_id), "number": "B-2", "status": "paid",
        "total": {"amount": "69.60", "currency": "EUR"},
    }  # fmt: skip
    assert told["results"][0]["body"]["id"] == standing["id"]
    assert problems(told) == [
        (2, 404, "variant_unknown", ["/items/2/lines/1/sku"]),
        (3, 409, "insufficient_stock", ["/items/3/lines/0/quantity"]),
        (4, 400, "invalid", ["/items/4/lines/0/quantity"]), (5, 400, "invalid", ["/items/5/lines/1/quantity"]),
        (6, 404, "not_found", ["/items/6/channel"]), (7, 409, "order_number_taken", ["/items/7/number"]),
        (8, 400, "not_an_order", ["/items/8/number"]), (9, 400, "invalid", ["/items/9"]),
    ]  # fmt: skip
    assert sorted(Order.objects.values_list("number", flat=True)) == ["B-1", "B-2"]
    assert not any(invariants.broken().values())


def test_one_bad_order_among_a_thousand(system, shelf):
    items = [order(number, buyer={"name": f"Buyer {number}"}) for number in range(1_000)]
    items[500] = order(500, ("NEVER", 1), buyer={"name": "Nobody"})
    told = place(system, items)
    assert (told["done"], told["refused"], len(told["results"])) == (999, 1, 1_000)
    assert problems(told) == [(500, 404, "variant_unknown", ["/items/500/lines/0/sku"])]
    assert [told["results"][place]["body"]["number"] for place in (0, 499, 501, 999)] == [
        "B-0",
        "B-499",
        "B-501",
        "B-999",
    ]
    assert (Order.objects.count(), OrderLine.objects.count(), Buyer.objects.count()) == (999, 999, 999)
    assert StockLevel.objects.values_list("on_hand", "reserved").get(variant__sku="MUG") == (1_000, 999)
    assert DomainEvent.objects.filter(name="fulfillment.order.placed").count() == 999


def test_a_thousand_are_one_act(system, shelf, monkeypatch):
    """As many statements for ninety orders as for thirty: they are not placed one by one."""
    calls = []
    whole = placing.place_many
    monkeypatch.setattr(placing, "place_many", lambda asked, **more: calls.append(len(asked)) or whole(asked, **more))
    place(system, [order("warm")], key="warm")
    costs = []
    for many in (30, 90):
        with CaptureQueriesContext(connection) as queries:
            place(system, [order(f"{many}-{number}") for number in range(many)], key=str(many))
        costs.append(len(queries))
    assert calls == [1, 30, 90]
    assert costs[0] == costs[1]


def test_placing_them_one_by_one_bites(system, shelf, monkeypatch):
    """The planted fault of the test above."""

    def one_by_one(self, items):
        return self.answered([self.told(place, item, *placing.place_many(
            [views.placement_of(self.validated(self.input, item))], by=self.actor, now=self.now
        )) for place, item in enumerate(items)])  # fmt: skip

    monkeypatch.setattr(views.OrdersInBulk, "all", one_by_one)
    costs = []
    for many in (2, 4):
        with CaptureQueriesContext(connection) as queries:
            place(system, [order(f"{many}-{number}") for number in range(many)], key=str(many))
        costs.append(len(queries))
    assert costs[1] > costs[0]


def test_sent_again_they_are_the_same_orders(system, shelf):
    items = [order(number) for number in range(5)]
    first = system.post("orders/bulk/", {"items": items}, Idempotency_Key="k")
    again = system.post("orders/bulk/", {"items": items}, Idempotency_Key="k")
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    told = place(system, items, key="another")  # the client forgot its key: the numbers know
    assert [each["status"] for each in told["results"]] == [200] * 5
    assert [each["body"] for each in told["results"]] == [each["body"] for each in first.json()["results"]]
    assert (Order.objects.count(), KeptAnswer.objects.count()) == (5, 2)


@pytest.mark.parametrize("many", [0, 1_001])
def test_none_and_more_than_a_thousand(system, shelf, many):
    response = system.post("orders/bulk/", {"items": [order(number) for number in range(many)]}, Idempotency_Key="k")
    assert response.status_code == 400
    assert [(each["pointer"], each["code"]) for each in response.json()["errors"]] == [("/items", "too_many_items")]
    assert Order.objects.count() == 0


def test_the_last_units_go_to_the_first_orders(system, shelf):
    told = place(system, [order(number, ("LAMP", 1)) for number in range(4)])
    assert [each["status"] for each in told["results"]] == [201, 201, 409, 409]
    assert StockLevel.objects.values_list("on_hand", "reserved").get(variant__sku="LAMP") == (2, 2)
