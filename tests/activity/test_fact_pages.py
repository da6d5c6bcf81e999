import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from config.kernel import events, scope, subjects
from config.kernel.actors import Actor
from fulfillment.events import OrderPaid
from merchants.accounts.events import MemberAdded, MemberRemoved
from merchants.accounts.permissions import Role, granted
from merchants.activity.pages import facts
from tests.conftest import person
from tests.factories.fulfillment import make_order

ACTIVITY = "/m/acme/shop/activity/"


def tell(merchant, fact, *, by, at):
    with scope.acting_for(merchant), transaction.atomic():
        events.record(fact, by=Actor(f"user:{by.pk}"), now=at)


@pytest.fixture
def told(acme, rival, olive, sam, rita, now):
    # 23:30 in Berlin on the 2nd is still the 2nd in UTC; 00:30 on the 4th in Berlin is the 3rd in UTC
    tell(acme, MemberAdded(user_id=sam.pk, roles=["catalog"]), by=olive, at=datetime(2025, 3, 2, 22, 30, tzinfo=UTC))
    tell(acme, MemberRemoved(user_id=sam.pk), by=sam, at=datetime(2025, 3, 3, 23, 30, tzinfo=UTC))
    tell(rival, MemberRemoved(user_id=rita.pk), by=rita, at=now)


def shown(browser, query=""):
    response = browser.get(f"{ACTIVITY}?{query}")
    assert response.status_code == 200
    return [(fact.name, fact.who) for fact in response.context["index"].rows]


ADDED, REMOVED = ("accounts.member.added", "Olive"), ("accounts.member.removed", "Sam")


def test_what_was_done_newest_first_with_who_did_it(olive, told, client_for):
    assert shown(client_for(olive)) == [REMOVED, ADDED]
    assert shown(client_for(olive), "sort=when") == [ADDED, REMOVED]


def test_facts_keep_numbers_and_are_told_with_names(olive, told, client_for):
    rows = client_for(olive).get(ACTIVITY).context["index"].rows

    assert [fact.text for fact in rows] == ["Sam was removed from the staff", "Sam joined as Catalog"]


@pytest.mark.parametrize(
    ("query", "facts"),
    [
        ("q=accounts.member.a", [ADDED]), ("q=member", []), ("subject=accounts.member", [REMOVED, ADDED]),
        ("subject=catalog.product", []), ("since=2025-03-03", [REMOVED]), ("until=2025-03-03", [ADDED]),
        ("since=2025-03-02&until=2025-03-02", [ADDED]), ("since=2025-03-04", [REMOVED]),
    ],
)  # fmt: skip
def test_it_can_be_filtered_with_days_in_the_shops_own_zone(olive, told, client_for, query, facts):
    assert shown(client_for(olive), query) == facts


def test_it_can_be_filtered_by_person(olive, sam, told, client_for):
    assert shown(client_for(olive), f"actor=user:{sam.pk}") == [REMOVED]


def test_a_person_of_another_shop_is_no_filter(olive, rita, told, client_for):
    assert client_for(olive).get(f"{ACTIVITY}?actor=user:{rita.pk}").status_code == 400


def test_it_is_read_page_by_page(acme, olive, now, client_for):
    for minute in range(51):
        tell(acme, MemberRemoved(user_id=minute), by=olive, at=now + timedelta(minutes=minute))
    browser = client_for(olive)

    first = browser.get(ACTIVITY).context["index"]
    second = browser.get(first.pager["next_url"]).context["index"]

    assert [fact.at.minute for fact in first.rows] == list(range(50, 0, -1))
    assert [fact.at.minute for fact in second.rows] == [0]


def test_it_costs_the_same_however_much_was_done(acme, olive, now, client_for, flat_queries):
    browser, minutes = client_for(olive), iter(range(10))

    def one_more():
        minute = next(minutes)
        doer = person(f"p{minute}", acme, Role.CATALOG)
        tell(acme, MemberRemoved(user_id=minute), by=doer, at=now + timedelta(minutes=minute))

    flat_queries(one_more, lambda: browser.get(ACTIVITY))


