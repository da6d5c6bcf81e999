import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Product
from config.kernel import clock, scope
from merchants.accounts.permissions import Role
from merchants.desk.models import ImportRun
from merchants.desk.services import running
from merchants.desk.states import ImportStatus
from tests.conftest import person
from tests.desk.files import sent, workbook
from tests.factories.desk import make_file_import, make_job
from tests.factories.marketplace import usual_category, usual_channel


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shop(client_for, olive):
    return client_for(olive)


@pytest.fixture
def page(acme):
    return lambda name, *args: reverse(f"desk:{name}", args=["acme", *args])


def work() -> None:
    while running.work("bulk", clock=clock.now):
        pass


def text(response) -> str:
    return " ".join(response.content.decode().split())


def upload(shop, page, file, kind="catalog.products") -> ImportRun:
    response = shop.post(page("import-new", kind), {"file": file})
    assert response.status_code == 302, text(response)
    with scope.across_merchants(because="the test looks for the run"):
        return ImportRun.objects.order_by("-pk").first()


def test_a_file_is_checked_taken_in_and_repaired_by_who_has_only_the_page(shop, page, acme, acting):
    category, channel = usual_category(), usual_channel()
    lines = [["SKU", "Title", "Category", "Price", "Sales channel"]]
    lines += [[f"S-{n}", "" if n % 50 == 7 else f"Good {n}", category.code, "9.90", channel.code] for n in range(200)]
    run = upload(shop, page, workbook(lines))
    columns = shop.get(page("import-columns", run.public_id))
    assert "200 lines were read." in text(columns) and "Good 0" in text(columns)

    chosen = {key: str(number) for key, number in run.mapping.items()}
    shop.post(page("import-columns", run.public_id), chosen | {"policy": "reject_rows", "check": ""})
    work()
    shown = text(shop.get(page("import", run.public_id)))
    assert "This is what would happen. Nothing was changed yet." in shown and "<b>4</b> × Title" in shown
    assert not Product.objects.exists()

    shop.post(page("import-taking-in", run.public_id))
    work()
    assert Product.objects.count() == 196
    answer = shop.get(page("import-rejected", run.public_id))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 5 and rows[1][-1] == "Title: A new product needs a title."
    for row in rows[1:]:
        row[1] = "Repaired"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    response = shop.post(page("import-repair", run.public_id), {"file": sent(out.getvalue())})
    assert response.status_code == 302
    work()
    assert Product.objects.count() == 200
    assert "Send repaired lines" not in text(shop.get(page("import", run.public_id)))


def test_problems_are_paged_and_a_short_list_has_no_next_page(shop, page, acme, acting):
    category = usual_category().code
    for lines, has_next in ((3, False), (60, True)):
        run = upload(shop, page, sent("SKU,Title,Category\n" + "".join(f"S-{n},,{category}\n" for n in range(lines))))
        shop.post(
            page("import-columns", run.public_id),
            {"sku": "0", "title": "1", "category": "2", "policy": "reject_rows", "check": ""},
        )
        work()
        shown = shop.get(page("import", run.public_id))
        assert (shown.context["pager"] is not None) == has_next
    second = shop.get(page("import", run.public_id) + shown.context["pager"]["next_url"])
    assert [problem.line for problem in second.context["problems"]] == list(range(52, 62))
    assert second.context["pager"]["next_url"] is None


def test_a_file_that_is_no_table_is_told_at_its_field_and_keeps_nothing(shop, page, acme):
    response = shop.post(page("import-new", "catalog.products"), {"file": sent(b"")})
    assert response.status_code == 422 and "The file is empty." in text(response)
    with scope.acting_for(acme):
        assert not ImportRun.objects.exists()


def test_what_the_columns_lack_is_told_at_its_field(shop, page, acme, acting):
    run = upload(shop, page, sent("Was,Wie\na,b\n"))
    response = shop.post(page("import-columns", run.public_id), {"title": "0", "policy": "reject_rows"})
    assert response.status_code == 422
    assert "Say in which column “SKU” stands" in text(response)


def test_a_file_of_another_kind_needs_its_own_permission(client_for, page, acme, acting):
    with scope.acting_for_nobody():
        browser = client_for(person("pia", acme, Role.PRICING))
    run = make_file_import()
    assert browser.get(page("import", run.public_id)).status_code == 403
    assert browser.get(page("import-rejected", run.public_id)).status_code == 403
    assert browser.get(page("import-new", "pricing.prices")).status_code == 200
    assert "qixgoods.csv" not in text(browser.get(page("imports")))


@pytest.mark.parametrize(("of_job", "shown"), [("failed", "Failed"), ("stopped", "Stopped"), ("running", "Running")])
def test_an_import_stands_as_its_job_does(shop, page, acting, of_job, shown):
    run = make_file_import(status=ImportStatus.RUNNING, job=make_job(status=of_job))
    for address in (page("imports"), run.get_absolute_url()):
        badges = re.findall(r'class="badge[^"]*" data-value="[a-z]+">([^<]+)<', shop.get(address).content.decode())
        assert shown in badges, address


def test_the_list_shows_what_could_not_even_be_read(shop, page, acting):
    run = make_file_import(label="torn.xlsx", status=ImportStatus.FAILED)
    ImportRun.objects.filter(pk=run.pk).update(reading={}, report={})
    assert "torn.xlsx" in shop.get(page("imports")).content.decode()


def test_the_list_costs_the_same_for_many(shop, page, acting):
    make_file_import()
    shop.get(page("imports"))  # what is cached is read now
    with CaptureQueriesContext(connection) as one:
        shop.get(page("imports"))
    for _ in range(5):
        make_file_import()
    with CaptureQueriesContext(connection) as six:
        shop.get(page("imports"))
    assert len(six) == len(one)
