"""A list's state is its address, and an address that no list has is a 400."""

import django_filters as filters
import pytest
from django.http import QueryDict

from config.kernel.errors import UnknownFilter
from config.kernel.index import COUNTED, Column, Index, View
from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN

ORDERS = {"-name": ("-name", "pk"), "name": ("name", "pk"), "-opened": ("-opened_at", "-pk")}
COLUMNS = [Column("name", "Name", order="name"), Column("opened", "Opened", order="opened"), Column("city", "City")]
VIEWS = [View("All"), View("German", {"country": "DE"})]


class ShopFilter(filters.FilterSet):
    q = filters.CharFilter(label="Name", field_name="name", lookup_expr="icontains", max_length=20)
    country = filters.ChoiceFilter(label="Country", choices=[("DE", "Germany"), ("BR", "Brazil")])
    city = filters.CharFilter(label="City")


def index(query="", size=3):
    return Index(
        QueryDict(query), path="/shops/", title="Shops", filterset=ShopFilter, rows=Shop.objects.all(), columns=COLUMNS,
        orders=ORDERS, views=VIEWS, size=size,
    )  # fmt: skip


@pytest.fixture
def shops(acting):
    rows = [("a", "DE"), ("b", "BR"), ("c", "DE"), ("d", "DE"), ("e", "DE")]
    Shop.objects.bulk_create(Shop(name=name, country=country, city="Bonn", opened_at=THEN) for name, country in rows)


def names(shown):
    return "".join(shop.name for shop in shown.rows)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("color=red", "color"),
        ("country=XX", "country"),
        ("country=DE&page=2", "page"),
        ("sort=-city", "sort"),
        ("sort=pk", "sort"),
        ("q=" + "x" * 21, "q"),
        ("q=%00", "q"),
        ("merchant=2", "merchant"),
        ("name__startswith=a", "name__startswith"),
    ],
)
def test_an_unknown_filter_order_or_value_is_refused(shops, query, field):
    with pytest.raises(UnknownFilter) as refusal:
        index(query)
    assert (refusal.value.status, refusal.value.field) == (400, field)


def test_a_cursor_of_another_order_is_refused(shops):
    after = index().slice.after
    with pytest.raises(UnknownFilter):
        index(f"sort=-opened&after={after}")


def test_a_chip_leads_to_the_list_without_it(shops):
    shown = index("country=DE&city=Bonn&q=a&sort=name")
    assert shown.chips == [
        {"label": "Country", "value": "Germany", "remove_url": "/shops/?city=Bonn&q=a&sort=name"},
        {"label": "City", "value": "Bonn", "remove_url": "/shops/?country=DE&q=a&sort=name"},
    ]
    assert names(shown) == "a"
    assert shown.addable == []


def test_a_filter_that_is_not_in_force_can_be_added(shops):
    (added, _city) = index("sort=name").addable
    assert (added["name"], added["url"], added["hidden"]) == ("country", "/shops/", [("sort", "name")])


def test_the_search_hands_on_the_filters_but_not_the_place(shops):
    after = index("country=DE").slice.after
    shown = index(f"country=DE&q=&after={after}")
    assert (shown.search["hidden"], shown.search["value"]) == ([("country", "DE")], "")


def test_an_address_gives_up_the_place_when_it_changes(shops):
    after = index().slice.after
    shown = index(f"country=DE&after={after}")
    assert shown.url() == "/shops/?country=DE"
    assert shown.url(country="BR") == "/shops/?country=BR"
    assert shown.url("country") == shown.clear_url == "/shops/"
    assert shown.pager["first_url"] == "/shops/?country=DE"


def test_turning_pages(shops):
    first = index()
    assert (names(first), first.pager["previous_url"], first.pager["first_url"]) == ("edc", None, None)
    second = index(first.pager["next_url"].partition("?")[2])
    assert (names(second), second.pager["next_url"], second.pager["shown_label"]) == ("ba", None, "2 of 5")
    assert names(index(second.pager["previous_url"].partition("?")[2])) == "edc"


def test_the_first_order_is_the_usual_one_and_a_heading_turns_it(shops):
    up, opened, city = index().columns
    assert (up["aria_sort"], up["sort_url"]) == ("descending", "/shops/?sort=name")
    assert index("sort=name").columns[0]["sort_url"] == "/shops/?sort=-name"
    assert (opened["aria_sort"], opened["sort_url"]) == (None, "/shops/?sort=-opened")
    assert (city["aria_sort"], city["sort_url"]) == (None, None)


@pytest.mark.parametrize(
    ("query", "current"),
    [
        ("", "All"),
        ("sort=name&q=a", "All"),
        ("country=DE", "German"),
        ("country=DE&city=Bonn", None),
        ("country=BR", None),
    ],
)
def test_the_tab_of_the_filters_in_force_is_current(shops, query, current):
    views = index(query).views
    assert [view["url"] for view in views] == ["/shops/", "/shops/?country=DE"]
    assert [view["label"] for view in views if view["current"]] == ([current] if current else [])


@pytest.mark.parametrize(("query", "empty"), [("", None), ("q=zzz", "nothing_matches"), ("city=X", "nothing_matches")])
def test_an_empty_list_says_why(shops, query, empty):
    assert index(query).empty == empty


def test_a_list_without_rows_has_nothing_yet(acting):
    assert index().empty == "nothing_yet"


def test_counting_stops_at_a_thousand(acting):
    Shop.objects.bulk_create(Shop(name=f"{n}", country="DE", opened_at=THEN) for n in range(COUNTED + 5))
    assert index().pager["shown_label"] == "3 of 1,000+"
    Shop.objects.filter(name__startswith="99").delete()
    assert index().pager["shown_label"] == "3 of 994"
