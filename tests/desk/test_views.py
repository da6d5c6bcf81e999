"""What people keep of lists: for themselves or for everybody, as a tab of the list that it is of."""

import pytest
from django.db import IntegrityError, transaction

from config.kernel import scope
from config.kernel.actors import machine
from merchants.accounts.permissions import Role
from merchants.activity.models import DomainEvent
from merchants.desk.errors import NameTaken, TooManyViews
from merchants.desk.models import SavedView
from merchants.desk.services import views
from tests.conftest import person
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product
from tests.factories.desk import make_saved_view

LIST, NEW = "/m/acme/products/", "/m/acme/views/new/"
BY = machine("user:1")


@pytest.fixture
def shop(client_for, olive):
    return client_for(olive)


@pytest.fixture
def cara(acme):
    """May edit products and share nothing."""
    return person("cara", acme, Role.CATALOG)


def tabs(response):
    return {view["label"]: view for view in response.context["index"].views}


def sent(**changes):
    return {"page": "catalog:products", "name": "Own drafts", "query": "status=draft&sort=title"} | changes


def test_what_a_list_shows_becomes_a_tab_of_it(shop, acme, olive):
    response = shop.post(NEW, sent(is_shared="on"))

    with scope.acting_for(acme):
        view = SavedView.objects.get()
        assert (view.owner, view.is_shared) == (olive, True)
        fact = DomainEvent.objects.get(name="desk.view.saved")
        assert fact.payload == {"view_id": str(view.public_id), "page": "catalog:products", "is_shared": True}
    assert response.headers["Location"] == f"{LIST}?view={view.public_id}&status=draft&sort=title"
    shown = tabs(shop.get(response.headers["Location"]))
    assert [label for label, tab in shown.items() if tab["current"]] == ["Own drafts"]
    assert shown["Own drafts"]["url"] == response.headers["Location"]


def test_a_view_says_when_the_list_shows_something_else(shop, acme, olive):
    with scope.acting_for(acme):
        view = make_saved_view(olive, name="Mine", query="status=draft&sort=title")
    asked = {"view": view.public_id, "status": "draft"}
    assert tabs(shop.get(LIST, asked | {"sort": "title"}))["Mine"]["is_changed"] is False
    assert tabs(shop.get(LIST, asked))["Mine"]["is_changed"] is True
    answer = shop.get(LIST, asked | {"q": "tent"})
    assert answer.context["index"].state_query == "q=tent&status=draft"
    shop.post(f"/m/acme/views/{view.public_id}/state/", {"query": "q=tent&status=draft"})
    assert tabs(shop.get(LIST, asked | {"q": "tent"}))["Mine"]["is_changed"] is False


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("", False), ("status=draft", False), ("sort=-updated", False), ("status=draft&q=tent", True),
        ("sort=title", True), ("columns=title&columns=status", True), ("q=", False),
    ],
)  # fmt: skip
def test_only_a_state_without_a_name_can_be_saved(shop, acme, query, offered):
    assert shop.get(f"{LIST}?{query}").context["index"].may_be_saved is offered


def test_own_views_are_ones_own_and_shared_ones_everybodys(client_for, acme, olive, cara, rival, rita):
    with scope.acting_for(acme):
        make_saved_view(olive, name="Mine")
        make_saved_view(olive, name="Ours", is_shared=True)
        make_saved_view(olive, name="Elsewhere", page="fulfillment:orders", is_shared=True)
    with scope.acting_for(rival):
        make_saved_view(rita, name="Theirs", is_shared=True)
    own = {"Mine", "Ours"}
    assert own & tabs(client_for(olive).get(LIST)).keys() == own
    seen = tabs(client_for(cara).get(LIST)).keys()
    assert seen & {"Mine", "Ours", "Elsewhere", "Theirs"} == {"Ours"}


def test_sharing_and_changing_what_is_shared_is_not_for_everybody(client_for, acme, olive, cara):
    with scope.acting_for(acme):
        view = make_saved_view(olive, name="Ours", is_shared=True)
    browser = client_for(cara)
    assert browser.post(f"/m/acme/views/{view.public_id}/", {"name": "Hers"}).status_code == 403
    assert browser.post(f"/m/acme/views/{view.public_id}/removal/").status_code == 403
    browser.post(NEW, sent(is_shared="on"))
    with scope.acting_for(acme):
        assert list(SavedView.objects.order_by("name").values_list("name", "is_shared")) == [
            ("Ours", True), ("Own drafts", False),
        ]  # fmt: skip


def test_anothers_own_view_is_not_found(client_for, acme, olive, cara):
    with scope.acting_for(acme):
        view = make_saved_view(olive, name="Mine")
    assert client_for(cara).get(f"/m/acme/views/{view.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"name": ""}, 422), ({"page": "desk:job"}, 404), ({"page": "home"}, 404), ({"page": "no:where"}, 404)],
)
def test_what_is_no_view_is_refused(shop, acme, changes, status):
    assert shop.post(NEW, sent(**changes)).status_code == status
    with scope.acting_for(acme):
        assert not SavedView.objects.exists()


def test_a_list_that_one_may_not_see_has_no_views_for_one(client_for, acme):
    browser = client_for(person("wes", acme, Role.WAREHOUSE))
    assert browser.post(NEW, sent(page="accounts:staff")).status_code == 403


def test_a_name_is_taken_once(shop, acme, olive, now):
    shop.post(NEW, sent())
    assert shop.post(NEW, sent()).status_code == 409
    with scope.acting_for(acme):
        other = views.keep(
            page="catalog:products", name="Other", query="", is_shared=False, owner=olive, by=BY, now=now
        )
        with pytest.raises(NameTaken):
            views.change(view=other, changes={"name": "Own drafts"}, by=BY, now=now)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_saved_view(olive, name="Other")


def test_there_are_no_more_than_help(acting, olive, now):
    for _ in range(views.MOST):
        make_saved_view(olive)
    with pytest.raises(TooManyViews):
        views.keep(page="catalog:products", name="31", query="", is_shared=False, owner=olive, by=BY, now=now)


def test_of_who_leaves_only_what_was_shared_stays(acting, now):
    gone = make_user(name="Gus")
    make_saved_view(gone, name="His")
    make_saved_view(gone, name="Ours", is_shared=True)
    views.take_from(users=[gone.pk], by=BY, now=now)
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Ours"]


def test_a_list_costs_the_same_with_many_views(shop, acme, olive, flat_queries):
    def another():
        with scope.acting_for(acme):
            make_saved_view(olive)
            make_product()

    flat_queries(another, lambda: shop.get(LIST))


def test_rows_are_as_close_as_a_person_wants(shop, olive, client):
    page = shop.post("/account/density/", {"density": "compact", "next": LIST}, follow=True).content.decode()
    assert '<html lang="en" data-density="compact">' in page
    assert shop.post("/account/density/", {"density": "tiny", "next": "https://elsewhere.example/"}).url == "/"
    olive.refresh_from_db()
    assert olive.density == "compact"
    assert client.post("/account/density/", {"density": "roomy"}).url == "/"
