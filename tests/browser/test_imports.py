import pytest

from config.kernel import clock, scope
from merchants.desk.models import ImportRun
from merchants.desk.services import running
from tests.factories.marketplace import usual_category, usual_channel

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


def goods(lines: int) -> bytes:
    rows = [f"A-{n},{'' if n % 10 == 7 else f'Kettle {n}'},things,9.90,web-eur,x" for n in range(lines)]
    return "\n".join(["SKU,Title,Category,Price,Sales channel,Shelf", *rows]).encode()


def work() -> None:
    with scope.acting_for_nobody():
        while running.work("bulk", clock=clock.now):
            pass


@pytest.fixture(autouse=True)
def shop(acme, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with scope.acting_for(acme):
        usual_category(), usual_channel()


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_a_file_is_sent_checked_and_taken_in(olive, open_page, sound, language, width, scheme):
    page, name = open_page(olive, language=language, width=width, scheme=scheme), f"{language}-{width}-{scheme}"
    page.goto("/m/acme/imports/new/catalog.products/")
    sound(page, f"import-new-{name}")
    page.set_input_files("[name=file]", {"name": "goods.csv", "mimeType": "text/csv", "buffer": goods(30)})
    page.locator(".flow__buttons button").click()
    page.wait_for_url("**/columns/")
    page.locator(".toast button").click()  # on a phone it lies over what is at the end of the page
    sound(page, f"import-columns-{name}")
    page.locator("button[name=check]").click()
    page.locator("#import").wait_for()
    work()
    page.reload()
    sound(page, f"import-checked-{name}")
    page.locator("form[action$='taking-in/'] button").click()
    page.locator("#import").wait_for()
    work()
    page.reload()
    sound(page, f"import-done-{name}")
    page.goto("/m/acme/imports/")
    sound(page, f"imports-{name}")
    with scope.across_merchants(because="the test looks at what came of it"):
        assert ImportRun.objects.get().report == {
            "read": 30, "created": 27, "changed": 0, "unchanged": 0, "rejected": 3,
        }  # fmt: skip


def test_a_file_chosen_in_the_admin_fills_no_other_field(platform, admin_user, open_page):
    """The admin's own script writes the name of a file into the nearest text field: it must be the one for it."""
    page = open_page(admin_user)
    page.goto("/admin/desk/importrun/new/")
    page.set_input_files("[name=file]", {"name": "history.zip", "mimeType": "application/zip", "buffer": b"x"})
    assert page.locator("[name=within]").input_value() == ""
    assert page.locator("[name=within]").get_attribute("value") in (None, "")
