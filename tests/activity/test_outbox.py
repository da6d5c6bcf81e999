import os
import signal
import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from catalog.events import ProductMoved
from catalog.models import Variant
from config.kernel import events, scope, wake
from config.kernel.actors import Actor, machine
from config.kernel.events import Past
from merchants.activity import rules, tasks
from merchants.activity.errors import NotParked
from merchants.activity.events import DeliveryParked
from merchants.activity.models import DomainEvent, EventDelivery
from merchants.activity.services import facts, outbox
from merchants.onboarding.models import Shop
from tests.factories.onboarding import make_shop

BY = machine("import:test")
transactional = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def moved(*numbers):
    return [ProductMoved(product_id=str(number), before="draft", after="ready") for number in numbers]


def record(now, *numbers):
    with transaction.atomic():
        events.record_many(moved(*numbers), by=BY, now=now)


def deliveries():
    with scope.across_merchants(because="the test looks at the whole outbox"):
        return list(EventDelivery.objects.order_by("pk"))


def open_shop(told, *, now):
    make_shop(name=" ".join(fact.product_id for fact in told))


def shops():
    return list(Shop.objects.order_by("pk").values_list("name", flat=True))


# ---------------------------------------------------------------- recording


def test_nobody_is_sent_what_nobody_reacts_to(acting, now):
    record(now, 1)
    assert deliveries() == []


def test_each_subscriber_gets_a_batch_once(acting, now, subscribe):
    seen = []

    def first(told, *, now):
        seen.append(("first", told, scope.current(), now))

    def second(told, *, now):
        seen.append(("second", told, scope.current(), now))

    subscribe(ProductMoved, first, second)
    record(now, 1, 2)

    assert outbox.deliver_due(now=now) == 2
    assert outbox.deliver_due(now=now) == 0
    assert seen == [(name, moved(1, 2), acting.pk, now) for name in ("first", "second")]
    assert [(each.attempts, each.done_at, each.gave_up_at, each.error) for each in deliveries()] == [
        (1, now, None, "")
    ] * 2


def test_many_facts_are_one_delivery_and_very_many_a_few(acting, now, subscribe):
    seen = []
    subscribe(ProductMoved, lambda told, *, now: seen.append(told))
    record(now, *range(facts.BATCH * 2 + 1))

    assert outbox.deliver_due(now=now) == 3
    assert [len(told) for told in seen] == [500, 500, 1]
    assert [fact for told in seen for fact in told] == moved(*range(1_001))


@pytest.mark.parametrize("count", [1, facts.FEW + 1])
def test_the_past_of_many_is_delivered_to_each_in_its_own_scope(acme, rival, now, subscribe, count):
    seen = []
    subscribe(ProductMoved, lambda told, *, now: seen.append((scope.current(), told)))
    with scope.writing_for_many(because="the test records for both"), transaction.atomic():
        past = [Past(*moved(number), now, merchant.pk) for number in range(count) for merchant in (acme, rival)]
        events.record_past(past, by=BY, now=now)

    assert outbox.deliver_due(now=now) == 2
    assert sorted(seen) == sorted([(acme.pk, moved(*range(count))), (rival.pk, moved(*range(count)))])


def test_a_delivery_costs_its_act_one_more_insert(acting, now, subscribe, django_assert_num_queries):
    subscribe(ProductMoved, open_shop)
    with django_assert_num_queries(4):  # two inserts within a savepoint
        record(now, *range(facts.FEW))


# ---------------------------------------------------------------- failing


def fail_after_work(told, *, now):
    make_shop(name="half done")
    raise RuntimeError("poison for olive@acme.example\nand more of it")


def fail_at_a_deferred_key(told, *, now):
    Variant.objects.create(product_id=404, sku="x", position=1)


