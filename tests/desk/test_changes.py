"""Acts on many rows at once: looked at, done as looked at, undone for a while."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Listing, Product
from catalog.services import listings
from catalog.states import ListingStatus, ProductStatus
from config.kernel import changes as kinds
from config.kernel import clock, scope
from config.kernel.actors import machine
from config.kernel.flow import IllegalMove
from inventory.models import StockLevel
from merchants.accounts.permissions import Role
from merchants.activity.models import DomainEvent
from merchants.desk.errors import ListChanged, NothingChosen, TooLateToUndo
from merchants.desk.models import Change, ChangeEffect, Job
from merchants.desk.services import changes, jobs, running
from merchants.desk.services.changes import Chosen
from merchants.desk.states import ChangeStatus, JobStatus
from pricing.models import Price
from tests.conftest import person
from tests.factories.catalog import make_listing, make_product, make_variant
from tests.factories.desk import make_change
from tests.factories.inventory import make_stock
from tests.factories.marketplace import make_channel

BY = machine("user:1")
LIST, NEW = "/m/acme/products/", "/m/acme/changes/new/catalog.take_off/"


def prepared(kind, *names, query="", now):
    return changes.prepare(kind=kind, rows=Chosen(names, query, None, ""), by=BY, now=now)


def looked(change, now, **asked):
    return changes.look(change=change, asked=asked, by=BY, now=now)


def applied(change, now, *, counted=None, **asked):
    counted = looked(change, now, **asked).count if counted is None else counted
    return changes.apply(change=change, asked=asked, counted=counted, by=BY, now=now)


def states():
    return dict(Listing.objects.order_by("pk").values_list("variant__sku", "status"))


def told(look):
    return [(step.label, step.before, step.after, step.kept_because) for step in look.steps]


# ---------------------------------------------------------------- the way through
def test_what_is_looked_at_is_what_is_done_and_undone(acting, now):
    product = make_product(code="A", title="Tent", sku="A-1")
    make_listing(make_variant(product, sku="A-2"), status=ListingStatus.PAUSED)
    make_product(code="B", title="Stove", sku="B-1", listing=None)
    make_product(code="C", sku="C-1")
    change = prepared("catalog.take_off", "A", "B", now=now)
    with CaptureQueriesContext(connection) as queries:
        look = looked(change, now)
    assert not [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    channel = Listing.objects.get(variant__sku="A-1").channel
    assert told(look) == [
        (f"Tent · A-1 · {channel}", "On sale", "Paused", ""), ("Stove", "", "", "It is not on sale."),
    ]  # fmt: skip

    change = applied(change, now)
    assert states() == {"A-1": "paused", "A-2": "paused", "C-1": "live"}
    assert (change.status, change.report) == (
        ChangeStatus.APPLIED, {"changed": 1, "kept": 1, "reasons": {"It is not on sale.": 1}},
    )  # fmt: skip
    assert DomainEvent.objects.filter(name="catalog.listing.moved").count() == 1
    fact = DomainEvent.objects.get(name="desk.change.applied")
    assert fact.payload == {
        "change_id": str(change.public_id), "kind": "catalog.take_off", "changed": 1, "kept": 1,
    }  # fmt: skip

    change = changes.undo(change=change, by=BY, now=now + timedelta(minutes=9))
    assert states() == {"A-1": "live", "A-2": "paused", "C-1": "live"}
    assert (change.report["undone"], change.report["not_undone"]) == (1, 0)


def test_what_others_did_since_is_left(acting, now):
    make_product(code="A", sku="A-1")
    make_product(code="B", sku="B-1")
    change = applied(prepared("catalog.take_off", "A", "B", now=now), now)
    listing = Listing.objects.get(variant__sku="A-1")
    listings.take_off(listing=listing, to=ListingStatus.DELISTED, by=BY, now=now)
    change = changes.undo(change=change, by=BY, now=now)
    assert states() == {"A-1": "delisted", "B-1": "live"}
    assert (change.report["undone"], change.report["not_undone"]) == (1, 1)
    assert list(ChangeEffect.objects.order_by("pk").values_list("kept_because", flat=True)) == [
        "It was changed again since.", "",
    ]  # fmt: skip


def test_after_ten_minutes_and_twice_nothing_is_undone(acting, now):
    make_product(code="A", sku="A-1")
    change = applied(prepared("catalog.take_off", "A", now=now), now)
    with pytest.raises(TooLateToUndo):
        changes.undo(change=change, by=BY, now=now + timedelta(minutes=10))
    changes.undo(change=change, by=BY, now=now)
    with pytest.raises(IllegalMove):
        changes.undo(change=change, by=BY, now=now)
    with pytest.raises(IllegalMove):
        applied(change, now)
    assert states() == {"A-1": "live"}


def test_a_whole_list_is_counted_again(acting, now):
    for number in range(3):
        make_product(code=f"T-{number}", title="Tent", sku=f"T-{number}")
    make_product(code="S", title="Stove", sku="S")
    change = prepared("catalog.take_off", query="q=tent&sort=title&columns=title", now=now)
    assert looked(change, now).count == 3
    make_product(code="T-3", title="Tent", sku="T-3")
    with pytest.raises(ListChanged, match="There were 3 rows when you looked, and there are 4 now"):
        applied(change, now, counted=3)
    assert set(states().values()) == {"live"}
    applied(change, now, counted=4)
    assert states() == {"T-0": "paused", "T-1": "paused", "T-2": "paused", "S": "live", "T-3": "paused"}


def test_nothing_chosen_and_rows_that_went_are_refused(acting, now):
    with pytest.raises(NothingChosen):
        prepared("catalog.take_off", "none", now=now)
    change = make_change(names=["none"])
    with pytest.raises(NothingChosen):
        applied(change, now, counted=0)
    change.refresh_from_db()
    assert change.status == ChangeStatus.DRAFT


def test_anothers_rows_are_none(acting, rival, now):
    with scope.acting_for(rival):
        make_product(code="A")
    with pytest.raises(NothingChosen):
        prepared("catalog.take_off", "A", now=now)


def test_many_rows_become_a_job_and_so_does_their_undoing(acting, now, monkeypatch):
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    for number in range(5):
        make_product(code=f"A-{number}", sku=f"A-{number}")
    make_product(code="off", sku="off", listing=ListingStatus.PAUSED)
    change = applied(prepared("catalog.take_off", query="", now=now), now)
    assert (change.status, set(states().values())) == (ChangeStatus.RUNNING, {"live", "paused"})

    def work():
        with scope.acting_for_nobody():
            running.work("bulk", clock=lambda: now)

    work()
    change.refresh_from_db()
    job = Job.objects.get()
    assert (job.status, job.done, job.total, job.result) == (JobStatus.COMPLETED, 6, 6, {"changed": 5, "kept": 1})
    assert change.report == {"changed": 5, "kept": 1, "reasons": {"It is not on sale.": 1}}
    assert set(states().values()) == {"paused"}

    assert changes.undo(change=change, by=BY, now=now).status == ChangeStatus.UNDOING
    work()
    change.refresh_from_db()
    assert (change.status, change.report["undone"], change.report["not_undone"]) == (ChangeStatus.UNDONE, 5, 0)
    assert [status for sku, status in states().items() if sku != "off"] == ["live"] * 5


def test_what_a_stopped_job_did_can_be_undone(shop, acme, now, monkeypatch):
    """Who sees that something is wrong stops it; to have to finish it first would be worse."""
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    one_step = running._step

    def step_and_stop(job, run, steps, *, clock):
        goes_on = one_step(job, run, steps, clock=clock)
        if run.done == 2:
            jobs.stop(job=job, by=BY, now=now)
        return goes_on

    def work():
        with scope.acting_for_nobody():
            running.work("bulk", clock=lambda: now)

    with scope.acting_for(acme):
        for number in range(6):
            make_product(code=f"A-{number}", sku=f"A-{number}")
        change = applied(prepared("catalog.take_off", query="", now=now), now)
        with pytest.raises(IllegalMove):
            changes.undo(change=change, by=BY, now=now)
    with monkeypatch.context() as patched:
        patched.setattr(running, "_step", step_and_stop)
        work()
    with scope.acting_for(acme):
        job = Job.objects.get()
        assert (job.status, list(states().values())) == (JobStatus.STOPPED, ["paused"] * 4 + ["live"] * 2)

    at = f"/m/acme/changes/{change.public_id}/"
    assert f'action="{at}undoing/"' in shop.get(at).content.decode()
    assert [row.may_undo for row in shop.get("/m/acme/changes/").context["index"].rows] == [True]
    shop.post(f"{at}undoing/")
    with scope.acting_for(acme):
        jobs.resume(job=job, by=BY, now=now)
    work()
    with scope.acting_for(acme):
        change.refresh_from_db()
        assert (change.status, change.report["undone"], change.report["not_undone"]) == (ChangeStatus.UNDONE, 4, 0)
        assert set(states().values()) == {"live"}
        assert set(Job.objects.values_list("status", flat=True)) == {JobStatus.COMPLETED}


def test_what_nobody_went_on_with_is_forgotten(acting, now):
    draft, fresh = make_change(made_at=now - timedelta(hours=25)), make_change(made_at=now)
    old = make_change(status=ChangeStatus.APPLIED, applied_at=now - timedelta(days=31))
    with scope.acting_for_nobody():
        assert changes.forget(now=now) == 2
    assert list(Change.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert not ChangeEffect.objects.exists()
    gone = DomainEvent.objects.filter(name="desk.change.forgotten").values_list("payload__change_id", flat=True)
    assert set(gone) == {str(draft.public_id), str(old.public_id)}


# ---------------------------------------------------------------- the acts
def test_putting_back_on_sale_and_taking_off_again(acting, now):
    make_product(code="A", sku="A-1", listing=ListingStatus.DELISTED)
    make_product(code="B", title="B", sku="B-1")
    make_product(code="C", title="C", status=ProductStatus.DRAFT)
    make_product(code="D", title="D", listing=None)
    change = prepared("catalog.put_back", "A", "B", "C", "D", now=now)
    assert [(step.label, step.kept_because) for step in looked(change, now).steps][1:] == [
        ("B", "It is on sale already."),
        ("C", "Only a ready product can go on sale. Mark it ready first."),
        ("D", "It was on no channel yet: choose one on its page."),
    ]
    applied(change, now)
    assert states() == {"A-1": "live", "B-1": "live"}
    changes.undo(change=change, by=BY, now=now)
    assert states() == {"A-1": "delisted", "B-1": "live"}


def test_archiving_and_bringing_back(acting, now):
    make_product(code="A", listing=None)
    make_product(code="B", status=ProductStatus.DRAFT)
    make_product(code="C", title="C")
    make_product(code="D", title="D", status=ProductStatus.ARCHIVED)
    change = prepared("catalog.archive", "A", "B", "C", "D", now=now)
    reasons = [step.kept_because for step in looked(change, now).steps]
    assert reasons == ["", "", "Take it off all channels first.", "It is archived already."]
    applied(change, now)
    stands = dict(Product.objects.values_list("code", "status"))
    assert stands == {"A": "archived", "B": "archived", "C": "ready", "D": "archived"}
    changes.undo(change=change, by=BY, now=now)
    stands = dict(Product.objects.values_list("code", "status"))
    assert stands == {"A": "ready", "B": "draft", "C": "ready", "D": "archived"}
    assert set(Product.objects.filter(code__in="AB").values_list("version", flat=True)) == {3}


def latest():
    rows = Price.objects.order_by("variant", "channel", "-starts_at").distinct("variant", "channel")
    return sorted(rows.values_list("variant__sku", "channel__code", "amount_minor"))


def asked(**changes):
    return {"ppm": None, "minor": None, "currency": "EUR", "channel": ""} | changes


def test_prices_fall_by_a_share_and_come_back(acting, now):
    fair = make_channel(code="fair", currency="EUR")
    make_product(code="A", sku="A-1", price=1990)
    make_product(code="B", sku="B-1", price=101, channel=fair)
    make_product(code="C", sku="C-1", price=None)
    change = prepared("pricing.change", "A", "B", "C", now=now)
    share = asked(ppm=-50_000)
    found = [(step.before, step.after, step.kept_because) for step in looked(change, now, **share).steps]
    assert found == [("€19.90", "€18.90", ""), ("€1.01", "€0.96", ""), ("", "", "It has no price there.")]
    before = latest()
    applied(change, now, **share)
    assert latest() == [("A-1", before[0][1], 1890), ("B-1", "fair", 96)]
    changes.undo(change=change, by=BY, now=now + timedelta(minutes=1))
    assert latest() == before


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (asked(minor=-1990), "A price is above zero."),
        (asked(ppm=100), "So small a change leaves it as it is."),
        (asked(minor=10**15 - 1), "No order comes to as much as that."),
        (asked(minor=10, currency="USD"), "Home sells in EUR."),
        (asked(minor=10, channel="fair"), "It has no price there."),
    ],
)
def test_prices_that_stay(acting, now, told, why):
    home = make_channel(code="home", name="Home", currency="EUR")
    make_product(code="A", price=1990, channel=home)
    change = prepared("pricing.change", "A", now=now)
    assert [step.kept_because for step in looked(change, now, **told).steps] == [why]
    assert applied(change, now, **told).report["changed"] == 0
    assert Price.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-5%", (-50_000, None)), ("+3.25 %", (32_500, None)), ("－5％", (-50_000, None)), ("−2", (None, -200)),
        ("+0.5", (None, 50)), ("5", (None, 500)), ("-99%", (-990_000, None)), ("900%", (9_000_000, None)),
    ],
)  # fmt: skip
def test_by_how_much_prices_change_is_read(acting, text, found):
    form = kinds.kind("pricing.change").form({"change": text}, merchant=acting)
    assert form.is_valid(), form.errors
    assert (form.asked["ppm"], form.asked["minor"], form.asked["channel"]) == (*found, "")


@pytest.mark.parametrize("text", ["", "0", "0%", "-100%", "901%", "five", "-5%%", "1e3", "0.001", "-5.001%"])
def test_what_is_no_change_of_prices(acting, text):
    assert not kinds.kind("pricing.change").form({"change": text}, merchant=acting).is_valid()


def test_alert_lines_are_set_and_taken_back(acting, now):
    low, fine = (make_stock(on_hand=units) for units in (3, 30))
    StockLevel.objects.filter(pk=make_stock(on_hand=30).pk).update(alert_below=5)
    names = [level.variant.sku for level in StockLevel.objects.order_by("pk").select_related("variant")]
    change = prepared("inventory.alert_lines", *names, now=now)
    applied(change, now, alert_below=5)
    assert list(StockLevel.objects.order_by("pk").values_list("alert_below", "is_low")) == [
        (5, True), (5, False), (5, False),
    ]  # fmt: skip
    change.refresh_from_db()
    assert change.report == {"changed": 2, "kept": 1, "reasons": {"It has this alert line already.": 1}}
    changes.undo(change=change, by=BY, now=now)
    assert list(StockLevel.objects.order_by("pk").values_list("alert_below", "is_low")) == [
        (None, False), (None, False), (5, False),
    ]  # fmt: skip
    assert {low.pk, fine.pk} < set(StockLevel.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("kind", ["catalog.take_off", "catalog.archive", "pricing.change"])
def test_a_change_costs_the_same_for_many_products(acting, now, flat_queries, kind):
    told = asked(ppm=-50_000) if kind == "pricing.change" else {}
    moments = (now + timedelta(minutes=number) for number in range(100))

    def another():
        make_product(listing=None if kind == "catalog.archive" else ListingStatus.LIVE)

    def act():
        change = applied(prepared(kind, query="", now=now), next(moments), **told)
        assert changes.undo(change=change, by=BY, now=next(moments)).report["not_undone"] == 0

    flat_queries(another, act)


# ---------------------------------------------------------------- the pages
@pytest.fixture
def shop(client_for, olive):
    return client_for(olive)


def test_from_the_list_to_the_change_and_back(shop, acme):
    with scope.acting_for(acme):
        make_product(code="A", sku="A-1", title="Tent")
        make_product(code="B", sku="B-1")
    page = shop.get(f"{LIST}?q=tent").content.decode()
    assert '<input type="checkbox" name="names" value="A" form="bulk">' in page
    look = shop.post(NEW, {"names": ["A"], "query": "q=tent", "back": "q=tent&sort=title", "counted": "1"})
    assert shop.get(look.url).context["look"].count == 1
    done = shop.post(f"{look.url}application/", {"counted": "1"}, follow=True)
    assert done.redirect_chain == [("/m/acme/products/?q=tent&sort=title", 302)]
    html = done.content.decode()
    assert "1 listing was taken off sale." in html
    assert f'action="{look.url}undoing/"' in html
    with scope.acting_for(acme):
        assert states() == {"A-1": "paused", "B-1": "live"}
    undone = shop.post(f"{look.url}undoing/", follow=True)
    assert "1 thing is as it was." in undone.content.decode()
    with scope.acting_for(acme):
        assert states() == {"A-1": "live", "B-1": "live"}


def test_the_whole_list_says_if_it_changed(shop, acme):
    with scope.acting_for(acme):
        make_product(title="Tent")
    look = shop.post(NEW, {"whole": "1", "query": "q=tent", "counted": "214"})
    assert "The list had 214 rows when you chose them; it has 1 now." in shop.get(look.url).content.decode()
    again = shop.post(f"{look.url}application/", {"counted": "214"}, follow=True)
    assert again.redirect_chain == [(look.url, 302)]
    assert "There were 214 rows when you looked, and there are 1 now. Look again." in again.content.decode()
    assert '<input type="hidden" name="counted" value="1">' in again.content.decode()
    with scope.acting_for(acme):
        assert set(states().values()) == {"live"}


@pytest.mark.parametrize("sent", [{}, {"names": ["none"]}, {"names": ["A"], "counted": "x"}])
def test_choosing_nothing_leads_back(shop, acme, sent):
    with scope.acting_for(acme):
        make_product(code="A")
    answer = shop.post(NEW, sent, follow=True)
    assert "Choose at least one row." in answer.content.decode()
    with scope.acting_for(acme):
        assert not Change.objects.exists()


def test_a_query_that_no_list_has_is_refused(shop, acme):
    answer = shop.post(NEW, {"whole": "1", "query": "color=red"}, follow=True)
    assert "This list has no filter “color”." in answer.content.decode()


def test_what_is_still_to_be_asked_comes_first(shop, acme):
    with scope.acting_for(acme):
        make_product(code="A", price=1990)
    at = shop.post("/m/acme/changes/new/pricing.change/", {"names": ["A"]}).url
    assert "look" not in shop.get(at).context
    assert shop.post(at, {"change": "much"}).status_code == 422
    assert shop.post(f"{at}application/", {"counted": "1"}).url == at
    assert shop.post(at, {"change": "-5%"}).url == at
    page = shop.get(at)
    html = page.content.decode()
    assert "€19.90" in html and "€18.90" in html
    assert "No undoing brings back:" in html
    assert f'name="seen" value="{page.context["change"].asked_digest}"' in html
    shop.post(f"{at}application/", {"counted": "1", "seen": page.context["change"].asked_digest})
    with scope.acting_for(acme):
        assert list(Price.objects.order_by("starts_at").values_list("amount_minor", flat=True)) == [1990, 1890]


def test_yes_to_a_price_that_was_looked_at_is_no_yes_to_another(shop, acme):
    """Somebody looks at two shares in two tabs, or goes back, and says yes where the first one is shown."""
    with scope.acting_for(acme):
        make_product(code="A", price=1990)
    at = shop.post("/m/acme/changes/new/pricing.change/", {"names": ["A"]}).url
    shop.post(at, {"change": "-5%"})
    seen = shop.get(at).context["change"].asked_digest
    shop.post(at, {"change": "-50%"})
    for stale in (seen, ""):
        answer = shop.post(f"{at}application/", {"counted": "1", "seen": stale}, follow=True)
        assert answer.redirect_chain == [(at, 302)]
        assert "It was changed meanwhile." in answer.content.decode()
    with scope.acting_for(acme):
        assert list(Price.objects.values_list("amount_minor", flat=True)) == [1990]
        assert Change.objects.get().status == ChangeStatus.DRAFT


def test_no_list_has_more_rows_than_can_be_counted(shop, acme):
    with scope.acting_for(acme):
        make_product(code="A")
    answer = shop.post(NEW, {"whole": "1", "counted": str(2**31)}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Choose at least one row." in answer.content.decode()


def test_who_may_not_do_it_neither_sees_nor_undoes_it(client_for, acme):
    with scope.acting_for(acme):
        make_product(code="A", sku="A-1")
        change = make_change(status=ChangeStatus.APPLIED, applied_at=clock.now())
    browser = client_for(person("pia", acme, Role.PRICING))
    labels = [str(act.label) for act in browser.get(LIST).context["index"].acts]
    assert labels == ["Change price"]
    assert browser.post(NEW, {"names": ["A"]}).status_code == 403
    assert browser.post(f"/m/acme/changes/{change.public_id}/undoing/").status_code == 403
    assert browser.get("/m/acme/changes/").context["index"].rows == []
    reader = client_for(person("rob", acme, Role.READ_ONLY))
    assert 'name="names"' not in reader.get(LIST).content.decode()


def test_recent_changes_can_be_undone_from_their_list(shop, acme):
    with scope.acting_for(acme):
        make_change()
        fresh = make_change(status=ChangeStatus.APPLIED, applied_at=clock.now())
        make_change(status=ChangeStatus.APPLIED)
    rows = shop.get("/m/acme/changes/").context["index"].rows
    assert {row.pk: row.may_undo for row in rows}[fresh.pk] is True
    assert [row.may_undo for row in rows].count(True) == 1
    assert len(rows) == 2
