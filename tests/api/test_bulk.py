"""Bulk calls: up to 1,000 items, each done or refused by itself, each with its answer and its cost."""

import pytest
from django.core.cache import cache

from catalog.models import Product
from config.kernel import scope
from config.kernel.api import limits
from merchants.activity.models import DomainEvent
from pricing.models import Price
from tests.api.routes import NEW
from tests.factories.catalog import make_product


def item(sku: str, amount: str = "9.90") -> dict:
    return {"sku": sku, "channel": "web-eur", "price": {"amount": amount, "currency": "EUR"}}


@pytest.fixture
def skus(acting):
    return [make_product(price=None).variants.get().sku for _ in range(5)]


def test_each_item_has_its_answer_in_its_place(system, skus):
    items = [item(sku) for sku in skus]
    items[1], items[3] = item("NONE"), item(skus[3], "1.234")
    response = system.post("prices/bulk/", {"items": items})
    told = response.json()

    assert (response.status_code, told["done"], told["refused"]) == (200, 3, 2)
    assert [each["status"] for each in told["results"]] == [201, 404, 201, 400, 201]
    assert [each["body"]["sku"] for each in told["results"] if "body" in each] == [skus[0], skus[2], skus[4]]
    problems = [each["problem"] for each in told["results"] if "problem" in each]
    assert [(each["code"], each["errors"][0]["pointer"]) for each in problems] == [
        ("not_found", "/items/1/sku"), ("invalid", "/items/3/price/amount")
    ]  # fmt: skip
    assert (Price.objects.count(), DomainEvent.objects.count()) == (3, 3)


def test_one_bad_item_among_a_thousand(system, acting):
    make_product(sku="S-1", price=None)
    items = [item("S-1" if number == 500 else f"NONE-{number}") for number in range(1_000)]
    told = system.post("prices/bulk/", {"items": items}).json()
    assert (told["done"], told["refused"], len(told["results"])) == (1, 999, 1_000)
    assert (told["results"][500]["status"], told["results"][499]["status"]) == (201, 404)


def test_a_refusal_of_a_service_undoes_its_own_item_only(system, things, acme):
    items = [NEW, NEW | {"code": "N-2", "variant": {"sku": "LISTED"}}, NEW | {"code": "N-3", "variant": {"sku": "N-3"}}]
    told = system.post("products/bulk/", {"items": items}).json()
    assert [each["status"] for each in told["results"]] == [201, 409, 201]
    assert told["results"][1]["problem"]["errors"][0]["pointer"] == "/items/1/variant/sku"
    with scope.acting_for(acme):
        made = Product.objects.filter(code__startswith="N-").order_by("code")
        assert [each.code for each in made] == ["N-1", "N-3"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"items": [{}] * 1_001}, "too_many_items"), ({"items": []}, "too_many_items"), ({"items": {}}, "invalid"),
        ([], "invalid"), ({}, "invalid"), ({"items": [], "more": 1}, "invalid"), (None, "invalid"),
    ],
)  # fmt: skip
def test_what_is_no_bulk(system, acting, sent, code):
    response = system.post("prices/bulk/", sent)
    assert response.status_code == 400
    assert [(each["pointer"], each["code"]) for each in response.json()["errors"]] == [("/items", code)]


def test_items_of_odd_kinds(system, acting):
    told = system.post("prices/bulk/", {"items": [1, None, "x", [], {"items": []}]}).json()
    assert [each["status"] for each in told["results"]] == [400] * 5


def test_all_of_it_is_done_once(system, skus):
    sent = {"items": [item(sku) for sku in skus]}
    first = system.post("prices/bulk/", sent, Idempotency_Key="k")
    again = system.post("prices/bulk/", sent, Idempotency_Key="k")
    assert (first.content, again["Idempotency-Replayed"]) == (again.content, "true")
    assert Price.objects.count() == 5


def test_each_item_costs_what_a_call_costs(system, skus, settings):
    settings.API_BURST, settings.API_RATE = 1_000, 0.001
    cache.clear()
    response = system.post("prices/bulk/", {"items": [item(sku) for sku in skus]})
    assert response["RateLimit-Remaining"] == "995"
    refused = system.post("prices/bulk/", {"items": [item("NONE")] * 996})
    assert (refused.status_code, refused["RateLimit-Remaining"]) == (429, "994")
    assert Price.objects.count() == 5


def test_what_a_bulk_call_may_cost_fits_into_a_bucket(settings):
    assert all(bucket.size >= 1_000 for bucket in limits.buckets(credential=1, merchant=1))