def test_it_is_not_for_every_role_and_not_for_strangers(acme, olive, rita, client_for):
    keeper = person("wanda", acme, Role.WAREHOUSE)

    assert client_for(keeper).get(ACTIVITY).status_code == 403
    assert client_for(rita).get(ACTIVITY).status_code == 404


def rows_of(response) -> list[list[str]]:
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_list_is_a_file_too_as_it_was_filtered_and_sorted(olive, sam, told, client_for):
    browser = client_for(olive, headers={"accept-language": "en"})
    listed = browser.get(f"{ACTIVITY}?sort=when&until=2025-03-03")
    assert listed.context["file_url"] == f"{ACTIVITY}facts.csv?sort=when&until=2025-03-03"

    about = f"member:{sam.pk}"
    added = ["2025-03-02 23:30:00+01:00", "Olive", "Sam joined as Catalog", "accounts.member.added", about]
    removed = ["2025-03-04 00:30:00+01:00", "Sam", "Sam was removed from the staff", "accounts.member.removed", about]
    headings = ["When", "Who", "What", "Name of what happened", "What it is about"]
    assert rows_of(browser.get(listed.context["file_url"])) == [headings, added]
    assert rows_of(browser.get(f"{ACTIVITY}facts.csv")) == [headings, removed, added]
    assert rows_of(browser.get(f"{ACTIVITY}facts.csv?sort=when")) == [headings, added, removed]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_file_is_a_formula(olive, sam, told, client_for, begins):
    sam.name = f"{begins}HYPERLINK(1)"
    sam.save()
    rows = rows_of(client_for(olive).get(f"{ACTIVITY}facts.csv"))
    assert rows[1][1] == f"'{begins}HYPERLINK(1)"


def test_a_file_that_would_be_too_long_is_refused(olive, told, client_for, monkeypatch):
    monkeypatch.setattr(facts, "MOST", 1)
    browser = client_for(olive)
    assert browser.get(f"{ACTIVITY}facts.csv").status_code == 409
    assert browser.get(f"{ACTIVITY}facts.csv?until=2025-03-03").status_code == 200


def test_the_file_asks_for_what_the_list_asks(acme, olive, rita, told, client_for):
    keeper = person("wanda", acme, Role.WAREHOUSE)

    assert client_for(keeper).get(f"{ACTIVITY}facts.csv").status_code == 403
    assert client_for(rita).get(f"{ACTIVITY}facts.csv").status_code == 404
    assert client_for(olive).get(f"{ACTIVITY}facts.csv?color=red").status_code == 400


def test_a_fact_leads_to_what_it_is_about_for_who_may_see_it(acme, olive, now, client_for):
    with scope.acting_for(acme):
        order = make_order(number="A-7")
    tell(acme, OrderPaid(order_id=str(order.public_id)), by=olive, at=now)
    link = '<a href="/m/acme/orders/A-7/">A-7</a>'
    assert link in client_for(olive).get(ACTIVITY).content.decode()
    clerk = client_for(person("clara", acme, Role.CATALOG)).get(ACTIVITY)
    assert (clerk.status_code, "A-7" in clerk.content.decode()) == (200, False)


def test_what_is_gone_or_a_rivals_has_no_name(acme, rival, now):
    with scope.acting_for(rival):
        theirs = make_order()
    anyone = Actor("user:1", permissions=granted([Role.OWNER]))
    with scope.acting_for(acme):
        assert subjects.named([f"order:{theirs.public_id}", "member:1", "odd"], actor=anyone) == {}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2025-02-30"])
def test_a_day_that_no_calendar_has_is_told(olive, told, client_for, day):
    for name in ("since", "until"):
        assert client_for(olive).get(ACTIVITY, {name: day}).status_code == 400
