"""Resources cannot forget their scopes, and say by what they define which methods they have."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.kernel.api.lists import Listing
from config.kernel.api.resources import Bulk, Resource


def rows(self): ...


def create(self, data): ...


LIST = Listing("things", ("pk",))


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({"rows": rows, "listing": LIST}, "reads"),
        ({"row": rows}, "reads"),
        ({"create": create}, "writes"),
        ({"change": create}, "writes"),
        ({"rows": rows, "create": create, "listing": LIST, "reads": "a:read"}, "writes"),
        ({"rows": rows, "create": create, "listing": LIST, "writes": "a:write"}, "reads"),
        ({"create": create, "writes": ""}, "writes"),
    ],
)
def test_a_resource_without_its_scope_is_refused_at_import(body, missing):
    with pytest.raises(ImproperlyConfigured, match=f"Things does not say which scope its {missing} need"):
        type("Things", (Resource,), body)


def test_a_list_without_a_listing_is_refused_at_import():
    with pytest.raises(ImproperlyConfigured, match="Things does not say what its list can"):
        type("Things", (Resource,), {"rows": rows, "reads": "a:read"})


@pytest.mark.parametrize(
    ("body", "methods"),
    [
        ({"rows": rows, "listing": LIST, "reads": "a:read"}, ["get", "head"]),
        ({"create": create, "writes": "a:write"}, ["post"]),
        (
            {"row": rows, "change": create, "reads": "a:read", "writes": "a:write"}, ["get", "patch", "head"]
        ),
    ],
)  # fmt: skip
def test_methods_are_those_that_are_defined(body, methods):
    assert type("Things", (Resource,), body).http_method_names == methods


def test_a_bulk_route_takes_the_scope_of_its_list_and_only_posts():
    things = type(
        "Things", (Resource,), {"rows": rows, "create": create, "listing": LIST, "reads": "a:read", "writes": "a:write"}
    )
    bulk = type("ThingsInBulk", (Bulk, things), {})
    assert (bulk.http_method_names, bulk.writes, bulk.listing) == (["post"], "a:write", None)
