"""Every address of the API is asked by every kind of key, from a table that fails when an address is missing."""

import pytest
from django.urls import get_resolver, reverse

from config.kernel import scope
from config.kernel.api.resources import Resource
from merchants.accounts.permissions import KEY_SCOPES, Permission
from merchants.activity.models import DomainEvent
from tests.api.routes import API, CATCHES_THE_REST, PAGES, PAGES_ALONE
from tests.conftest import System
from tests.test_acts import posts
from tests.test_routes import FOUND, routes, untouched  # noqa: F401

RESOURCES = {
    name.removeprefix("api:"): view.view_class
    for name, address, view in FOUND
    if address.startswith("api/v1/") and name != f"api:{CATCHES_THE_REST}"
}  # fmt: skip
CALLS = [(name, method) for name, (_, methods) in API.items() for method in methods]

# what the kind of the job or of the file needs besides
OF_ITS_KIND = {"job-file": [Permission.PRODUCTS_VIEW]} | {
    name: [Permission.PRODUCTS_EDIT] for name in API if name.startswith("import") and name != "import-kinds"
}  # fmt: skip


def scope_of(name: str, method: str) -> str:
    return RESOURCES[name].reads if method == "GET" else RESOURCES[name].writes


def test_every_address_and_method_is_in_the_table():
    assert RESOURCES.keys() == API.keys()
    for name, (_, methods) in API.items():
        assert {method.upper() for method in RESOURCES[name].http_method_names} - {"HEAD"} == methods.keys(), name


def test_every_address_is_a_resource_whose_scopes_keys_can_have():
    for name, method in CALLS:
        assert issubclass(RESOURCES[name], Resource)
        assert scope_of(name, method) in KEY_SCOPES, name


def test_every_act_of_a_page_has_its_route_with_the_same_scope():
    pages = {name: view.view_class for name, address, view in FOUND if address.startswith("m/") and posts(view)}
    assert pages.keys() == PAGES.keys() | PAGES_ALONE.keys()
    assert PAGES.keys() & PAGES_ALONE.keys() == set()
    differing = {page: route for page, route in PAGES.items() if pages[page].needs != RESOURCES[route].writes}
    assert differing == {}


@pytest.mark.parametrize(("name", "method"), CALLS)
def test_the_right_scope_alone_is_enough(system_of, acme, call, name, method):
    response = call(system_of(acme, scope_of(name, method), *OF_ITS_KIND.get(name, [])), name, method)
    assert response.status_code == API[name][1][method][1], getattr(response, "content", b"")[:500]


@pytest.mark.parametrize(("name", "method"), CALLS)
def test_without_the_scope_nothing_is_answered_or_done(system_of, acme, call, untouched, name, method):  # noqa: F811
    lacking = system_of(acme, *(KEY_SCOPES - {scope_of(name, method)}))
    response = untouched(lambda: call(lacking, name, method))
    assert (response.status_code, response.json()["code"]) == (403, "missing_scope")
    assert scope_of(name, method) in response.json()["detail"]


@pytest.mark.parametrize("key", ["", "zg_live_00000000_" + "0" * 43, "Bearer"])
def test_nobody_gets_anything(call, untouched, key):  # noqa: F811
    answered = untouched(lambda: {(name, method): call(System(key), name, method) for name, method in CALLS})
    assert {each.status_code for each in answered.values()} == {401}
    assert {each.json()["code"] for each in answered.values()} == {"no_credential"}


ABOUT_SOMETHING = [(name, method) for name, method in CALLS if API[name][0]]
NAMING = [
    (name, method)
    for name, method in CALLS
    if method == "POST" and "LISTED" in str(API[name][1][method][0]) and "import" not in name
]


def test_the_things_of_a_rival_are_not_there(system_of, rival, call, untouched):  # noqa: F811
    rivals = system_of(rival)
    answered = untouched(lambda: {(name, method): call(rivals, name, method) for name, method in ABOUT_SOMETHING})
    assert {each.status_code for each in answered.values()} == {404}
    absent = rivals.get("products/0190b3a0-0000-7000-8000-000000000000/")
    assert {each.content for each in answered.values()} == {absent.content}


@pytest.mark.parametrize(("name", "method"), NAMING)
def test_the_sku_of_a_rival_in_a_body_is_not_there(system_of, rival, call, name, method):
    response = call(system_of(rival), name, method)
    told = response.json()
    status = told["results"][0]["status"] if "results" in told else response.status_code
    assert status == 404
    with scope.acting_for(rival):
        assert DomainEvent.objects.count() == 0


def test_a_rivals_list_shows_only_its_own(system_of, rival, things, call):
    lists = [name for name, resource in RESOURCES.items() if resource.listing and not API[name][0]]
    of_all = {"categories", "channels"}  # the operator's
    answered = {name: call(system_of(rival), name, "GET").json() for name in lists if name not in of_all}
    assert answered == {name: {"data": [], "next": None} for name in answered}
    assert len(answered) == 14


def test_looking_changes_nothing(system, call, untouched):  # noqa: F811
    looking = [(name, method) for name, method in CALLS if method == "GET"]
    answered = untouched(lambda: [call(system, name, method).status_code for name, method in looking])
    assert set(answered) == {200}


@pytest.mark.parametrize("query", ["color=red", "after=x", "after=W10", "size=0", "size=201", "size=x", "before=x"])
def test_a_list_refuses_what_it_does_not_know(system, things, query):
    lists = [name for name, resource in RESOURCES.items() if resource.listing and not API[name][0]]
    answered = {name: system.get(f"{reverse(f'api:{name}').removeprefix('/api/v1/')}?{query}") for name in lists}
    assert {name: each.status_code for name, each in answered.items()} == dict.fromkeys(lists, 400)
    assert {each.json()["code"] for each in answered.values()} == {"unknown_filter"}


def test_every_address_below_is_of_the_api():
    assert {name for name, *_ in routes(get_resolver()) if name.startswith("api:")} == {
        *(f"api:{name}" for name in API), f"api:{CATCHES_THE_REST}"
    }  # fmt: skip


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(system, things, method):
    response = system.ask(method, "products/")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, POST, HEAD"


def test_what_is_not_there_is_not_found(system):
    response = system.get("nothing/of/the/kind")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
