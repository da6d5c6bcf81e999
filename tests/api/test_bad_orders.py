"""Orders that cannot be meant are refused in words that lead to the place, and leave nothing behind."""

import copy
import json

import pytest
from django.conf import settings

from config.kernel import clock, scope
from fulfillment.models import Order
from inventory.models import Reservation
from merchants.accounts.models import Buyer
from merchants.activity.models import DomainEvent
from merchants.money.models import LedgerTransaction
from tests.api.routes import ORDER
from tests.conftest import System
from tests.factories.accounts import make_credential
from tests.factories.catalog import make_product
from tests.factories.inventory import make_stock
from tests.factories.marketplace import make_channel
from tests.factories.money import make_schedule


@pytest.fixture(autouse=True)
def nothing_is_left(acting, rival):
    """Ten mugs are on the shelf, and the rival has some that nobody else sells."""
    make_schedule()
    make_stock(10, variant=make_product(sku="MUG").variants.select_related("product").get())
    make_channel(code="web-usd", currency="USD")
    with scope.acting_for(rival):
        make_stock(10, variant=make_product(sku="RIVALS").variants.select_related("product").get())
    before = DomainEvent.objects.count()
    yield
    for model in (Order, Reservation, Buyer, LedgerTransaction):
        assert not model.objects.exists(), model
    assert DomainEvent.objects.count() == before


def changed(path: str, value) -> dict:
    """The usual order with one place changed; `del` takes it out."""
    sent = copy.deepcopy(ORDER | {"lines": [{"sku": "MUG", "quantity": 1, "unit_price": euros("9.90")}]})
    *way, last = [int(each) if each.isdigit() else each for each in path.strip("/").split("/")]
    at = sent
    for each in way:
        at = at[each]
    if value is del_:
        del at[last]
    else:
        at[last] = value
    return sent


def euros(amount, currency="EUR") -> dict:
    return {"amount": amount, "currency": currency}


del_ = object()
HUGE = 10**30
CASES = [
    ("/lines/0/sku", "RIVALS", 404, "variant_unknown", "/lines/0/sku"),
    ("/lines/0/sku", "NEVER", 404, "variant_unknown", "/lines/0/sku"),
    ("/lines/0/sku", "mug", 404, "variant_unknown", "/lines/0/sku"),
    ("/lines/0/sku", 7, 400, "invalid", "/lines/0/sku"),
    ("/lines/0/sku", "", 400, "blank", "/lines/0/sku"),
    ("/lines/0/sku", "S" * 61, 400, "max_length", "/lines/0/sku"),
    ("/lines/0/sku", "a\0b", 400, "control", "/lines/0/sku"),
    ("/lines/0/quantity", 0, 400, "min_value", "/lines/0/quantity"),
    ("/lines/0/quantity", -1, 400, "min_value", "/lines/0/quantity"),
    ("/lines/0/quantity", HUGE, 400, "max_value", "/lines/0/quantity"),
    ("/lines/0/quantity", 1_000_001, 400, "max_value", "/lines/0/quantity"),
    ("/lines/0/quantity", 1.0, 400, "invalid", "/lines/0/quantity"),
    ("/lines/0/quantity", "1", 400, "invalid", "/lines/0/quantity"),
    ("/lines/0/quantity", True, 400, "invalid", "/lines/0/quantity"),
    ("/lines/0/quantity", None, 400, "null", "/lines/0/quantity"),
    ("/lines/0/quantity", del_, 400, "required", "/lines/0/quantity"),
    ("/lines/0/quantity", 11, 409, "insufficient_stock", "/lines/0/quantity"),
    ("/lines/0/unit_price", euros("9.905"), 400, "invalid_amount", "/lines/0/unit_price/amount"),
    ("/lines/0/unit_price", euros(9.9), 400, "invalid_amount", "/lines/0/unit_price/amount"),
    ("/lines/0/unit_price", euros("NaN"), 400, "invalid_amount", "/lines/0/unit_price/amount"),
    ("/lines/0/unit_price", euros("9" * 20), 400, "invalid_amount", "/lines/0/unit_price/amount"),
    ("/lines/0/unit_price", euros("9.90", "eur"), 400, "invalid_currency", "/lines/0/unit_price/currency"),
    ("/lines/0/unit_price", "9.90", 400, "invalid", "/lines/0/unit_price"),
    ("/lines/0/unit_price", euros("-0.01"), 400, "not_an_order", "/lines/0/unit_price"),
    ("/lines/0/unit_price", euros("9.90", "USD"), 400, "not_an_order", "/lines/0/unit_price"),
    ("/lines/0/unit_price", euros("9.90", "XXX"), 400, "not_an_order", "/lines/0/unit_price"),
    ("/lines/0/unit_price", euros("9999999999999.99"), 400, "not_an_order", "/lines"),
    ("/lines/0/color", "red", 400, "unknown_field", "/lines/0/color"),
    ("/lines/0", 5, 400, "invalid", "/lines/0"),
    ("/lines", [], 400, "min_length", "/lines"),
    ("/lines", {}, 400, "not_a_list", "/lines"),
    ("/lines", [{"sku": "MUG", "quantity": 1}] * 501, 400, "max_length", "/lines"),
    ("/freight", euros("-1.00"), 400, "not_an_order", "/freight"),
    ("/freight", euros("1.00", "USD"), 400, "not_an_order", "/freight"),
    ("/channel", "web-usd", 404, "not_found", "/channel"),
    ("/channel", "mars", 404, "not_found", "/channel"),
    ("/channel", del_, 400, "required", "/channel"),
    ("/number", "A/1", 400, "not_an_order", "/number"),
    ("/number", "A" * 61, 400, "max_length", "/number"),
    ("/number", "a\nb", 400, "control", "/number"),
    ("/number", "new", 400, "not_an_order", "/number"),
    ("/paid_by", "not_defined", 400, "invalid_choice", "/paid_by"),
    ("/paid_by", "", 400, "invalid_choice", "/paid_by"),
    ("/payment_reference", "P" * 101, 400, "max_length", "/payment_reference"),
    ("/buyer/name", " ", 400, "blank", "/buyer/name"),
    ("/buyer/name", "a\u202eb", 400, "control", "/buyer/name"),
    ("/buyer/name", "N" * 121, 400, "max_length", "/buyer/name"),
    ("/buyer/email", "a@b.example", 400, "unknown_field", "/buyer/email"),
    ("/buyer", None, 400, "null", "/buyer"),
    ("/buyer/phone", "+" * 31, 400, "max_length", "/buyer/phone"),
    ("/ship_to/country", "Germany", 400, "max_length", "/ship_to/country"),
    ("/ship_to/country", "D1", 400, "invalid", "/ship_to/country"),
    ("/ship_to/city", del_, 400, "required", "/ship_to/city"),
    ("/status", "delivered", 400, "unknown_field", "/status"),
    ("/merchant", 1, 400, "unknown_field", "/merchant"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "status", "code", "pointer"), CASES)
