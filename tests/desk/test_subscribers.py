from datetime import timedelta

import pytest
from django.db import transaction

from catalog.events import ProductMoved
from config.kernel import events, scope
from config.kernel.actors import Actor, machine
from merchants.accounts.models import Membership
from merchants.accounts.permissions import Role
from merchants.accounts.services import memberships
from merchants.activity import rules
from merchants.activity.models import DomainEvent, EventDelivery
from merchants.activity.services import outbox
from merchants.desk.models import WorkItem
from merchants.desk.subscribers import DELIVERY_PARKED
from tests.conftest import person
from tests.factories.desk import make_work_item

OLIVE = Actor("user:1")


@pytest.fixture
def leaver(acme, olive):
    """Somebody with work to do, who is about to be removed."""
    user = person("lee", acme, Role.SUPPORT)
    with scope.acting_for(acme):
        make_work_item(owner=user)
        make_work_item(owner=user, closed_at=user.joined_at, closed_why="done")
        make_work_item(owner=olive)
    return user


def owners() -> list[tuple]:
    return list(WorkItem.objects.order_by("pk").values_list("owner__name", "closed_why"))


def test_the_work_of_who_leaves_is_left_to_others(acme, rival, leaver, now):
    with scope.acting_for(rival):
        memberships.add(user=leaver, roles=[Role.SUPPORT], by=OLIVE, now=now)
        make_work_item(owner=leaver)
    with scope.acting_for(acme):
        memberships.remove(membership=Membership.objects.get(user=leaver), by=OLIVE, now=now)
        assert owners() == [("Lee", ""), ("Lee", "done"), ("Olive", "")]

    assert outbox.deliver_due(now=now) == 1
    with scope.acting_for(acme):
        assert owners() == [(None, ""), ("Lee", "done"), ("Olive", "")]
        assert DomainEvent.objects.get(name="desk.work_item.assigned").actor == "system"
    with scope.acting_for(rival):
        assert owners() == [("Lee", "")]


def test_who_is_back_by_then_keeps_it(acme, leaver, now):
    with scope.acting_for(acme):
        memberships.remove(membership=Membership.objects.get(user=leaver), by=OLIVE, now=now)
        memberships.add(user=leaver, roles=[Role.SUPPORT], by=OLIVE, now=now)

    assert outbox.deliver_due(now=now) == 1
    with scope.acting_for(acme):
        assert owners() == [("Lee", ""), ("Lee", "done"), ("Olive", "")]


def test_a_parked_delivery_is_work_for_the_platform_until_it_is_tried_again(acting, platform, now, monkeypatch):
    def fail(facts, *, now):
        raise RuntimeError

    monkeypatch.setitem(events._subscribers, ProductMoved.name, {"tests.fail": fail})
    with transaction.atomic():
        events.record(ProductMoved(product_id="1", before="draft", after="ready"), by=machine("system"), now=now)
    for day in range(rules.TRIES + 1):
        outbox.deliver_due(now=now + timedelta(days=day))

    delivery = EventDelivery.objects.get()
    with scope.acting_for(platform):
        item = WorkItem.objects.get()
        assert (item.kind, item.about, item.closed_at) == (DELIVERY_PARKED, f"delivery:{delivery.pk}", None)
        assert item.title == "tests.fail gave up on catalog.product.moved: find out why and have it tried again"
        assert item.link == f"/admin/activity/eventdelivery/{delivery.pk}/change/"
    assert not WorkItem.objects.exists(), "the shop has nothing to do about it"

    monkeypatch.setitem(events._subscribers, ProductMoved.name, {"tests.fail": lambda facts, *, now: None})
    outbox.retry(delivery=delivery, by=OLIVE, now=now)
    assert outbox.deliver_due(now=now) == 2
    with scope.acting_for(platform):
        assert WorkItem.objects.get().closed_why == "It was tried again."
