from datetime import timedelta

import pytest

from config.kernel import duties, scope, wake
from merchants.activity import tasks
from merchants.activity.models import EventDelivery
from merchants.activity.services import retention
from tests.factories.activity import make_delivery

DAY = timedelta(days=1)


@pytest.fixture
def deliveries(acme, rival, now):
    """Of each merchant three that were done long ago, one that was done since, one that waits and one given up."""
    old, fresh = now - retention.KEPT - DAY, now - retention.KEPT + DAY
    for merchant in (acme, rival):
        with scope.acting_for(merchant):
            for _ in range(3):
                make_delivery(made_at=old, done_at=old)
            make_delivery(made_at=old, done_at=fresh)
            make_delivery(made_at=old)
            make_delivery(made_at=old, gave_up_at=old)


def left() -> list[tuple]:
    with scope.across_merchants(because="the test counts what is left of everybody's"):
        rows = EventDelivery.objects.order_by("merchant", "pk").select_related("merchant")
        return [(each.merchant.slug, bool(each.done_at), bool(each.gave_up_at)) for each in rows]


LEFT = [
    (slug, *how) for slug in ("acme", "rival") for how in ((True, False), (False, False), (False, True))
]  # fmt: skip


def test_what_was_done_long_ago_is_forgotten_in_portions_and_all_else_is_kept(deliveries, now, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 4)
    assert retention.forget_done(now=now) == 6
    assert left() == LEFT
    assert retention.forget_done(now=now) == 0


def test_a_portion_costs_the_same_however_many_it_holds(deliveries, now, django_assert_num_queries):
    with django_assert_num_queries(9):  # finding twice, the merchants, and a savepoint, deletion and release for each
        retention.forget_done(now=now)


def test_it_ends_after_a_while_and_sends_for_another_worker(
    deliveries, now, monkeypatch, django_capture_on_commit_callbacks
):  # fmt: skip
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    monkeypatch.setattr(retention, "SPELL", -1)
    sent = []
    monkeypatch.setattr(wake, "_send", lambda task, *_: sent.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.forget_done(now=now) == 1
    assert sent == [tasks.forget_deliveries.name]


def test_the_duty_sends_for_a_worker_once_a_day(db, now, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(wake, "_send", lambda task, *_: sent.append(task))
    kind = duties.kind("activity.forget_deliveries")
    with django_capture_on_commit_callbacks(execute=True):
        kind.perform(now=now)
    assert (kind.every, sent) == (DAY, [tasks.forget_deliveries.name])
