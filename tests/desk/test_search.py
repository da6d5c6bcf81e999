"""Finding anything by what people type or paste, on a page and in the palette."""

import re
from html import unescape

import pytest
from django.db import ProgrammingError, connection, connections
from django.test.utils import CaptureQueriesContext

from catalog import selectors as catalog
from catalog.models import Product, ProductWord
from config.kernel import finding, scope
from config.kernel.personal import phone_tokens
from config.kernel.queues import Asked
from config.kernel.words import words_asked
from fulfillment import selectors as orders
from fulfillment.models import Parcel, Shipment
from fulfillment.states import OrderStatus
from merchants.accounts.permissions import Role
from merchants.accounts.selectors import actor_of, membership_of
from tests.conftest import person
from tests.factories.accounts import THEN, make_buyer
from tests.factories.catalog import make_product, make_variant
from tests.factories.fulfillment import make_order
from tests.factories.marketplace import usual_category

SEARCH = "/m/acme/search/"
RIDGE, KETTLE, TENT, GROUNDSHEET = (
    "Ridge 2 Zelt: tent for two",
    "Enamel kettle 1.5 L",
    "高山双人帐篷 Pro",
    "单人帐篷地布",
)


@pytest.fixture
def shop(client_for, olive):
    return client_for(olive, headers={"accept-language": "en"})


@pytest.fixture
def palette(shop):
    """What the palette lists for a text: (label, note) of each, by the names of the groups."""

    def listed(text: str, browser=shop) -> list[str]:
        answer = browser.get(SEARCH, {"q": text}, headers={"hx-target": "palette-list", "hx-request": "true"})
        assert answer.status_code == 200
        found = re.findall(r'class="palette__label">([^<]+)<', answer.content.decode())
        return [unescape(label) for label in found]

    return listed


@pytest.fixture
def goods(acting):
    """Titles in both languages, some with the same words."""
    make_product(code="TENT-2", title=RIDGE, sku="TENT-2-GRN")
    make_product(code="KETTLE", title=KETTLE, sku="KETTLE")
    make_product(code="ZH-1", title=TENT, sku="ZH-1-GRN")
    make_product(code="ZH-2", title=GROUNDSHEET, sku="ZH-2")


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ridge 2 Zelt", ["ridge", "2", "zelt"]), ("高山双人帐篷Pro", ["高山", "山双", "双人", "人帐", "帐篷", "pro"]),
        ("帐", ["帐"]), ("１．５Ｌ ①", ["1", "5l", "1"]), ("Größe ÉTÉ_x", ["größe", "été", "x"]), ("·—!", []),
        ("a a", ["a"]),
    ],
)  # fmt: skip
def test_a_text_is_cut_into_what_words_begin_with(text, words):
    assert words_asked(text) == list(dict.fromkeys(words))


@pytest.mark.parametrize("title", ["高山双人帐篷 Pro１", "Größe ÉTÉ_x 2-in-1", "カメラ 가방 Ａ", "·", "帐"])
def test_the_database_cuts_titles_as_texts_are_cut(acting, title):
    product = make_product(title=title)
    kept = set(ProductWord.objects.filter(product=product).values_list("word", flat=True))
    assert set(words_asked(title)) - kept == set()
    assert [found["pk"] for found in catalog.matching(title)] == ([product.pk] if words_asked(title) else [])


def test_words_follow_their_titles(acting):
    more = {"language": "en", "category": usual_category(), "created_at": THEN, "updated_at": THEN}
    product = Product.objects.create(code="P", title="Old lamp", **more)
    Product.objects.filter(pk=product.pk).update(title="新灯")
    assert set(ProductWord.objects.filter(product=product).values_list("word", flat=True)) == {"新灯", "灯"}
    Product.objects.filter(pk=product.pk).update(code="OTHER")
    assert ProductWord.objects.filter(product=product).count() == 2
    Product.objects.filter(pk=product.pk).delete()
    assert not ProductWord.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize(
    "act",
    [
        "INSERT INTO catalog_productword (merchant_id, product_id, word) VALUES (1, 1, 'x')",
        "UPDATE catalog_productword SET word = 'x'",
        "DELETE FROM catalog_productword",
    ],
)
def test_nobody_writes_words_but_the_database(acme, act):
    with scope.acting_for(acme), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute(act)


