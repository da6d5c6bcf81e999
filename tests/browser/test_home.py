"""Home and the palette as people use them: what is due at once, anything by its number, by mouse and by keyboard."""

import gzip
from datetime import timedelta

import pytest

from config.kernel import clock, scope
from config.kernel.personal import phone_tokens
from fulfillment.models import Order, Parcel, Shipment
from fulfillment.states import OrderStatus
from inventory.services.alerts import LOW
from merchants.desk.models import WorkItem
from merchants.desk.states import JobStatus
from merchants.money.subscribers import TO_READ
from tests.factories.accounts import make_buyer
from tests.factories.catalog import make_product
from tests.factories.desk import make_job, make_work_item
from tests.factories.fulfillment import make_order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]
LANGUAGES = ["en", "zh-hans"]
MOST = 90_000  # bytes of a page, compressed, with an empty cache
MOST_SCRIPT = 100_000  # bytes as they are read

SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((each) => { shifts += each.value; }))
        .observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def shop(acme, olive):
    now = clock.now()
    with scope.acting_for(acme):
        number, tail = phone_tokens("+49 170 1234567")
        buyer = make_buyer(name="Ada Lau", city="Kiel", phone_token=number, phone_tail_token=tail)
        variant = make_product(code="TENT", title="高山双人帐篷 Ridge tent", sku="TENT-GRN").variants.get()
        for place, hours in enumerate([-30, -1, 2, 3, 30, 50], 1):
            order = make_order(number=f"A-{place}", status=OrderStatus.PAID, placed_at=now - timedelta(hours=2),
                               lines=[{"variant": variant}])  # fmt: skip
            Shipment.objects.filter(order=order).update(ship_by_at=now + timedelta(hours=hours), deliver_by_on=None)
        found = make_order(number="B-7", status=OrderStatus.SHIPPED, buyer=buyer, placed_at=now - timedelta(days=7))
        Parcel.objects.create(order=found, carrier="SF", waybill="SF1234567", handed_over_at=now)
        make_work_item(kind=LOW, about="v:1", params={"sku": "TENT-GRN", "units": 3, "line": 10}, link="/m/acme/stock/")
        make_work_item(kind=TO_READ, about="s:1", params={"number": "2026-10-EUR"}, due_at=now - timedelta(hours=3))
        make_job(status=JobStatus.RUNNING, done=40, total=90)
    return acme