def break_the_transaction(told, *, now):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    ("poison", "error"),
    [
        (fail_after_work, "RuntimeError: poison for …@…"),
        (fail_at_a_deferred_key, "IntegrityError: insert or update on table"),
        (break_the_transaction, 'ProgrammingError: relation "nowhere" does not exist'),
    ],
)
def test_a_failing_reaction_is_undone_counted_and_at_last_parked(acting, now, subscribe, poison, error):
    subscribe(ProductMoved, poison)
    record(now, 1)
    waits = []
    for attempt in range(1, rules.TRIES + 1):
        assert outbox.deliver_due(now=now) == 1
        (delivery,) = deliveries()
        assert (delivery.attempts, delivery.done_at) == (attempt, None)
        assert delivery.error.startswith(error) and "\n" not in delivery.error and "DETAIL" not in delivery.error
        assert outbox.deliver_due(now=now) == 0, "it waits before the next try"
        waits.append(delivery.due_at - now)
        now = delivery.due_at
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 4, 16, 60, 60)]
    assert delivery.gave_up_at is not None
    assert outbox.deliver_due(now=now + timedelta(days=99)) == 0
    assert shops() == []


def test_what_is_parked_is_told_to_the_platform_and_not_to_the_shop(acting, platform, now, subscribe):
    subscribe(ProductMoved, fail_after_work)
    record(now, 1)
    for day in range(rules.TRIES):
        outbox.deliver_due(now=now + timedelta(days=day))

    (delivery,) = deliveries()
    with scope.acting_for(platform):
        fact = DomainEvent.objects.get()
    assert (fact.name, fact.about, fact.actor) == ("activity.delivery.parked", f"delivery:{delivery.pk}", "system")
    assert fact.payload == {
        "delivery_id": delivery.pk, "merchant_id": acting.pk, "fact": "catalog.product.moved",
        "subscriber": "tests.fail_after_work", "attempts": 5,
    }  # fmt: skip
    assert DomainEvent.objects.count() == 1, "the shop's own fact"


def test_one_that_fails_at_parked_deliveries_brings_forth_no_more_of_them(acting, platform, now, subscribe):
    subscribe(ProductMoved, fail_after_work)
    subscribe(DeliveryParked, fail_after_work)
    record(now, 1)
    for day in range(rules.TRIES * 3):
        outbox.deliver_due(now=now + timedelta(days=day))

    assert [(each.name, each.attempts) for each in deliveries()] == [
        ("catalog.product.moved", 5), ("activity.delivery.parked", 5),
    ]  # fmt: skip
    with scope.acting_for(platform):
        assert DomainEvent.objects.count() == 1


def test_one_bad_batch_holds_up_no_other(acting, now, subscribe):
    def picky(told, *, now):
        if told == moved(1):
            raise RuntimeError
        open_shop(told, now=now)

    subscribe(ProductMoved, picky)
    for number in (1, 2):
        record(now, number)

    assert outbox.deliver_due(now=now) == 2
    assert shops() == ["2"]


def test_a_subscriber_that_is_gone_is_a_failure_too(acting, now, subscribe):
    subscribe(ProductMoved, open_shop)
    record(now, 1)
    subscribe(ProductMoved)

    assert outbox.deliver_due(now=now) == 1
    assert [each.error for each in deliveries()] == ["NobodyReacts: tests.open_shop"]


# ---------------------------------------------------------------- retrying by hand


@pytest.fixture
def parked(acting, platform, now, subscribe):
    subscribe(ProductMoved, fail_after_work)
    record(now, 1)
    for day in range(rules.TRIES):
        outbox.deliver_due(now=now + timedelta(days=day))
    return deliveries()[0]


def test_a_parked_delivery_is_tried_again_by_hand(parked, platform, now, subscribe):
    def fail_after_work(told, *, now):  # it has the old name and is mended
        open_shop(told, now=now)

    subscribe(ProductMoved, fail_after_work)
    outbox.retry(delivery=parked, by=Actor("user:7"), now=now)

    assert outbox.deliver_due(now=now) == 1
    assert shops() == ["1"]
    with scope.acting_for(platform):
        assert list(DomainEvent.objects.order_by("pk").values_list("name", "actor")) == [
            ("activity.delivery.parked", "system"), ("activity.delivery.retried", "user:7"),
        ]  # fmt: skip


def test_only_what_is_parked_can_be_tried_again(acting, platform, now, subscribe):
    subscribe(ProductMoved, open_shop)
    record(now, 1)
    for _ in range(2):
        with pytest.raises(NotParked):
            outbox.retry(delivery=deliveries()[0], by=BY, now=now)
        outbox.deliver_due(now=now)
    assert shops() == ["1"]


# ---------------------------------------------------------------- workers