# ---------------------------------------------------------------- things


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("帐篷", [GROUNDSHEET, TENT]), ("双人帐篷", [TENT]), ("篷", [GROUNDSHEET, TENT]), ("帐篷 pro", [TENT]),
        ("tent", [RIDGE]), ("TEN rid", [RIDGE]), ("keetle", [KETTLE]), ("enamle kettel", [KETTLE]),
        ("zh-1-grn", [TENT]), ("ZH-", [GROUNDSHEET, TENT]), ("双人灯", []), ("zzzzz", []),
    ],
)  # fmt: skip
def test_products_are_found_by_code_and_by_words_of_both_scripts(goods, palette, text, found):
    assert sorted(palette(text)) == sorted(found)


def test_a_barcode_opens_its_product(acting, shop):
    make_variant(make_product(code="CUP"), sku="CUP-RED", barcode="4006381333931")
    assert shop.get(SEARCH, {"q": "4006381333931"})["Location"] == "/m/acme/products/CUP/"


@pytest.fixture
def sold(acting):
    number, tail = phone_tokens("+49 170 1234567")
    buyer = make_buyer(name="Chen Wei", phone_token=number, phone_tail_token=tail, city="Kiel")
    line = {"variant": make_product(code="LAMP", sku="LAMP-1", title="Lamp").variants.get()}
    for number in ("AC-100", "AC-1001", "AC-2"):
        make_order(number=number, buyer=buyer, lines=[line], status=OrderStatus.PAID)
    order = make_order(number="BB-7", lines=[line], status=OrderStatus.SHIPPED, buyer=make_buyer(name="陈伟"))
    Parcel.objects.create(order=order, carrier="SF", waybill="SF0001", handed_over_at=THEN)
    Shipment.objects.filter(order=order).update(waybill="SF0002")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AC-100", ["Order AC-100", "Order AC-1001"]), ("SF0001", ["Order BB-7"]), ("SF0002", ["Order BB-7"]),
        ("4567", ["Order AC-100", "Order AC-1001", "Order AC-2", "Orders of Chen Wei"]),
        ("chen", ["Order AC-100", "Order AC-1001", "Order AC-2", "Orders of Chen Wei"]),
        ("陈伟", ["Order BB-7", "Orders of 陈伟"]), ("C", ["Lamp"]),
    ],
)  # fmt: skip
def test_orders_and_buyers_are_found_by_what_people_have_in_hand(sold, palette, text, found):
    things = [label for label in palette(text) if label.startswith(("Order ", "Orders of", "Lamp"))]
    assert sorted(things) == sorted(found if text != "C" else [])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("AC-100", "/m/acme/orders/AC-100/"), (" ac-100 ", "/m/acme/orders/AC-100/"),
        ("SF0001", "/m/acme/orders/BB-7/"), ("LAMP-1", "/m/acme/products/LAMP/"), ("lamp-1", "/m/acme/products/LAMP/"),
        ("AC-100 AC-2", "/m/acme/orders/?numbers=AC-100+AC-2"),
    ],
)  # fmt: skip
def test_what_names_one_thing_opens_it_at_once(sold, shop, text, address):
    answer = shop.get(SEARCH, {"q": text})
    assert (answer.status_code, answer.headers.get("Location")) == (302, address)


def test_what_names_two_things_opens_neither(acting, shop):
    for number in ("A-1", "A-2"):
        Parcel.objects.create(order=make_order(number=number), carrier="SF", waybill="SF9", handed_over_at=THEN)
    answer = shop.get(SEARCH, {"q": "SF9"})
    assert answer.status_code == 200
    assert "Order A-1" in answer.content.decode() and "Order A-2" in answer.content.decode()