class Counted:
    """A person whose clicks and keys are counted; pasting is one more of neither."""

    def __init__(self, page):
        self.page, self.clicks, self.keys = page, 0, 0

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def click(self, place):
        self.clicks += 1
        place.click()

    def paste(self, text):
        self.page.keyboard.insert_text(text)


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_home_and_the_palette_are_sound(shop, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    for name, path in {"home": "", "home-mine": "?mine=yes", "search": "search/?q=A-"}.items():
        page.goto(f"/m/acme/{path}")
        sound(page, f"{name}-{language}-{width}-{scheme}")
    page.goto("/m/acme/")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("ten")
    page.get_by_role("option").get_by_text("高山双人帐篷 Ridge tent").wait_for()
    sound(page, f"palette-{language}-{width}-{scheme}")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_overdue_everywhere_is_seen_without_a_click(shop, olive, open_page, language, script):
    page = open_page(olive, language=language, script=script)
    page.goto("/m/acme/")
    cells = page.locator(".matrix__cell--overdue")
    assert cells.all_inner_texts() == ["2", "1"]
    for cell in cells.all():
        box = cell.bounding_box()
        assert box["y"] + box["height"] <= 900
    assert page.locator("[data-entry]").first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pasted", ["SF1234567", "4567", "B-7"])
def test_an_order_is_opened_by_waybill_phone_or_number_with_two_keys(shop, olive, open_page, language, pasted):
    page = open_page(olive, language=language)
    page.goto("/m/acme/")
    person = Counted(page)
    person.press("Control+k")
    person.paste(pasted)
    person.press("Enter")
    page.wait_for_url("**/m/acme/orders/B-7/")
    assert (person.clicks, person.keys) == (0, 2)


def test_an_order_is_opened_without_a_script(shop, olive, open_page):
    page = open_page(olive, script=False)
    page.goto("/m/acme/")
    person = Counted(page)
    person.click(page.get_by_role("searchbox"))
    person.paste("SF1234567")
    person.press("Enter")
    page.wait_for_url("**/m/acme/orders/B-7/")
    assert (person.clicks, person.keys) == (1, 1)


def test_fifty_numbers_below_each_other_open_as_a_list(shop, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/")
    page.keyboard.press("Control+k")
    numbers = "\n".join(["SF1234567", "NONE-001", *(f"NONE-{number:03}" for number in range(2, 50))])
    page.get_by_role("combobox").evaluate(
        """(input, text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        numbers,
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/m/acme/orders/?numbers=*")
    assert page.get_by_role("main").get_by_role("link", name="B-7", exact=True).is_visible()
    assert page.locator("tbody tr").count() == 1


def test_the_palette_is_a_combobox_with_a_list(shop, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/orders/")
    page.locator(".top__search input").click()
    field = page.get_by_role("combobox")
    assert field.evaluate("field => field === document.activeElement")
    page.get_by_role("option", name="Stock").wait_for()
    assert page.get_by_role("group", name="Go to").get_by_role("option").count() > 5

    page.keyboard.type("stoc")
    page.wait_for_function("document.querySelectorAll('.palette [role=option]').length === 1")
    selected = page.locator(".palette [aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == selected.get_attribute("id")
    # a word that is being composed belongs to the input method
    composing = "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}"
    field.evaluate(f"field => field.dispatchEvent(new KeyboardEvent('keydown', {composing}))")
    assert page.url.endswith("/orders/")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.palette").is_visible()
    page.goto("/m/acme/orders/")
    page.keyboard.press("/")  # the list has a search of its own
    assert page.get_by_role("main").get_by_role("searchbox").evaluate("field => field === document.activeElement")
    page.keyboard.press("Control+k")
    page.get_by_role("option", name="Stock").wait_for()
    page.keyboard.press("ArrowUp")  # from the first one to the last
    last = page.locator(".palette [role=option]").last
    assert field.get_attribute("aria-activedescendant") == last.get_attribute("id")


def test_the_day_is_worked_through_by_keys_alone(shop, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    current = page.locator(".queue__item.is-current")
    assert "Read the statement 2026-10-EUR" in current.inner_text()
    page.keyboard.press("e")
    page.get_by_text("Done: Read the statement 2026-10-EUR").wait_for()
    page.wait_for_load_state()
    with scope.acting_for(shop):
        assert WorkItem.objects.get(kind=TO_READ).closed_at is not None
    page.keyboard.press("z")
    page.get_by_text("It is to be done again.").wait_for()
    with scope.acting_for(shop):
        assert WorkItem.objects.get(kind=TO_READ).closed_at is None

    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url("**/orders/A-1/handover/")
    page.keyboard.press("g")  # in a field it is a letter
    page.get_by_label("Waybill").press("g")
    page.get_by_label("Waybill").press("h")
    assert "/handover/" in page.url
    page.goto("/m/acme/orders/")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/m/acme/")


def test_home_is_asked_for_while_somebody_looks(shop, olive, open_page):
    page = open_page(olive)
    page.clock.install()
    page.goto("/m/acme/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/m/acme/") else None)
    page.get_by_text("Show data").click()
    page.keyboard.press("j")
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.clock.fast_forward(60_000)
    assert asked == []

    page.evaluate("Object.defineProperty(document, 'hidden', {value: false, configurable: true})")
    with scope.acting_for(shop):
        Order.objects.filter(number="A-2").update(status=OrderStatus.SHIPPED)
    page.clock.run_for(15_000)
    page.wait_for_function("document.querySelector('#cell-to-ship-overdue').textContent === '1'")
    assert len(asked) == 1
    assert page.locator(".queue__item.is-current").get_attribute("id") == "order-A-1"
    page.clock.run_for(100)  # what was swapped settles
    page.get_by_role("table", name="Sales by hour").wait_for()


def test_home_is_light(shop, olive, open_page):
    page = open_page(olive)
    page.add_init_script(SHIFTS)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/m/acme/", wait_until="networkidle")
    sizes = {answer.url: len(answer.body()) for answer in answers}
    packed = sum(len(gzip.compress(answer.body(), 9)) for answer in answers)
    script = sum(size for url, size in sizes.items() if url.endswith(".js"))
    print(f"Home: {packed:,} bytes packed in {len(answers)} answers, {script:,} bytes of script")
    assert packed <= MOST
    assert script <= MOST_SCRIPT
    assert page.evaluate("shifts") <= 0.02


def test_the_map_of_keys_is_what_the_pages_listen_to(shop, olive, open_page, sound):
    page = open_page(olive)
    page.goto("/m/acme/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    dialog.get_by_text("take back what was just done").wait_for()
    sound(page, "keys-en-1440-light")
    told = dialog.locator("[data-listens]").evaluate_all("all => all.map((each) => each.dataset.listens)")
    listened = set(page.evaluate("document.documentElement.dataset.listens").split(","))
    page.goto("/m/acme/products/")
    listened |= set(page.evaluate("document.documentElement.dataset.listens").split(","))
    assert sorted(told) == sorted(listened)
    page.goto("/m/acme/")
    page.keyboard.press("?")

    switch = dialog.get_by_role("button", name="Single-key shortcuts")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("o")
    assert not dialog.is_visible()
    assert page.url.endswith("/m/acme/")
    page.keyboard.press("Control+k")  # is no single key
    assert page.get_by_role("combobox").is_visible()


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_help_is_at_one_place_and_needs_no_script(shop, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    page.goto("/m/acme/help/")
    sound(page, f"help-{language}-{width}-{scheme}")
    plain = open_page(olive, language=language, width=width, script=False)
    plain.goto("/m/acme/orders/" if width > 1000 else "/m/acme/menu/")
    plain.locator(".side__foot a:visible").click()
    plain.wait_for_url("**/m/acme/help/")


def test_on_a_phone_the_line_of_the_day_begins_with_now(shop, olive, open_page):
    page = open_page(olive, width=360)
    page.goto("/m/acme/")
    box, now = page.locator(".day__line").bounding_box(), page.locator(".dayline__now").bounding_box()
    assert box["x"] <= now["x"] <= box["x"] + box["width"]
