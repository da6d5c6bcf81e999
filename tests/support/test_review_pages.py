"""The list of reviews, and what support adds to the pages of orders and products."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from config.kernel import scope
from fulfillment.states import OrderStatus
from merchants.accounts.permissions import Role
from support import selectors
from tests.conftest import person
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product
from tests.factories.fulfillment import make_order
from tests.factories.support import make_review

LIST = "/m/acme/reviews/"


@pytest.fixture
def shop(client_for, olive):
    """The owner's browser."""
    return client_for(olive)


def scores(response) -> list[int]:
    assert response.status_code == 200
    return [review.score for review in response.context["index"].rows]


def make_order_of(product, **overrides):
    return make_order(status=OrderStatus.DELIVERED, lines=[{"variant": product.variants.get()}], **overrides)


def test_the_list_shows_stars_words_order_and_product(acting, shop):
    product = make_product(title="Ridge tent", code="TENT")
    make_review(make_order_of(product, number="A-1"), score=2, title="Leaks", text="Rain came in.")
    page = shop.get(LIST).content.decode()
    for text in ("Leaks", "Rain came in.", 'href="/m/acme/orders/A-1/"', 'href="/m/acme/products/TENT/"', "of 5 stars"):
        assert text in page, text


def test_who_may_not_see_orders_gets_no_way_to_them(acting, acme, client_for):
    make_review(make_order(number="A-1", status=OrderStatus.DELIVERED))
    page = client_for(person("carla", acme, Role.CATALOG)).get(LIST).content.decode()
    assert "A-1" in page
    assert "/m/acme/orders/" not in page


def test_a_review_without_order_product_or_words_is_shown(acting, shop):
    make_review(order=make_order(status=OrderStatus.DELIVERED, lines=[{}, {}]), title="", text="", score=3)
    assert scores(shop.get(LIST)) == [3]


def test_the_list_costs_the_same_for_one_review_and_six(acting, shop, flat_queries):
    flat_queries(make_review, lambda: shop.get(LIST))


@pytest.fixture
def five(acting):
    """One review of each score, the later the better; only the best and the worst have words."""
    for score in range(1, 6):
        words = {"title": "Well", "text": ""} if score in (1, 5) else {"title": "", "text": ""}
        order = make_order_of(make_product(code=f"P{score}"), number=f"N-{score}")
        make_review(order, score=score, given_at=THEN + timedelta(days=score), **words)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [5, 4, 3, 2, 1]), ({"stars": "low"}, [2, 1]), ({"stars": "high"}, [5, 4]), ({"stars": "3"}, [3]),
        ({"text": "yes"}, [5, 1]), ({"text": "no"}, [4, 3, 2]), ({"product": "P4"}, [4]), ({"product": "P"}, []),
        ({"q": "N-2"}, [2]), ({"q": "N-"}, [5, 4, 3, 2, 1]), ({"q": "P3"}, [3]), ({"q": "%"}, []),
        ({"sort": "stars"}, [1, 2, 3, 4, 5]), ({"sort": "-stars", "text": "no"}, [4, 3, 2]),
        ({"given_from": "2025-03-07", "given_to": "2025-03-07"}, [4]),
    ],
)  # fmt: skip
def test_filters_narrow_and_sort_the_list(five, shop, query, expected):
    assert scores(shop.get(LIST, query)) == expected


@pytest.mark.parametrize("query", [{"stars": "6"}, {"stars": "none"}, {"given_to": "9999-12-31"}, {"mood": "good"}])
def test_what_the_list_does_not_know_is_refused(acting, shop, query):
    assert shop.get(LIST, query).status_code == 400


def test_pages_lead_on_and_back_through_equal_scores(acting, shop):
    order = make_order(status=OrderStatus.DELIVERED)
    for number in range(60):
        make_review(order, score=4, text=f"No. {number}", given_at=THEN + timedelta(seconds=number // 3))
    first = shop.get(LIST, {"sort": "-stars"})
    second = shop.get(first.context["index"].pager["next_url"])
    back = shop.get(second.context["index"].pager["previous_url"])

    def words(response):
        return [review.text for review in response.context["index"].rows]

    assert words(first) + words(second) == [f"No. {number}" for number in reversed(range(60))]
    assert words(back) == words(first)


def test_the_order_shows_its_review(acting, shop):
    make_review(make_order(number="A-1", status=OrderStatus.DELIVERED), score=1, title="Broken", text="In two parts.")
    page = shop.get("/m/acme/orders/A-1/").content.decode()
    assert "Broken" in page
    assert "In two parts." in page


def test_the_product_leads_to_orders_only_whoever_may_see_them(acting, acme, shop, client_for):
    product = make_product(code="TENT")
    make_review(make_order_of(product, number="A-1"))
    carla = client_for(person("carla", acme, Role.CATALOG))
    pages = [browser.get("/m/acme/products/TENT/").content.decode() for browser in (shop, carla)]
    assert ["/m/acme/orders/A-1/" in page for page in pages] == [True, False]


def test_the_product_shows_its_average_and_its_newest_reviews(acting, shop):
    product = make_product(code="TENT")
    for number, score in enumerate([1, 5, 5, 4, 4, 3, 5]):
        make_review(make_order_of(product), score=score, text=f"No. {number}", given_at=THEN + timedelta(days=number))
    page = shop.get("/m/acme/products/TENT/").content.decode()
    assert "3.9 of 5 · 7 reviews" in page
    assert 'href="/m/acme/reviews/?product=TENT"' in page
    assert [f"No. {number}" in page for number in range(7)] == [False, False, True, True, True, True, True]


@pytest.mark.parametrize(
    ("given", "average"), [([], None), ([5], "5.0"), ([5, 4, 4], "4.3"), ([1, 2], "1.5"), ([4, 4, 4, 5], "4.3")]
)
def test_an_average_has_one_decimal(acting, given, average):
    product = make_product()
    for score in given:
        make_review(make_order_of(product), score=score)
    found = selectors.summary(product)
    assert (found.count, found.average) == (len(given), average and Decimal(average))


def test_dates_are_days_of_the_merchants_zone(acting, shop):
    midnight = datetime(2025, 3, 3, 23, 0, tzinfo=UTC)  # in Berlin
    make_review(score=1, given_at=midnight - timedelta(seconds=1))
    make_review(score=5, given_at=midnight)
    assert scores(shop.get(LIST, {"given_from": "2025-03-04"})) == [5]
    assert scores(shop.get(LIST, {"given_to": "2025-03-03"})) == [1]


def test_the_rival_sees_own_reviews_only(acting, rival, rita, client_for):
    make_review(score=1)
    with scope.acting_for(rival):
        make_review(score=5)
    assert scores(client_for(rita).get("/m/rival/reviews/")) == [5]
    assert client_for(rita).get(LIST).status_code == 404