def test_fifty_pasted_numbers_open_as_a_list(sold, shop):
    text = "\n".join(["AC-100", "AC-2;", "SF0001,", *(f"NONE-{number:04}" for number in range(47))])
    answer = shop.get(SEARCH, {"q": text}, follow=True)
    assert {order.number for order in answer.context["index"].rows} == {"AC-100", "AC-2", "BB-7"}
    assert answer.context["index"].count == 3


def test_as_many_numbers_as_fit_into_an_address_are_taken_and_that_is_said(acting, shop):
    text = " ".join(f"2611-2401{number:05}" for number in range(finding.PASTED + 1))
    page = shop.get(SEARCH, {"q": text}, headers={"hx-target": "palette-list"}).content.decode()
    assert f"Orders with {finding.PASTED} numbers" in page
    assert f"only the first of {finding.PASTED + 1}" in page
    assert len(shop.get(SEARCH, {"q": text})["Location"]) < 4_000


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A-100", []), ("blue tent", []), ("A-100 tent", []), ("A-100 A-100", []),
        ("A-100、A-200；A-300", ["A-100", "A-200", "A-300"]),
    ],
)  # fmt: skip
def test_only_what_is_nothing_but_numbers_is_a_list_of_them(text, numbers):
    assert finding.pasted(text) == numbers


# ---------------------------------------------------------------- pages and acts


@pytest.mark.parametrize(
    ("text", "labels"),
    [("staff", ["Staff"]), ("STAFF", ["Staff"]), ("员工", ["Add a colleague", "Staff"])],  # 添加员工
)
def test_pages_are_found_by_their_names_in_both_languages(acme, olive, palette, text, labels):
    assert palette(text) == labels


def test_acts_are_found_and_lead_to_their_page(acme, shop):
    answer = shop.get(SEARCH, {"q": "new prod"}).content.decode()
    assert 'href="/m/acme/products/new/"' in answer
    assert [hit.label for hit in shop.get(SEARCH, {"q": "new prod"}).context["found"].acts] == ["New product"]


@pytest.mark.parametrize("role", Role)
def test_one_finds_what_one_may_open(sold, acme, client_for, palette, role):
    browser = client_for(person("ines", acme, role), headers={"accept-language": "en"})
    answer = browser.get(SEARCH)
    for url in set(re.findall(r'href="(/m/acme/[^"]+)"', answer.content.decode())):
        assert browser.get(unescape(url)).status_code == 200, url
    may = answer.context["actor"].can
    assert ("Order AC-2" in palette("AC-2", browser)) == may("orders:read")
    assert ("Place an order" in palette("", browser)) == may("orders:write")
    assert ("API keys" in palette("api", browser)) == may("api-keys:write")


def test_another_shop_is_not_found(sold, goods, rita, client_for):
    browser = client_for(rita, headers={"accept-language": "en"})
    for text in ("AC-100", "SF0001", "tent", "帐篷", "keetle", "LAMP-1", "Chen", "4567"):
        answer = browser.get("/m/rival/search/", {"q": text})
        assert answer.status_code == 200
        assert answer.context["found"].things == [], text


