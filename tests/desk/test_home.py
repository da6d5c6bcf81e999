"""The first page of a shop: what is due, what comes next, how the day goes."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.kernel import scope
from config.kernel.deadlines import Nearness
from fulfillment.models import Shipment
from fulfillment.states import OrderStatus
from inventory.services.alerts import LOW
from merchants.accounts.permissions import Role
from merchants.desk.models import WorkItem
from merchants.desk.services.file_imports import REJECTED
from merchants.desk.services.jobs import BROKEN, PARKED
from merchants.desk.states import JobStatus
from merchants.money.subscribers import TO_READ
from tests.conftest import person
from tests.factories.catalog import make_product
from tests.factories.desk import make_job, make_work_item
from tests.factories.fulfillment import make_order

HOME = "/m/acme/"
NOW = datetime(2025, 3, 3, 13, 46, tzinfo=UTC)  # a Monday, 14:46 in Berlin
MIDNIGHT = datetime(2025, 3, 3, 23, 0, tzinfo=UTC)
QUERIES = 10  # of the page itself, beside those of the frame
# of the deadlines below, by nearness: the edges belong to the nearer side
DUE = {
    Nearness.OVERDUE: [timedelta(days=-3), timedelta(seconds=-1)],
    Nearness.SOON: [timedelta(0), timedelta(hours=4)],
    Nearness.TODAY: [timedelta(hours=4, seconds=1), MIDNIGHT - NOW],
    Nearness.LATER: [MIDNIGHT - NOW + timedelta(seconds=1), timedelta(days=9), None],
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def shop(client_for, olive):
    return client_for(olive, headers={"accept-language": "en"})


def due(left: timedelta | None) -> datetime | None:
    return None if left is None else NOW + left


def make_due(number: str, left: timedelta | None, *, by_day=False, **overrides):
    order = make_order(number=number, **{"status": OrderStatus.PAID} | overrides)
    Shipment.objects.filter(order=order).update(ship_by_at=due(left), deliver_by_on=None)
    return order


@pytest.fixture
def work(acting, olive, sam):
    """Something of every kind by every deadline; each kind has another number of it."""
    line = {"variant": make_product().variants.get()}
    for near, deadlines in DUE.items():
        for place, left in enumerate(deadlines):
            make_due(f"{near}-{place}", left, lines=[line])
            for many, kind in enumerate([LOW, REJECTED, PARKED, TO_READ, BROKEN], 1):
                for each in range(many):
                    owner = [olive, sam, None][each % 3]
                    make_work_item(kind=kind, about=f"{near}:{place}:{each}", due_at=due(left), owner=owner)
    make_due("shipped", timedelta(hours=-1), status=OrderStatus.SHIPPED, lines=[line])
    make_due("placed", timedelta(hours=-1), status=OrderStatus.PLACED, lines=[line])
    make_work_item(due_at=NOW, closed_at=NOW, closed_why="done")


def cells(page) -> dict[tuple[str, str], tuple[str, str]]:
    """(row, nearness): the number and where it leads."""
    found = re.findall(
        r'href="([^"]+)" id="cell-([\w.-]+)-(overdue|soon|today|later)"[^>]*>([\d,]+)<', page.content.decode()
    )
    return {(row, near): (number, unescape(url)) for url, row, near, number in found}


@pytest.mark.parametrize("mine", ["", "?mine=yes"])
def test_every_number_is_the_length_of_the_list_that_it_opens(work, shop, mine):
    shown = cells(shop.get(HOME + mine))

    rows = {LOW, REJECTED, PARKED, BROKEN, TO_READ} | (set() if mine else {"to-ship"})
    assert shown.keys() == {(row, near) for row in rows for near in Nearness}
    for (row, near), (number, url) in shown.items():
        listed = shop.get(url)
        assert listed.status_code == 200
        assert listed.context["index"].count == int(number), (row, near)


def test_the_deadlines_lie_where_they_belong(work, shop):
    shown = cells(shop.get(HOME))
    for near, deadlines in DUE.items():
        assert shown["to-ship", near][0] == str(len(deadlines))
        assert shown[TO_READ, near][0] == str(4 * len(deadlines))
    listed = shop.get(shown["to-ship", "soon"][1]).context["index"].rows
    assert {order.number for order in listed} == {"soon-0", "soon-1"}


def test_a_parcel_leaves_before_the_day_ends_on_which_it_arrives(acting, shop):
    for number, on in (("yesterday", "2025-03-02"), ("today", "2025-03-03"), ("tomorrow", "2025-03-04")):
        order = make_due(number, timedelta(days=30))
        Shipment.objects.filter(order=order).update(deliver_by_on=on)
    shown = cells(shop.get(HOME))
    assert {near: number for (_row, near), (number, _url) in shown.items()} == {
        "overdue": "1", "today": "1", "later": "1",
    }  # fmt: skip
    late = shop.get("/m/acme/orders/?late=yes").context["index"].rows
    assert [order.number for order in late] == ["yesterday"]


@pytest.mark.parametrize("role", Role)
def test_each_kind_is_for_those_who_may_see_it(work, acme, client_for, role):
    user = person("ines", acme, role)
    browser = client_for(user)
    page = browser.get(HOME)
    may = page.context["actor"].can
    expected = {
        row
        for row, needs in {
            "to-ship": "orders:read", LOW: "stock:read", REJECTED: "jobs:read", PARKED: "jobs:read",
            BROKEN: "jobs:read", TO_READ: "money:read",
        }.items()
        if may(needs)
    }  # fmt: skip
    assert {row for row, _near in cells(page)} == expected
    text = page.content.decode()
    assert ("sales-title" in text, "balance-title" in text) == (may("orders:read"), may("money:read"))


def test_what_comes_next_is_one_list_by_deadline(acting, shop):
    line = {"variant": make_product().variants.get()}
    make_work_item(kind=PARKED, about="job:1", due_at=NOW + timedelta(hours=1))
    make_due("A-2", timedelta(hours=2), lines=[line])
    make_due("A-1", timedelta(minutes=-26), lines=[line])
    make_work_item(kind=TO_READ, about="statement:1", params={"number": "2025-02-EUR"})

    page = shop.get(HOME)

    titles = [entry.title for entry, _chip in page.context["entries"]]
    assert titles == [
        "Ship order A-1", "A job keeps ending its worker: resume it or find out why", "Ship order A-2",
        "Read the statement 2025-02-EUR",
    ]  # fmt: skip
    labels = [chip and chip.label for _entry, chip in page.context["entries"]]
    assert labels == ["Shipping 26 min late", "1 h 0 min left", "Ship within 2 h 0 min", None]


def test_an_entry_is_taken_on_and_closed_from_here_and_taken_back(acting, shop, olive):
    item = make_work_item(kind=TO_READ, about="statement:1", params={"number": "2025-02-EUR"})
    address = f"/m/acme/work/{item.public_id}"

    taken = shop.post(f"{address}/assignment/", {"back": f"{HOME}?mine=yes"}, follow=True)
    assert taken.redirect_chain == [(f"{HOME}?mine=yes", 302)]
    assert f'action="{address}/release/"' in taken.content.decode()
    assert WorkItem.objects.get().owner == olive
    shop.post(f"{address}/release/", {"back": HOME})
    assert WorkItem.objects.get().owner is None

    done = shop.post(f"{address}/done/", {"back": HOME}, follow=True)
    assert "Done: Read the statement 2025-02-EUR" in done.content.decode()
    assert "Nothing due." in done.content.decode()
    shop.post(f"{address}/reopening/", {"back": HOME})
    assert WorkItem.objects.get().closed_at is None


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/m/rival/", ""])
def test_one_is_sent_back_only_to_pages_of_the_shop(acting, shop, back):
    item = make_work_item()
    answer = shop.post(f"/m/acme/work/{item.public_id}/assignment/", {"back": back})
    assert answer["Location"] == "/m/acme/work/"


def test_what_is_opened_anew_is_not_opened_again(acting, shop):
    closed = make_work_item(about="job:1", closed_at=NOW, closed_why="done")
    make_work_item(about="job:1")
    answer = shop.post(f"/m/acme/work/{closed.public_id}/reopening/")
    assert answer.status_code == 409
    assert WorkItem.objects.get(pk=closed.pk).closed_why == "done"


def test_the_line_of_the_day_tells_what_is_left_of_it(acting, shop):
    line = {"variant": make_product().variants.get()}
    for number, minutes in (("A", 74), ("B", 80), ("C", 400), ("late", -5), ("D", 60 * 24)):
        make_due(number, timedelta(minutes=minutes), lines=[line])
    make_work_item(due_at=NOW + timedelta(hours=3))

    context = shop.get(HOME).context

    assert [(each.mark.label, f"{each.at:%H:%M}") for each in context["line"].marks] == [
        ("2 to ship", "15:00"), ("A job keeps ending its worker: resume it or find out why", "16:46"),
        ("1 to ship", "20:26"),
    ]  # fmt: skip
    assert context["left"] == "1 h 14 min"
    assert shop.get(context["upcoming"].mark.url).context["index"].count == 2


def test_sales_are_those_of_today_beside_those_of_a_week_ago(acting, shop):
    line = {"variant": make_product().variants.get(), "unit_price_minor": 1000}
    week = timedelta(days=7)
    for number, (placed_at, more) in enumerate([
        (NOW, {}), (NOW - timedelta(hours=2), {}),
        (NOW - timedelta(hours=2), {"status": OrderStatus.CANCELLED}),
        (NOW - timedelta(hours=15), {}),  # yesterday, for those in Berlin
        (NOW - week - timedelta(hours=3), {}), (NOW - week + timedelta(hours=1), {}),
    ]):  # fmt: skip
        make_order(number=f"S-{number}", placed_at=placed_at, lines=[line], **more)
    make_order(number="S-9", placed_at=NOW, currency="CNY", lines=[line])

    page = shop.get(HOME).content.decode()

    assert "Sold until 14:46: €20.00; a week ago until then: €10.00." in page
    assert "▲ 100%" in page
    assert "1 order in another currency is not in these sums." in page
    cell = r'<td class="number">([^<]+)</td>'
    rows = re.findall(rf'<th scope="row">(\d\d):00</th>{cell}{cell}', page)
    assert [row for row in rows if row[1:] not in (("€0.00", "€0.00"), ("—", "€0.00"))] == [
        ("11", "€0.00", "€10.00"), ("12", "€10.00", "€0.00"), ("14", "€10.00", "€0.00"), ("15", "—", "€10.00"),
    ]  # fmt: skip


def test_it_is_read_in_as_many_queries_however_much_there_is(work, shop, acme):
    shop.get(HOME)  # what is cached is read now
    with CaptureQueriesContext(connection) as much:
        shop.get(HOME, headers={"hx-target": "home-main", "hx-request": "true"})
    with CaptureQueriesContext(connection) as whole:
        shop.get(HOME)
    frame = CaptureQueriesContext(connection)
    with frame:
        shop.get("/m/acme/menu/")
    assert len(whole) - len(frame) == QUERIES
    assert len(much) < len(whole)
    with scope.acting_for(acme):
        WorkItem.objects.all().delete()
    with CaptureQueriesContext(connection) as little:
        shop.get(HOME)
    assert len(little) == len(whole)


def test_asked_for_again_it_answers_without_the_frame(work, shop, olive):
    make_job(status=JobStatus.RUNNING, done=3, total=9, started_by=f"user:{olive.pk}")
    answer = shop.get(HOME, headers={"hx-target": "home-main", "hx-request": "true"}).content.decode()
    assert "<nav" not in answer and "balance-title" not in answer
    for part in ('id="home-day"', 'id="home-main"', 'id="home-live"', 'class="matrix"'):
        assert answer.count(part) == 1, part
    assert "3 of 9 rows" in answer


def test_nothing_due_is_said(acting, shop):
    page = shop.get(HOME).content.decode()
    assert "Nothing due." in page
    assert cells(shop.get(HOME)) == {}
    assert "None today" in page
    assert "Nothing of yours is due." in shop.get(f"{HOME}?mine=yes").content.decode()


@pytest.mark.parametrize(
    ("hour", "words"), [(4, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_one_is_greeted_by_the_time_of_the_shop(acting, shop, hour, words):
    with time_machine.travel(datetime(2025, 3, 3, hour - 1, 30, tzinfo=UTC), tick=False):
        assert f"<h1>{words}, Olive</h1>" in shop.get(HOME).content.decode()
