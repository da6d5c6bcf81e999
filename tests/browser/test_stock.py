import pytest

from config.kernel import scope
from inventory.services import alerts, stock
from inventory.services.stock import Units
from inventory.states import AdjustmentReason
from tests.factories.catalog import make_product, make_variant
from tests.factories.inventory import BY, make_stock
from tests.factories.placing import place_order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


@pytest.fixture
def shop(acme, platform, now):
    with scope.acting_for(acme):
        mug = make_product(sku="MUG-RED", code="MUG", title="Mug of stoneware").variants.select_related("product").get()
        make_variant(mug.product, sku="MUG-BLUE", specification="Blue, 0.3 l")
        make_stock(40, variant=mug)
        for number in range(4):
            make_stock(12 * number + 1)
        stock.announce([Units(mug, 60)], note="Delivery note 1741", by=BY, now=now)
        stock.adjust([Units(mug, 2, reason=AdjustmentReason.DAMAGED)], by=BY, now=now)
        place_order(("MUG-RED", 3, 1_990), number="A-1")
        alerts.set_line(variant=mug, line=50, by=BY, now=now)
    return acme


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_stock_pages_are_sound(shop, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    paths = {
        "list": "stock/", "low": "stock/?state=low", "detail": "stock/MUG-RED/", "empty": "stock/MUG-BLUE/",
        "receipt": "stock/MUG-RED/receipt/", "adjustment": "stock/MUG-RED/adjustment/",
        "alert-line": "stock/MUG-RED/alert-line/", "product": "products/MUG/", "work": "work/",
    }  # fmt: skip
    for name, path in paths.items():
        page.goto(f"/m/acme/{path}")
        sound(page, f"stock-{name}-{language}-{width}-{scheme}")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_goods_are_received_from_the_page_of_the_product(shop, olive, open_page, script):
    page = open_page(olive, script=script)
    page.goto("/m/acme/products/MUG/")
    page.get_by_role("link", name="Receive goods MUG-BLUE").click()
    page.get_by_label("Units received").fill("25")
    page.get_by_role("button", name="Receive").click()
    page.wait_for_url("**/stock/MUG-BLUE/")
    assert page.get_by_role("cell", name="+25").is_visible()
