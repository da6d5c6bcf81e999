"""The same Idempotency-Key does an act once and answers the same to the byte (INV-09)."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from catalog.models import Product, Variant
from config.kernel import clock, scope
from config.kernel.transactions import alone_where_free
from merchants.accounts.selectors import credential_with
from merchants.activity.models import DomainEvent, KeptAnswer
from merchants.activity.services import answers
from pricing.models import Price
from tests.api.routes import NEW
from tests.factories.catalog import make_product

PRICE = {"sku": "S-1", "channel": "web-eur", "price": {"amount": "9.90", "currency": "EUR"}}


@pytest.fixture
def priced(acting):
    make_product(sku="S-1", price=None)
    return acting


def test_the_first_answer_comes_again_to_the_byte(system, things):
    first = system.post("products/", NEW, Idempotency_Key="k")
    again = system.post("products/", NEW, Idempotency_Key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
    assert (again["Idempotency-Replayed"], first.has_header("Idempotency-Replayed")) == ("true", False)


def test_an_act_is_done_once(system, priced):
    for _ in range(3):
        assert system.post("prices/", PRICE, Idempotency_Key="k").status_code == 201
    assert Price.objects.count() == 1
    assert DomainEvent.objects.count() == 1


def test_without_a_key_it_is_done_each_time(system, priced):
    for _ in range(2):
        assert system.post("prices/", PRICE).status_code == 201
    assert (Price.objects.count(), KeptAnswer.objects.count()) == (2, 0)


@pytest.mark.parametrize("other", ["body", "path", "method"])
def test_the_same_key_with_another_request(system, priced, other):
    product = Product.objects.get()
    path = f"products/{product.public_id}/"
    assert system.patch(path, {"title": "Lamp"}, Idempotency_Key="k", If_Match='"1"').status_code == 200
    response = {
        "body": lambda: system.patch(path, {"title": "Tent"}, Idempotency_Key="k", If_Match='"2"'),
        "path": lambda: system.post("prices/", {"title": "Lamp"}, Idempotency_Key="k"),
        "method": lambda: system.post(f"{path}variants/", {"title": "Lamp"}, Idempotency_Key="k"),
    }[other]()
    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")
    assert (Product.objects.get().title, Variant.objects.count(), Price.objects.count()) == ("Lamp", 1, 0)


def test_a_refusal_is_an_answer_too_and_leaves_nothing_else(system, things, acme):
    with scope.acting_for(acme):
        before = DomainEvent.objects.count()
    taken = NEW | {"variant": {"sku": "LISTED"}}
    first = system.post("products/", taken, Idempotency_Key="k")
    again = system.post("products/", taken, Idempotency_Key="k")
    assert (first.status_code, again.content) == (409, first.content)
    assert again["Content-Type"] == "application/problem+json"
    with scope.acting_for(acme):
        assert not Product.objects.filter(code="N-1").exists()  # it was made before its SKU was refused
        assert DomainEvent.objects.count() == before


def test_what_passes_is_not_kept(system, system_of, acme, priced):
    lesser = system_of(acme, "orders:read")
    assert lesser.post("prices/", PRICE, Idempotency_Key="k").status_code == 403
    assert system.post("prices/", b"{", Idempotency_Key="j").status_code == 400
    kept = KeptAnswer.objects.get()  # what is malformed stays so
    assert (kept.key, kept.status) == ("j", 400)


def test_another_key_or_merchant_may_use_the_same_word(system, system_of, acme, rival, priced):
    with scope.acting_for(rival):
        make_product(sku="S-1", price=None)
    for each in (system, system_of(acme), system_of(rival)):
        response = each.post("prices/", PRICE, Idempotency_Key="k")
        assert (response.status_code, response.has_header("Idempotency-Replayed")) == (201, False)
    assert Price.objects.count() == 2


def test_answers_are_kept_for_thirty_days(system, priced, rival, now):
    system.post("prices/", PRICE, Idempotency_Key="k")
    made_at = KeptAnswer.objects.get().made_at
    with scope.acting_for_nobody():
        assert answers.forget(now=made_at + timedelta(days=30)) == 0
        assert answers.forget(now=made_at + timedelta(days=30, seconds=1)) == 1
    assert KeptAnswer.objects.count() == 0
    assert system.post("prices/", PRICE, Idempotency_Key="k").status_code == 201
    assert Price.objects.count() == 2


def test_answers_are_encrypted_where_they_lie(priced, system, things):
    told = system.post(f"orders/{things['paid']}/buyer-data/", {"reason": "call"}, Idempotency_Key="k").json()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT content FROM activity_keptanswer")
        (content,) = cursor.fetchone()
    assert told["street"] not in content and told["street"] in KeptAnswer.objects.get().content


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_second_of_two_at_once_is_told_to_wait(system, priced, in_thread):
    held, release = threading.Event(), threading.Event()
    credential = credential_with(prefix=system.key[:16]).pk

    def first():
        with scope.acting_for(priced), transaction.atomic():
            assert alone_where_free([f"idempotency {credential} k"])
            held.set()
            release.wait(10)

    finished = in_thread(first)
    assert held.wait(10)
    response = system.post("prices/", PRICE, Idempotency_Key="k")
    release.set()
    finished()
    assert (response.status_code, response.json()["code"]) == (409, "idempotency_in_progress")
    assert (Price.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert system.post("prices/", PRICE, Idempotency_Key="k").status_code == 201


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_many_at_once_one_is_done(system, priced, in_thread):
    answered = []

    def ask():
        answered.append(system.post("prices/", PRICE, Idempotency_Key="k"))

    for wait in [in_thread(ask) for _ in range(8)]:
        wait()
    done = {each.content for each in answered if each.status_code == 201}
    assert {each.status_code for each in answered} <= {201, 409}
    assert (len(done), Price.objects.count(), KeptAnswer.objects.count()) == (1, 1, 1)


def test_the_clock_is_the_platforms(system, priced):
    system.post("prices/", PRICE, Idempotency_Key="k")
    assert abs(KeptAnswer.objects.get().made_at - clock.now()) < timedelta(minutes=1)
