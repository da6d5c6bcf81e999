"""What cannot be meant is refused in words that lead to the place, and nothing is done."""

import json

import pytest
from django.conf import settings
from django.db import OperationalError

from config.kernel import scope
from fulfillment import selectors
from merchants.activity.models import DomainEvent, KeptAnswer
from pricing.models import Price
from tests.api.routes import NEW

PRICE = {"sku": "LISTED", "channel": "web-eur", "price": {"amount": "9.90", "currency": "EUR"}}


@pytest.fixture(autouse=True)
def nothing_is_done(acme, things):
    with scope.acting_for(acme):
        before, facts = Price.objects.count(), DomainEvent.objects.count()
    yield
    with scope.acting_for(acme):
        assert Price.objects.count() == before
        assert DomainEvent.objects.count() == facts


def priced(**changes) -> dict:
    return PRICE | {"price": PRICE["price"] | changes}


def errors(response) -> list[tuple]:
    return [(each.get("pointer"), each["code"]) for each in response.json()["errors"]]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, [("/sku", "required"), ("/channel", "required"), ("/price", "required")]),
        ([PRICE], [("", "invalid")]),
        (PRICE | {"color": "red"}, [("/color", "unknown_field")]),
        (PRICE | {"price": "9.90"}, [("/price", "invalid")]),
        (PRICE | {"price": 9.9}, [("/price", "invalid")]),
        (PRICE | {"price": None}, [("/price", "null")]),
        (priced(amount=9.9), [("/price/amount", "invalid_amount")]),
        (priced(amount="9.905"), [("/price/amount", "invalid_amount")]),
        (priced(amount="9,90"), [("/price/amount", "invalid_amount")]),
        (priced(amount="1e3"), [("/price/amount", "invalid_amount")]),
        (priced(amount="１２"), [("/price/amount", "invalid_amount")]),
        (priced(amount="9" * 400), [("/price/amount", "invalid_amount")]),
        (priced(amount="99999999999999999"), [("/price/amount", "invalid_amount")]),
        (priced(amount="-1"), [("/price/amount", "invalid_too_small")]),
        (priced(amount="0"), [("/price/amount", "invalid_too_small")]),
        (priced(currency="euro"), [("/price/currency", "invalid_currency")]),
        (priced(currency="E1R"), [("/price/currency", "invalid_currency")]),
        (priced(currency=None), [("/price/currency", "invalid_currency")]),
        (PRICE | {"sku": 7}, [("/sku", "invalid")]),
        (PRICE | {"sku": "a\0b"}, [("/sku", "invalid")]),
        (PRICE | {"sku": "S" * 101}, [("/sku", "invalid")]),
    ],
)  # fmt: skip
def test_fields_that_are_not_as_they_should_be(system, sent, expected):
    response = system.post("prices/", sent)
    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert errors(response) == expected


@pytest.mark.parametrize(
    ("sent", "pointer"), [({"sku": "NONE"}, "/sku"), ({"channel": "mars"}, "/channel"), ({"sku": "listed"}, "/sku")]
)
def test_what_is_named_and_not_there(system, sent, pointer):
    response = system.post("prices/", PRICE | sent)
    assert (response.status_code, errors(response)) == (404, [(pointer, "not_found")])


@pytest.mark.parametrize("currency", ["USD", "XXX"])
def test_a_foreign_or_unknown_currency(system, currency):
    response = system.post("prices/", priced(currency=currency))
    assert (response.status_code, response.json()["code"]) == (409, "wrong_currency")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"variant": {"sku": "N 1"}}, [("/variant/sku", "invalid")]),
        ({"variant": {"sku": "N-1", "weight_g": 0}}, [("/variant/weight_g", "min_value")]),
        ({"variant": {"sku": "N-1", "weight_g": -5}}, [("/variant/weight_g", "min_value")]),
        ({"variant": {"sku": "N-1", "weight_g": 10**30}}, [("/variant/weight_g", "max_value")]),
        ({"variant": {"sku": "N-1", "weight_g": 1.5}}, [("/variant/weight_g", "invalid")]),
        ({"variant": {"sku": "N-1", "weight_g": True}}, [("/variant/weight_g", "invalid")]),
        ({"variant": {"sku": "N-1", "weight_g": "5"}}, [("/variant/weight_g", "invalid")]),
        ({"variant": {"sku": "N-1", "~a/b": 1}}, [("/variant/~0a~1b", "unknown_field")]),
        ({"title": " "}, [("/title", "blank")]),
        ({"title": "​"}, [("/title", "blank")]),
        ({"title": "a\u202eb"}, [("/title", "control")]),
        ({"title": "a\nb"}, [("/title", "control")]),
        ({"title": "t" * 201}, [("/title", "max_length")]),
        ({"title": 5}, [("/title", "invalid")]),
        ({"origin": "Brazil"}, [("/origin", "invalid"), ("/origin", "max_length")]),
        ({"code": "new"}, [("/code", "taken_by_pages")]),
        ({"status": "ready"}, [("/status", "unknown_field")]),
        ({"id": "1"}, [("/id", "unknown_field")]),
        ({"merchant": 1}, [("/merchant", "unknown_field")]),
    ],
)  # fmt: skip
def test_products_that_are_not_as_they_should_be(system, change, expected):
    response = system.post("products/", NEW | change)
    assert response.status_code == 400, response.content
    assert errors(response) == expected


