"""Every page speaks one language: no English words on a Chinese one, no Chinese on an English one."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from config.kernel import scope
from fulfillment.states import CancellationReason, OrderStatus
from merchants.accounts.permissions import Role
from tests.factories.accounts import make_buyer, make_credential, make_member, make_user
from tests.factories.catalog import make_listing, make_product, make_variant
from tests.factories.desk import make_change, make_file_import, make_job, make_saved_view, make_work_item
from tests.factories.fulfillment import make_credit, make_order
from tests.factories.inventory import make_stock
from tests.factories.marketplace import make_category, make_channel
from tests.factories.money import make_books, make_schedule, statement_entries
from tests.factories.onboarding import make_shop, make_vacation
from tests.factories.support import make_review
from tests.test_routes import OF_A_LIST, OPEN, REST, SHOP, of_lists, shown  # noqa: F401

# names that are the same in both languages; all made-up data below begins with Qix
SAME = """
    Zhanggui English API Ctrl Esc Space SKU GTIN CSV JPEG PNG WebP MB ISO EUR CN BR DE README Cookie Enter Boleto QR UTC
    Europe Berlin PDF GBK GB Big Shift JIS xlsx [Qq]ix\\w* Acme Rival Olive Sam Admin acme rival example com
""".split()
# what the desk of the platform shows as the database has it
STORED = """
    ID CNY file things olist platform Platform system test en shop after before draft ready bulk risk null reason
    currency main Zip Olist Online Retail tents
