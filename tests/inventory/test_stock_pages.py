"""Pages about stock: who may, what they show, what they refuse."""

from urllib.parse import urlencode

import pytest

from config.kernel import scope
from inventory.models import StockLevel, StockMovement
from inventory.services import alerts, reservations, stock
from inventory.services.reservations import Wanted
from inventory.services.stock import Units
from inventory.states import AdjustmentReason
from merchants.accounts.permissions import Role
from tests.conftest import person
from tests.factories.catalog import make_product
from tests.factories.inventory import BY, make_stock


@pytest.fixture
def mug(acme):
    with scope.acting_for(acme):
        variant = make_product(sku="MUG", title="Mug", code="P-MUG").variants.select_related("product").get()
        make_stock(10, variant=variant)
    return variant


@pytest.fixture
def wang(acme, client_for):
    return client_for(person("wang", acme, Role.WAREHOUSE))


def level_of(acme) -> tuple:
    with scope.acting_for(acme):
        level = StockLevel.objects.get(variant__sku="MUG")
        return level.on_hand, level.reserved, level.damaged, level.incoming, level.alert_below


def test_goods_are_received_counted_and_announced_by_form(acme, mug, wang):
    for act, sent in [
        ("receipt", {"quantity": "5", "note": "Note 17"}),
        ("adjustment", {"reason": "damaged", "quantity": "2"}),
        ("adjustment", {"reason": "counted", "quantity": "14"}),
        ("announcement", {"quantity": "30"}),
        ("alert-line", {"alert_below": "20"}),
    ]:
        response = wang.post(f"/m/acme/stock/MUG/{act}/", sent)
        assert (response.status_code, response.headers["Location"]) == (302, "/m/acme/stock/MUG/")
    assert level_of(acme) == (14, 0, 2, 30, 20)
    page = wang.get("/m/acme/stock/MUG/").content.decode()
    for shown in ("Note 17", "Counted", "damaged +2", "on its way +30", "Below the alert line"):
        assert shown in page


@pytest.mark.parametrize(
    ("act", "sent", "status", "told"),
    [
        ("receipt", {"quantity": "0"}, 422, "greater than or equal to 1"),
        ("receipt", {"quantity": "10000001"}, 422, "less than or equal to 10000000"),
        ("adjustment", {"reason": "lost", "quantity": "11"}, 409, "There cannot be so few"),
        ("adjustment", {"reason": "source", "quantity": "1"}, 422, "Select a valid choice"),
        ("adjustment", {"reason": "lost", "quantity": "0"}, 422, "from 1 to 10,000,000"),
        ("alert-line", {"alert_below": "-3"}, 422, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_is_refused_in_words(acme, mug, wang, act, sent, status, told):
    response = wang.post(f"/m/acme/stock/MUG/{act}/", sent)
    assert response.status_code == status
    assert told in response.content.decode()
    assert level_of(acme) == (10, 0, 0, 0, None)


def test_the_list_filters_and_sorts(acme, mug, wang, now):
    with scope.acting_for(acme):
        others = {}
        for sku, units in (("LAMP", 3), ("BOWL", 7)):
            others[sku] = make_product(sku=sku, title=sku.title()).variants.select_related("product").get()
            make_stock(units, variant=others[sku])
        reservations.reserve([Wanted("order:1", "1", others["LAMP"].pk, "LAMP", 3)], now=now)
        stock.adjust([Units(others["BOWL"], 1, reason=AdjustmentReason.DAMAGED)], by=BY, now=now)
        alerts.set_line(variant=mug, line=11, by=BY, now=now)

    def shown(**query) -> list[str]:
        index = wang.get(f"/m/acme/stock/?{urlencode(query)}").context["index"]
        return [level.variant.sku for level in index.rows]

    assert shown() == ["BOWL", "LAMP", "MUG"]
    assert shown(sort="-on_hand") == ["MUG", "BOWL", "LAMP"]
    assert shown(state="out") == shown(state="reserved") == ["LAMP"]
    assert (shown(state="low"), shown(state="damaged"), shown(state="incoming")) == (["MUG"], ["BOWL"], [])
    assert (shown(q="lam"), shown(q="Bowl"), shown(q="zz")) == (["LAMP"], ["BOWL"], [])


def test_the_list_costs_the_same_for_many(acme, wang, flat_queries):
    def add():
        with scope.acting_for(acme):
            make_stock()

    flat_queries(add, lambda: wang.get("/m/acme/stock/"))


def test_a_variant_that_never_lay_here_can_be_received(acme, wang):
    with scope.acting_for(acme):
        make_product(sku="NEW")
    assert wang.get("/m/acme/stock/NEW/").status_code == 200
    assert wang.post("/m/acme/stock/NEW/receipt/", {"quantity": "2"}).status_code == 302
    with scope.acting_for(acme):
        assert StockLevel.objects.get(variant__sku="NEW").on_hand == 2


def test_the_product_shows_what_there_is_of_it(mug, wang):
    page = wang.get("/m/acme/products/P-MUG/").content.decode()
    assert 'href="/m/acme/stock/MUG/receipt/"' in page


def test_who_may_only_look_changes_nothing(acme, mug, client_for):
    reader = client_for(person("rob", acme, Role.READ_ONLY))
    assert "receipt" not in reader.get("/m/acme/stock/MUG/").content.decode()
    assert reader.post("/m/acme/stock/MUG/receipt/", {"quantity": "5"}).status_code == 403
    assert level_of(acme) == (10, 0, 0, 0, None)


def test_a_stranger_finds_nothing(acme, mug, rita, client_for):
    assert client_for(rita).post("/m/acme/stock/MUG/receipt/", {"quantity": "5"}).status_code == 404
    assert client_for(rita).get("/m/rival/stock/MUG/").status_code == 404
    with scope.acting_for(acme):
        assert StockMovement.objects.count() == 1
