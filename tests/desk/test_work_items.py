import pytest

from config.kernel import scope
from config.kernel.actors import Actor
from merchants.activity.models import DomainEvent
from merchants.desk.errors import ClosesItself, ItemIsClosed
from merchants.desk.models import WorkItem
from merchants.desk.services import work_items
from merchants.desk.services.duties import FAILING
from merchants.desk.services.jobs import PARKED
from tests.factories.accounts import THEN
from tests.factories.desk import make_work_item

SYSTEM = Actor("system")


def opened(now, **more) -> WorkItem:
    return work_items.open(kind=PARKED, about="job:1", by=SYSTEM, now=now, **more)


def facts() -> list[str]:
    return list(DomainEvent.objects.order_by("pk").values_list("name", flat=True))


def test_one_is_open_of_a_kind_about_a_thing(acting, now):
    first = opened(now, params={"job": "a"})
    assert opened(now, params={"job": "b"}) == first
    assert facts() == ["desk.work_item.opened"]

    work_items.close(item=first, why="seen", by=SYSTEM, now=now)
    second = opened(now)
    assert second != first
    assert WorkItem.objects.filter(closed_at=None).count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_who_open_it_at_once_one_makes_it(acme, now, in_thread):
    def open_it():
        with scope.acting_for(acme):
            opened(now)

    waits = [in_thread(open_it) for _ in range(6)]
    for wait in waits:
        wait()
    with scope.acting_for(acme):
        assert WorkItem.objects.count() == 1
        assert facts() == ["desk.work_item.opened"]


def test_it_is_given_to_somebody_and_closed_for_a_reason(acting, olive, now):
    item = work_items.assign(item=opened(now), owner=olive, by=SYSTEM, now=now)
    work_items.assign(item=item, owner=olive, by=SYSTEM, now=now)  # nothing new
    closed = work_items.close(item=item, why="done", by=SYSTEM, now=now)

    assert (closed.owner, closed.closed_at, closed.closed_why) == (olive, now, "done")
    assert facts() == ["desk.work_item.opened", "desk.work_item.assigned", "desk.work_item.closed"]
    with pytest.raises(ItemIsClosed):
        work_items.close(item=item, why="again", by=SYSTEM, now=now)
    with pytest.raises(ItemIsClosed):
        work_items.assign(item=item, owner=None, by=SYSTEM, now=now)


def test_what_closes_itself_is_closed_by_nobody(acting, now):
    item = work_items.open(kind=FAILING, about="duty:x", by=SYSTEM, now=now)
    with pytest.raises(ClosesItself):
        work_items.close(item=item, why="away with it", by=SYSTEM, now=now)
    assert work_items.close_about(kind=FAILING, about="duty:x", why="works", by=SYSTEM, now=now) == item
    assert work_items.close_about(kind=FAILING, about="duty:x", why="works", by=SYSTEM, now=now) is None


def test_the_page_shows_what_is_mine_and_what_is_overdue(acme, olive, sam, client_for):
    with scope.acting_for(acme):
        make_work_item(about="job:mine", owner=olive, params={"job": "x"})
        make_work_item(about="job:late", due_at=THEN)
        make_work_item(about="job:closed", closed_at=THEN, closed_why="done")
        make_work_item(kind=FAILING, about="duty:x")  # the platform's
    browser = client_for(olive)

    def shown(query=""):
        rows = browser.get(f"/m/acme/work/{query}").context["index"].rows
        return {row.about for row in rows}

    assert shown() == {"job:mine", "job:late"}
    assert shown("?mine=yes") == {"job:mine"}
    assert shown("?overdue=yes") == {"job:late"}
    assert shown("?closed=yes") == {"job:closed"}


def test_somebody_takes_it_on_and_closes_it(acme, sam, client_for):
    with scope.acting_for(acme):
        item = make_work_item()
    browser, address = client_for(sam), f"/m/acme/work/{item.public_id}"

    assert browser.post(f"{address}/assignment/").url == "/m/acme/work/"
    assert browser.post(f"{address}/closure/", {"why": ""}).status_code == 422
    assert browser.post(f"{address}/closure/", {"why": "looked at it"}).url == "/m/acme/work/"
    with scope.acting_for(acme):
        item.refresh_from_db()
    assert (item.owner, item.closed_why) == (sam, "looked at it")
    assert browser.post(f"{address}/closure/", {"why": "once more"}).status_code == 409


def test_the_list_costs_the_same_for_one_and_for_many(acme, olive, client_for, flat_queries):
    browser = client_for(olive)

    def one_more():
        with scope.acting_for(acme):
            make_work_item(owner=olive)

    flat_queries(one_more, lambda: browser.get("/m/acme/work/"))