""".split()
# e-mail, what is masked, names of facts, numbers, keys, rows that the factories name
CODES = re.compile(r"\S+@\S+|\S*•\S*|\b\w+(?:[./:_-]\w+)+|\b[A-Z]+-?\d+\b|\b[A-Z2-7]{32}\b|\b(?:Shop|Product) \d+\b")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’]+")
HAN = re.compile(r"[㐀-鿿，。：；！？（）、]+")
HAN_ON_ENGLISH_PAGES = {"掌柜", "中文", "简体中文"}
ICON = re.compile(r'<span class="[^"]*material-symbols[^"]*"[^>]*>\s*\w+\s*</span>')  # drawn, by a font
SAID = ("title", "placeholder", "aria-label", "alt", "content", "data-done", "data-refused", "data-one", "data-many")


class Reader(HTMLParser):
    """What a person reads or hears of a page, with the attributes that are read out."""

    def __init__(self, html: str):
        super().__init__()
        self.texts, self.unread = [], 0
        self.feed(ICON.sub("", html))

    def handle_starttag(self, tag, attrs):
        self.unread += tag in ("script", "style")
        self.texts += [value for name, value in attrs if name in SAID and value and tag != "meta"]

    def handle_endtag(self, tag):
        self.unread -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.unread:
            self.texts.append(data)


def english(html: str, same: Iterable[str] = SAME) -> set[str]:
    same = re.compile("|".join(same))
    found = {word for text in Reader(html).texts for word in ENGLISH.findall(CODES.sub(" ", text))}
    return {word for word in found if not same.fullmatch(word)}


def chinese(html: str, same: Iterable[str] = SAME) -> set[str]:
    return {words for text in Reader(html).texts for words in HAN.findall(text)} - HAN_ON_ENGLISH_PAGES


FOREIGN = {"zh-hans": english, "en": chinese}


@pytest.fixture(params=FOREIGN)
def language(request, client):
    return request.param


@pytest.fixture
def walk(language, client_for, client):
    """Ask as somebody (None: nobody) for addresses; the foreign words of each answer, and its status."""

    def ask(who, paths: dict[str, str], *, status=200, sent=None, same=SAME) -> dict[str, set[str]]:
        browser = client_for(who) if who else client
        headers = {"accept-language": language}
        found = {}
        for name, path in paths.items():
            answer = browser.get(path, headers=headers) if sent is None else browser.post(path, sent, headers=headers)
            assert answer.status_code == status, f"{name}: {answer.status_code}"
            if answer.headers["Content-Type"].startswith("text/") and name != "money:statement-csv":  # is for machines
                found[name] = FOREIGN[language](answer.getvalue().decode(), same)
        return {name: words for name, words in found.items() if words}

    return ask


@pytest.fixture
def world(acme, olive):
    """A shop where everything that can be told about orders and products is told once, and no data is in a language."""
    with scope.acting_for(acme):
        channel = make_channel(name="Qixchannel", code="web-eur")  # where the factories put goods
        things = make_category(name="Qixthings", code="things")
        shelf = {"channel": channel, "category": things}
        product = make_product(code="Qix", title="Qixtent", description="Qixwords", title_is_made_up=True, **shelf)
        for status in ("paused", "delisted"):
            make_listing(make_variant(product, specification="Qixred"), channel=channel, status=status)
        for status in ("draft", "archived"):
            make_product(title="Qixstove", status=status, **shelf)
        buyer = make_buyer(name="Qixbuyer", city="Qixcity", region="Qixregion", street="Qixstreet")
        orders = {
            status: make_order(
                number=f"QIX-{status}", status=status, buyer=buyer, channel=channel, lines=[{"variant": line}]
            )
            for status, line in zip(OrderStatus, [product.variants.order_by("pk")[0]] * 5, strict=True)
        }  # fmt: skip
        for number, paid in enumerate([[900, 400], [2000], [1989], [9900]]):
            payments = [{"amount_minor": each, "instalments": 3} for each in paid]
            lines = [{"variant": product.variants.order_by("pk")[0]}]
            make_order(
                number=f"QIX-P{number}", status="paid", buyer=buyer, channel=channel, lines=lines, payments=payments
            )
        make_credit(line=orders["delivered"].lines.get())
        make_credit()
        make_review(orders["delivered"], title="", text="")
        make_review(orders["shipped"], title="Qixtitle", text="Qixtext")
        make_shop(name="Qixshop")
        member = make_member(make_user(name="Qixmember", email="qix@acme.example"), *Role)
        job, item, sent = make_job(), make_work_item(), make_file_import()
        make_schedule({"rate_ppm": 125_000, "tax_ppm": 60_000}, code="Qix")
        statement = make_books(explanation="Qixwords", sku="Qix")
        entry = statement_entries(statement)[0]
        credential, _key = make_credential("orders:read", name="Qixsystem")
        view = make_saved_view(olive, name="Qixview", is_shared=True)
        change = make_change(names=["Qix"])
        vacation = make_vacation()
        sku = make_stock(variant=product.variants.order_by("pk")[0]).variant.sku
    return {
        "product": {"code": "Qix"}, "order": {"number": "QIX-paid"}, "member": {"pk": member.pk}, "": {},
        "stock": {"sku": sku}, "job": {"public_id": job.public_id}, "item": {"public_id": item.public_id},
        "import": {"public_id": sent.public_id}, "kind": {"kind": "catalog.products"},
        "statement": {"number": statement.number}, "entry": {"public_id": entry.public_id},
        "key": {"public_id": credential.public_id}, "view": {"public_id": view.public_id},
        "change": {"public_id": change.public_id}, "act": {"kind": "catalog.take_off"},
        "vacation": {"public_id": vacation.public_id},
    }  # fmt: skip


def addresses(world) -> dict[str, str]:
    pages = {name: about for name, (about, status) in SHOP.items() if status == 200}
    return {name: reverse(name, kwargs={"slug": "acme"} | world[about]) for name, about in pages.items()}


def test_pages_of_a_shop(world, olive, walk):
    assert walk(olive, addresses(world)) == {}


def test_orders_in_every_state(world, olive, walk):
    numbers = [*(f"QIX-{status}" for status in OrderStatus), *(f"QIX-P{number}" for number in range(4))]
    assert walk(olive, {number: f"/m/acme/orders/{number}/" for number in numbers}) == {}


def test_filtered_and_empty_lists(world, olive, walk):
    paths = [
        "orders/?status=paid&late=yes&placed_from=2025-01-01&gap=yes&payment=boleto",
        "orders/?q=zz",
        "reviews/?q=zz",
    ]
    paths += ["products/?on_sale=no&has_picture=no&q=zz", "reviews/?stars=low", "shop/staff/?role=owner"]
    assert walk(olive, {path: f"/m/acme/{path}" for path in paths}) == {}


def test_refused_filters(world, olive, walk):
    paths = [
        "orders/?qix=red",
        "orders/?sort=qix",
        "orders/?status=qix",
        "orders/?after=zz",
        "orders/?placed_from=zz",
    ]
    assert walk(olive, {path: f"/m/acme/{path}" for path in paths}, status=400) == {}


def test_forms_with_errors(world, olive, walk):
    forms = ["catalog:product-new", "catalog:product-change", "catalog:product-variants", "catalog:product-listings"]
    forms += ["pricing:product-prices", "fulfillment:order-hand-over", "fulfillment:order-cancellation"]
    forms += [
        "fulfillment:order-delivery",
        "fulfillment:order-buyer-data",
        "accounts:member-new",
        "accounts:member-roles",
    ]
    known = addresses(world)
    assert walk(olive, {name: known[name] for name in forms}, status=422, sent={}) == {}


def test_what_acts_leave_behind(world, olive, walk, client_for, language):
    browser, sent = client_for(olive), {"headers": {"accept-language": language}}
    browser.post("/m/acme/products/Qix/status/", {"status": "draft"}, **sent)
    browser.post("/m/acme/products/Qix/status/", {"status": "ready"}, **sent)
    browser.post(
        "/m/acme/orders/QIX-paid/cancellation/", {"reason": CancellationReason.STOCK, "note": "Qixnote"}, **sent
    )
    browser.post("/m/acme/orders/QIX-shipped/buyer-data/", {"reason": "call"}, **sent)
    paths = ["products/Qix/", "orders/QIX-paid/", "orders/QIX-shipped/", "shop/activity/"]
    assert walk(olive, {path: f"/m/acme/{path}" for path in paths}) == {}


@pytest.mark.parametrize(
    ("place", "who"), list(enumerate(["", "olive", "admin_user"])), ids=["nobody", "member", "staff"]
)
def test_pages_outside_of_shops(request, walk, place, who):
    for_machines = ("healthz", "readyz", "api-description")  # they speak English
    names = [name for name, statuses in OPEN.items() if statuses[place] == 200 and name not in for_machines]
    paths = {name: reverse(name, kwargs=REST.get(name)) for name in names}
    assert walk(request.getfixturevalue(who) if who else None, paths) == {}


def test_home_with_many_shops_and_with_none(acme, rival, olive, walk):
    with scope.acting_for(rival):
        make_member(olive)
    assert walk(olive, {"many": "/", "search": "/?q=zz"}) == {}
    assert walk(make_user(name="Qix"), {"none": "/"}) == {}


def test_signing_in_wrongly(walk, db):
    sent = {"login": "qix@acme.example", "password": "Qix"}
    assert (
        walk(None, {"unknown": "/account/login/", "reset": "/account/password/reset/"}, sent=sent | {"email": "zz"})
        == {}
    )


def test_refusals(world, sam, walk):
    assert walk(sam, {"new": "/m/acme/products/new/", "staff": "/m/acme/shop/staff/"}, status=403) == {}
    assert walk(sam, {"lost": "/m/acme/lost/", "rival": "/m/rival/orders/"}, status=404) == {}


def test_a_form_from_elsewhere_and_a_fault_of_ours(world, olive, client_for, language):
    browser = client_for(olive, enforce_csrf_checks=True)
    refused = browser.post("/m/acme/products/new/", headers={"accept-language": language})
    assert refused.status_code == 403
    assert FOREIGN[language](refused.content.decode()) == set()
    with translation.override(language):
        assert FOREIGN[language](render_to_string("500.html")) == set()


def test_a_foreign_word_bites():
    page = '<title>订单</title><p title="Close it">共 3 条 SKU QIX-1 <b>Paid</b><script>let it</script> a@b.example</p>'
    assert english(page) == {"Close", "it", "Paid"}
    assert chinese(page) == {"订单", "共", "条"}
    assert chinese('<p>掌柜 <button aria-label="关闭">中文</button></p>') == {"关闭"}


def test_the_desk_of_the_platform(admin_user, world, shown, walk):  # noqa: F811
    paths = {"index": "/admin/"}
    for name, model, kind, _ in of_lists():
        if OF_A_LIST.get(kind, 200) == 200:
            of_row = kind in ("", "change", "history", "delete") or kind.startswith("row-")
            args = [shown[model].pk] if of_row else []
            paths[name] = reverse(f"admin:{name}", args=args)
    assert walk(admin_user, paths, same=[*SAME, *STORED]) == {}