@transactional
def test_workers_share_the_outbox_without_delivering_twice(acting, now, subscribe, in_thread):
    subscribe(ProductMoved, open_shop)
    for number in range(20):
        record(now, number)

    for wait in [in_thread(partial(outbox.deliver_due, now=now)) for _ in range(3)]:
        wait()
    assert sorted(shops(), key=int) == [str(number) for number in range(20)]
    assert {each.attempts for each in deliveries()} == {1}


@transactional
def test_a_worker_that_is_held_up_and_one_that_took_over_do_it_once(acting, now, subscribe, monkeypatch):
    subscribe(ProductMoved, open_shop)
    record(now, 1)
    held_up = outbox._claim(now=now)

    assert outbox.deliver_due(now=held_up.due_at) == 1
    with scope.across_merchants(because="the outbox serves all merchants"):
        outbox._deliver(held_up, now=now)
    assert shops() == ["1"]
    assert deliveries()[0].attempts == 2


@transactional
def test_a_claim_that_came_too_late_costs_the_one_in_time_nothing(acting, now, subscribe, in_thread):
    subscribe(ProductMoved, open_shop)
    record(now, 1)
    claimed, locked = outbox._claim(now=now), threading.Event()

    def too_late():  # it has locked the row, is about to find it claimed, and holds it until it ends
        with scope.acting_for(acting), transaction.atomic():
            EventDelivery.objects.locked().get()
            locked.set()
            time.sleep(0.2)

    wait = in_thread(too_late)
    locked.wait(10)
    outbox._deliver(claimed, now=now)
    wait()
    assert (shops(), deliveries()[0].done_at) == (["1"], now)


@transactional
def test_a_long_reaction_is_not_taken_over_however_late_it_gets(acting, now, subscribe, in_thread):
    tries = []

    def slow(told, *, now):
        open_shop(told, now=now)
        wait = in_thread(lambda: tries.append(outbox.deliver_due(now=now + timedelta(days=1))))
        wait()

    subscribe(ProductMoved, slow)
    record(now, 1)
    assert outbox.deliver_due(now=now) == 1
    assert tries == [0]
    assert shops() == ["1"]


@transactional
def test_a_reaction_that_kills_its_worker_is_counted_and_parked(acting, platform, now, subscribe):
    def die(told, *, now):
        make_shop(name="half done")
        os.kill(os.getpid(), signal.SIGKILL)

    subscribe(ProductMoved, die)
    record(now, 1)
    connection.close()
    for day in range(rules.TRIES):
        worker = os.fork()
        if not worker:
            outbox.deliver_due(now=now + timedelta(days=day))
            os._exit(0)
        assert os.waitpid(worker, 0)[1] == signal.SIGKILL
    (delivery,) = deliveries()
    assert (delivery.attempts, delivery.gave_up_at, delivery.error) == (rules.TRIES, None, outbox.NO_WORD)

    later = now + timedelta(days=99)
    assert outbox.deliver_due(now=later) == 1, "which finds it and gives it up, without another try"
    assert deliveries()[0].gave_up_at == later
    assert shops() == []


# ---------------------------------------------------------------- waking


@pytest.fixture
def sent(monkeypatch):
    calls = []
    monkeypatch.setattr(wake.current_app, "send_task", lambda name, **_: calls.append(name))
    return calls


def test_a_worker_is_woken_once_for_a_transaction(
    acting, now, subscribe, sent, django_capture_on_commit_callbacks
):  # fmt: skip
    subscribe(ProductMoved, open_shop)
    with django_capture_on_commit_callbacks(execute=True):
        record(now, 1)
        record(now, 2)
        assert sent == []
    assert sent == ["merchants.activity.tasks.deliver"]


def test_nobody_is_woken_for_nothing(acting, now, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record(now, 1)
    assert sent == []


@transactional
def test_an_act_does_not_need_the_broker(acting, now, subscribe, monkeypatch):
    def away(name, **_):
        raise OperationalError("no broker")

    monkeypatch.setattr(wake.current_app, "send_task", away)
    subscribe(ProductMoved, open_shop)
    record(now, 1)
    assert outbox.deliver_due(now=now) == 1, "by the sweep"


def test_the_worker_is_woken_by_the_name_of_a_task():
    assert tasks.deliver.name == facts.DELIVER
