"""The list of cancellations that came without their sales."""

import pytest

from fulfillment.states import MatchRule, OrderStatus
from tests.factories.fulfillment import make_credit, make_order

LIST = "/m/acme/orders/credits/"


@pytest.fixture
def shop(client_for, olive):
    return client_for(olive)


@pytest.fixture
def credits(acting):
    """One of a known sale, one of nobody's, one whose sale is used up."""
    line = make_order(number="A-1", status=OrderStatus.SHIPPED).lines.get()
    return [
        make_credit(line=line, number="C1"), make_credit(number="C2"),
        make_credit(number="C3", rule=MatchRule.USED_UP, sku="QIX-3"),
    ]  # fmt: skip


def numbers(response) -> list[str]:
    assert response.status_code == 200
    return [credit.number for credit in response.context["index"].rows]


def test_each_says_which_sale_it_takes_back_or_why_none(credits, shop):
    response = shop.get(LIST)
    assert numbers(response) == ["C3", "C2", "C1"]
    page = response.content.decode()
    assert '<a href="/m/acme/orders/A-1/">A-1</a>' in page
    for text in ("The latest sale with exactly so many left", "No customer is named", "All that was bought earlier"):
        assert text in page, text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?found=no", ["C3", "C2"]), ("?found=yes", ["C1"]), ("?rule=used_up", ["C3"]), ("?q=c2", ["C2"]),
        ("?q=QIX-3", ["C3"]), ("?since=2030-01-01", []), ("?until=2030-01-01", ["C3", "C2", "C1"]),
    ],
)  # fmt: skip
def test_filters(credits, shop, asked, found):
    assert numbers(shop.get(LIST + asked)) == found


def test_orders_lead_there_once_there_are_some(acting, shop):
    link = f'href="{LIST}"'
    assert link not in shop.get("/m/acme/orders/").content.decode()
    make_credit()
    assert link in shop.get("/m/acme/orders/").content.decode()


def test_the_list_costs_the_same_for_one_and_six(acting, shop, flat_queries):
    flat_queries(lambda: make_credit(line=make_order(status=OrderStatus.SHIPPED).lines.get()), lambda: shop.get(LIST))


def test_a_stranger_finds_nothing(credits, client_for, rita):
    assert client_for(rita).get(LIST).status_code == 404
