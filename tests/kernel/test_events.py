import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from catalog.events import ProductMoved
from config.kernel import events, scope
from config.kernel.actors import machine
from config.kernel.events import Event, Past
from merchants.activity import selectors
from merchants.activity.models import DomainEvent
from merchants.activity.services.facts import FEW, OutsideTransaction
from tests.factories.accounts import make_member, make_user

BY = machine("import:test")


def moved(number=1):
    return ProductMoved(product_id=str(number), before="draft", after="ready")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("count", [1, FEW + 1])
def test_a_fact_outside_a_transaction_is_refused(acting, now, count):
    with pytest.raises(OutsideTransaction, match=r"catalog\.product\.moved"):
        events.record_many([moved()] * count, by=BY, now=now)
    assert DomainEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_fact_vanishes_with_its_act(acting, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.record(moved(), by=BY, now=now)
        assert DomainEvent.objects.count() == 1
        raise ZeroDivisionError
    assert DomainEvent.objects.count() == 0


@pytest.mark.parametrize("count", [1, FEW, FEW + 1, 500])
def test_facts_are_kept_as_they_are(acting, now, count):
    events.record_many([moved(number) for number in range(count)], by=BY, now=now)
    kept = list(DomainEvent.objects.order_by("pk"))
    assert [Event.load(each.name, each.payload) for each in kept] == [moved(number) for number in range(count)]
    assert [each.about for each in kept] == [f"product:{number}" for number in range(count)]
    assert {(each.actor, each.occurred_at, each.recorded_at, each.merchant_id) for each in kept} == {
        ("import:test", now, now, acting.pk)
    }
    assert len({each.batch for each in kept}) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        assert {str(each.transaction) for each in kept} == set(cursor.fetchone())


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_the_past_keeps_its_own_time(acting, now, count):
    then = now - timedelta(days=900)
    events.record_past([Past(moved(), then)] * count, by=BY, now=now)
    assert set(DomainEvent.objects.values_list("occurred_at", "recorded_at")) == {(then, now)}
    assert DomainEvent.objects.count() == count


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_the_past_of_many_says_whose_it_is(acme, rival, now, count):
    with scope.writing_for_many(because="the test records for both"):
        events.record_past([Past(moved(), now, m.pk) for m in (acme, rival)] * count, by=BY, now=now)
    for merchant in (acme, rival):
        with scope.acting_for(merchant):
            assert DomainEvent.objects.count() == count


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_nobodys_facts_are_not_kept(acme, now, count):
    refused = pytest.raises(scope.NoMerchantInScope)
    with scope.writing_for_many(because="the test forgets to say whose"), refused:
        events.record_past([Past(moved(), now)] * count, by=BY, now=now)
    with refused:
        events.record_many([moved()] * count, by=BY, now=now)


def test_a_rivals_fact_is_not_recorded(acting, rival, now):
    with pytest.raises(scope.ForeignMerchant):
        events.record_past([Past(moved(), now, rival.pk)], by=BY, now=now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        events.record_past([Past(moved(), now, rival.pk)] * (FEW + 1), by=BY, now=now)


@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("enter", ["acting", "everyone", "many"])
def test_no_scope_may_rewrite_history(acme, now, statement, enter):
    with scope.acting_for(acme):
        events.record(moved(), by=BY, now=now)
    entered = {
        "acting": scope.acting_for(acme),
        "everyone": scope.across_merchants(because="the test tries"),
        "many": scope.writing_for_many(because="the test tries"),
    }[enter]
    with entered, pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(DomainEvent._meta.db_table))


def test_two_facts_of_one_name_cannot_be_written():
    with pytest.raises(TypeError, match=r"two events named catalog\.product\.moved"):

        @dataclass(frozen=True, kw_only=True)
        class Impostor(Event):
            name = ProductMoved.name


def test_a_timeline_is_newest_first_and_names_people(acting, now):
    user = make_user(name="Olive")
    make_member(user)
    for number, label in enumerate([f"user:{user.pk}", "import:test"]):
        events.record_past([Past(moved(1), now + timedelta(hours=number))], by=machine(label), now=now)
    events.record(moved(2), by=BY, now=now)
    assert [fact.who for fact in selectors.timeline("product:1")] == ["Import of “test”", "Olive"]


def test_every_announced_fact_names_its_app_and_says_what_it_is_about():
    ours = {cls for cls in Event.known.values() if not cls.__module__.startswith("tests.")}
    assert {cls.__module__.split(".")[-2] for cls in ours} == {cls.name.split(".")[0] for cls in ours}
    assert all(cls.about is not Event.about for cls in ours)


def test_a_batch_is_an_id(acting, now):
    for _ in range(2):
        events.record(moved(), by=BY, now=now)
    batches = set(DomainEvent.objects.values_list("batch", flat=True))
    assert len(batches) == 2 and all(isinstance(batch, uuid.UUID) for batch in batches)