def test_what_was_typed_is_no_markup(acting, shop):
    page = shop.get(SEARCH, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "Nothing was found" in page
    assert shop.get(SEARCH, {"q": "a\0b"}).status_code == 400


# ---------------------------------------------------------------- plans

MANY = 20_000
TABLES = ["accounts_buyer", "catalog_product", "catalog_productword", "catalog_variant", "fulfillment_order",
          "fulfillment_orderline", "fulfillment_parcel", "fulfillment_shipment", "fulfillment_ordergroup"]  # fmt: skip


def copies(cursor, table: str, changes: dict[str, str]) -> None:
    """Many rows like the first one of a table; `n` counts them, and `made_<table>` keeps their keys by it."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
        " AND column_name <> 'id'", [table],
    )  # fmt: skip
    names = [name for (name,) in cursor.fetchall()]
    values = ", ".join(changes.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(f"SELECT max(id) FROM {table}")
    (last,) = cursor.fetchone()
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM (SELECT * FROM {table} ORDER BY id LIMIT 1) AS one,"
        f" generate_series(1, {MANY}) AS n"
    )
    cursor.execute(
        f"CREATE TEMP TABLE made_{table} AS SELECT row_number() OVER (ORDER BY id) AS n, id FROM {table}"
        f" WHERE id > {last}; CREATE UNIQUE INDEX ON made_{table} (n); ANALYZE made_{table}; ANALYZE {table}"
    )


def made(table: str) -> str:
    return f"(SELECT made.id FROM made_{table} AS made WHERE made.n = n.n)"


@pytest.fixture
def crowd(acme, sold):
    """Thousands of everything in acme's shop, as the planner knows."""
    new, order = {"public_id": "gen_random_uuid()"}, {"order_id": made("fulfillment_order")}
    with scope.acting_for(acme):
        make_product(title="Kettle")
    with connections["owner"].cursor() as cursor:
        copies(cursor, "catalog_product", new | {"code": "'PP-' || n", "title": "'Thing ' || md5(n::text)"})
        copies(cursor, "catalog_variant", new | {"sku": "'SS-' || n", "product_id": made("catalog_product")})
        copies(cursor, "accounts_buyer", new | {
            "name": "md5(n::text)", "external_id": "'b' || n", "phone_token": "md5(n::text)",
            "phone_tail_token": "md5(mod(n, 9000)::text)",
        })  # fmt: skip
        copies(cursor, "fulfillment_ordergroup", new | {"number": "'N-' || n"})
        copies(cursor, "fulfillment_order", new | {
            "number": "'N-' || n", "group_id": made("fulfillment_ordergroup"), "buyer_id": made("accounts_buyer"),
            "external_id": "'N-' || n",
        })  # fmt: skip
        copies(cursor, "fulfillment_shipment", order | {"waybill": "'W-' || n"})
        copies(cursor, "fulfillment_parcel", order | new | {"waybill": "'X-' || n"})
        copies(cursor, "fulfillment_orderline", order | {"variant_id": made("catalog_variant")})
        cursor.execute("ANALYZE catalog_productword")
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join(f'made_{table}' for table in TABLES if table != 'catalog_productword')}")


def nodes(plan: dict):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def wide(sql: str) -> list[str]:
    """Where a statement reads much more of a large table than it needs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("zhanggui_app",)
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return [
        f"{node['Node Type']} on {node['Relation Name']}: {read} rows"
        for node in nodes(plan)
        if node.get("Relation Name") in TABLES
        and (read := (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]) > 500
    ]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_searching_stays_on_its_indexes_as_the_application_behind_its_walls(crowd, acme, olive, now):
    asked = Asked(actor_of(olive, membership_of(olive, acme)), olive, acme, now)
    texts = ["N-777", "W-777", "X-777", "SS-777", "PP-777", "b777", "4567", "49170123456", "thing", "ketle",
             "c4ca4238a0", "双人帐篷", "N-1 N-2 N-3", "chen wei"]  # fmt: skip
    found = {}
    with scope.acting_for(acme):
        for text in texts:
            with CaptureQueriesContext(connection) as queries:
                things = finding.find(asked, text).things
            found[text] = len(things), [each for query in queries if (each := wide(query["sql"]))]
        assert orders.several(["N-1", "N-2"]).count() == 2
    assert {text: slow for text, (_count, slow) in found.items() if slow} == {}
    assert {text: count for text, (count, _slow) in found.items() if text in ("N-777", "W-777", "PP-777", "ketle")} == {
        "N-777": 6, "W-777": 1, "PP-777": 6, "ketle": 1,
    }  # fmt: skip

    with scope.acting_for(acme), CaptureQueriesContext(connection) as queries:  # not leakproof: reads all there is
        assert Product.objects.filter(title__icontains="zz").count() == 0
        assert len(wide(queries[-1]["sql"])) == 1