def test_a_refusal_of_a_service_leads_to_its_field_too(system):
    response = system.post("products/", NEW | {"variant": {"sku": "LISTED"}})
    assert (response.status_code, errors(response)) == (409, [("/variant/sku", "sku_taken")])


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"nope", b"{'a': 1}", b'{"a": NaN}', b'{"a": Infinity}', b'\xff\xfe{}', b'{"sku": "\xc3"}',
        b'{"a": 1, "a": 2}', b"[" * 100_000, b"9" * 5_000,
        b"\xef\xbb\xbf{}", b'{"a": 1} {"b": 2}', b'{"sku": "\\ud800"}',
    ],
)  # fmt: skip
def test_what_is_no_json(system, body):
    response = system.post("prices/", body)
    told = response.json()
    assert response.status_code == 400 and told["code"] in ("malformed", "invalid"), told
    assert response["Content-Type"] == "application/problem+json"


def test_a_body_of_ten_megabytes(system):
    response = system.post("prices/", b" " * 10_000_000)
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert system.post("prices/", b" " * (most + 1)).status_code == 413
    assert system.post("prices/", json.dumps(PRICE | {"x": ""}).encode() + b" " * (most - 500)).status_code == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_other_kinds_of_bodies(system, kind):
    headers = {"Authorization": f"Bearer {system.key}"}
    response = system.browser.generic("POST", "/api/v1/prices/", b"a=1", content_type=kind, headers=headers)
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "", "nonsense"])
def test_whatever_is_accepted_json_is_what_there_is(system, accept):
    assert system.get("products/", Accept=accept)["Content-Type"] == "application/json"


def test_a_key_with_signs_that_no_key_has(system):
    for key in ("", "a b", "é", "x" * 256):
        response = system.post("prices/", PRICE, Idempotency_Key=key)
        assert (response.status_code, response.json()["code"]) == (400, "idempotency_key_malformed")


def test_where_goods_move_a_key_is_needed(system, things):
    response = system.post(f"orders/{things['paid']}/cancellation/", {"reason": "out_of_stock"})
    assert (response.status_code, response.json()["code"]) == (400, "idempotency_key_missing")


def test_a_change_without_what_was_seen(system, things):
    response = system.patch(f"products/{things['product']}/", {"title": "Other"})
    assert (response.status_code, response.json()["code"]) == (428, "if_match_missing")


@pytest.mark.parametrize("tag", ['"2"', '"x"', '"1", "2"', "", '"99999999999999999999"', '"²"'])
def test_a_change_of_what_has_changed_meanwhile(system, things, tag):
    response = system.patch(f"products/{things['product']}/", {"title": "Other"}, If_Match=tag)
    assert (response.status_code, response.json()["code"]) == (412, "changed_meanwhile")


def test_parameters_where_there_are_none(system, things):
    assert system.get(f"products/{things['product']}/?fields=title").json()["errors"] == [
        {"parameter": "fields", "code": "unknown_filter", "message": "This list has no filter “fields”."}
    ]
    assert system.post("prices/?dry_run=1", PRICE).status_code == 400


@pytest.mark.parametrize("path", ["products/1/", "products/%00/", "products/?q=%00", "products/%ff/"])
def test_odd_addresses(system, path):
    response = system.get(path)
    assert response.status_code in (400, 404)
    assert response["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_says_nothing_of_it(system, monkeypatch, caplog):
    def broken(**_):
        raise RuntimeError("the recipe")

    monkeypatch.setattr(selectors, "plain_orders", broken)
    system.browser.raise_request_exception = False
    response = system.get("orders/")
    assert (response.status_code, response.json()["code"]) == (500, "fault")
    assert "recipe" not in response.content.decode()


def test_a_database_that_is_gone_passes(system, monkeypatch):
    def gone(**_):
        raise OperationalError("gone")

    monkeypatch.setattr(selectors, "plain_orders", gone)
    system.browser.raise_request_exception = False
    response = system.get("orders/")
    assert (response.status_code, response.json()["code"], response["Retry-After"]) == (503, "not_available", "5")


def test_refusals_speak_the_language_that_is_asked_for(system):
    response = system.get("orders/?status=x", Accept_Language="zh-hans")
    assert response.json()["code"] == "unknown_filter"
    assert response["Content-Language"] == "zh-hans"


def test_answers_are_not_kept_for_requests_without_a_key(system, acme):
    system.post("prices/", {})
    with scope.acting_for(acme):
        assert KeptAnswer.objects.count() == 0