def test_an_order_alone(system, path, value, status, code, pointer):
    response = system.post("orders/", changed(path, value), Idempotency_Key="k")
    assert response.status_code == status, response.content
    assert (pointer, code) in [(each["pointer"], each["code"]) for each in response.json()["errors"]]


@pytest.mark.parametrize(("path", "value", "status", "code", "pointer"), CASES)
def test_the_same_order_as_the_third_of_three(system, path, value, status, code, pointer):
    """Word for word as alone, but for its place: two that are malformed keep it company."""
    items = [{}, 5, changed(path, value)]
    told = system.post("orders/bulk/", {"items": items}, Idempotency_Key="k").json()
    assert (told["done"], [each["status"] for each in told["results"]]) == (0, [400, 400, status])
    alone = system.post("orders/", changed(path, value), Idempotency_Key="alone").json()
    problem = told["results"][2]["problem"]
    assert [error["pointer"] for error in problem["errors"]] == [
        f"/items/2{error['pointer']}" for error in alone["errors"]
    ]  # fmt: skip
    assert (problem["code"], problem["detail"]) == (alone["code"], alone["detail"])


def test_the_same_key_with_another_order(system):
    refused = changed("/lines/0/quantity", 11)
    assert system.post("orders/", refused, Idempotency_Key="k").status_code == 409
    for path, sent in (("orders/", changed("/number", "A-9")), ("orders/bulk/", {"items": [refused]})):
        told = system.post(path, sent, Idempotency_Key="k")
        assert (told.status_code, told.json()["code"], told.json()["errors"]) == (422, "idempotency_key_reused", [])


@pytest.mark.parametrize("path", ["orders/", "orders/bulk/"])
def test_without_a_key(system, path):
    told = system.post(path, changed("/number", "A-9") if path == "orders/" else {"items": [ORDER]})
    assert (told.status_code, told.json()["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("path", ["orders/", "orders/bulk/"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "malformed"), (b"", "invalid"), (b"null", "invalid"), (b'{"a": NaN}', "malformed"),
        (b'{"number": "\xff"}', "malformed"), (b'{"number": "\xc3("}', "malformed"), (b'\xff\xfe{\0}\0', "malformed"),
        (b'{"number": "A", "number": "B"}', "malformed"), (b"[" * 100_000, "malformed"), (b"\x1f\x8b\x08", "malformed"),
    ],
)  # fmt: skip
def test_what_is_no_json(system, path, body, code):
    told = system.post(path, body, Idempotency_Key="k")
    assert (told.status_code, told.json()["code"]) == (400, code), told.content


@pytest.mark.parametrize("path", ["orders/", "orders/bulk/"])
def test_ten_megabytes(system, path):
    told = system.post(path, json.dumps({"items": [ORDER] * 25_000}).encode(), Idempotency_Key="k")
    assert (told.status_code, told.json()["code"]) == (413, "body_too_large")
    most = f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,}"
    assert most in told.json()["detail"]


def test_an_expired_a_foreign_and_an_invented_credential(system, system_of, rival):
    _credential, expired = make_credential(expires_at=clock.now())
    for key in (expired, "zg_live_00000000_" + "0" * 43):
        told = System(key).post("orders/", changed("/number", "A-9"), Idempotency_Key="k")
        assert (told.status_code, told.json()["code"], told["WWW-Authenticate"]) == (
            401, "no_credential", 'Bearer realm="api"',
        )  # fmt: skip
    told = system_of(rival).post("orders/", changed("/number", "A-9"), Idempotency_Key="k")
    assert (told.status_code, [each["pointer"] for each in told.json()["errors"]]) == (404, ["/lines/0/sku"])


@pytest.mark.parametrize("path", ["orders/", "refunds/", "shipments/", "imports/"])
def test_filters_and_cursors_that_are_of_another_list(system, path):
    make_product()
    told = system.get(f"{path}?colour=red")
    assert (told.status_code, told.json()["code"]) == (400, "unknown_filter")
    assert [each["parameter"] for each in told.json()["errors"]] == ["colour"]
    after = system.get("products/?size=1").json()["next"]
    assert system.get(f"products/?after={after}").status_code == 200
    told = system.get(f"{path}?after={after}")
    assert (told.status_code, told.json()["code"], told.json()["errors"]) == (400, "unknown_filter", [])
