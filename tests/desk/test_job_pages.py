import csv
import io

import pytest

from config.kernel import clock, jobs, scope
from config.kernel.jobs import Run
from fulfillment.states import OrderStatus
from merchants.accounts.permissions import Role
from merchants.desk.models import Job
from merchants.desk.services import exports, running
from merchants.desk.states import JobStatus
from tests.conftest import person
from tests.factories.accounts import make_buyer
from tests.factories.catalog import make_product
from tests.factories.desk import make_job
from tests.factories.fulfillment import make_order


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def work() -> None:
    with scope.acting_for_nobody():
        running.work("bulk", clock=clock.now)


def exported(browser, address: str) -> list[list[str]]:
    """Ask for an export, let it be done, download it: its lines."""
    job_url = browser.post(address).url
    work()
    assert browser.get(job_url).context["job"].status == JobStatus.COMPLETED
    response = browser.get(f"{job_url}file/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_products_of_the_list_are_exported_and_no_cell_is_a_formula(acme, olive, client_for):
    with scope.acting_for(acme):
        make_product(code="P-1", title="=HYPERLINK(1)", sku="S-1", price=1990)
        make_product(code="P-2", status="draft")

    lines = exported(client_for(olive), "/m/acme/products/export/?status=ready&sort=title")

    assert [line[:7] for line in lines] == [
        ["Product code", "Title", "Status", "Category", "SKU", "Price", "Currency"],
        ["P-1", "'=HYPERLINK(1)", "Ready", lines[1][3], "S-1", "19.90", "EUR"],
    ]


def test_the_orders_of_the_list_are_exported_without_what_is_personal(acme, olive, client_for):
    with scope.acting_for(acme):
        buyer = make_buyer(name="Johanna Weber", phone="+49 30 5550199", street="Lindenweg 14", city="Kassel")
        make_order(number="O-1", status=OrderStatus.PAID, buyer=buyer)
        make_order(number="O-2", status=OrderStatus.PLACED)

    heading, *lines = exported(client_for(olive), "/m/acme/orders/export/?status=paid")

    assert [line[0] for line in lines] == ["O-1"]
    assert lines[0][3] == "••••••r"
    told = " ".join(lines[0])
    for secret in ("Johanna", "Weber", "5550199", "0199", "Lindenweg"):
        assert secret not in told
    assert len(heading) == len(lines[0])


def test_an_unknown_filter_is_refused_as_by_the_list(acme, olive, client_for):
    browser = client_for(olive)
    for query in ("cake=1", "status=eaten"):
        assert browser.post(f"/m/acme/products/export/?{query}").status_code == 400
    with scope.acting_for(acme):
        assert not Job.objects.exists()


def test_who_may_not_see_money_cannot_export_by_it(acme, client_for):
    browser = client_for(person("ines", acme, Role.READ_ONLY))
    assert browser.post("/m/acme/orders/export/?payment=card").status_code == 400
    assert browser.post("/m/acme/orders/export/").status_code == 302


def test_a_file_is_for_those_who_may_see_what_is_in_it(acme, rival, olive, rita, client, client_for, media):
    with scope.acting_for(acme):
        make_order(number="O-1")
    job_url = client_for(olive).post("/m/acme/orders/export/").url
    work()
    clerk = client_for(person("carl", acme, Role.CATALOG))  # sees no orders

    assert clerk.get(job_url).status_code == 200
    assert "Download" not in clerk.get(job_url).content.decode()
    assert clerk.get(f"{job_url}file/").status_code == 403
    assert client_for(rita).get(f"{job_url}file/").status_code == 404
    (path,) = media.rglob("*.csv")
    assert path.parent == media / str(acme.public_id) / "exports"
    assert client.get(f"/media/{path.relative_to(media)}").status_code == 404


def test_a_job_shows_how_far_it_is_and_asks_again_only_while_it_goes(acme, olive, client_for):
    with scope.acting_for(acme):
        going = make_job(status=JobStatus.RUNNING, done=8432, total=12400)
        ended = make_job(status=JobStatus.FAILED, failure="The shelf is full.")
    browser = client_for(olive)

    page = browser.get(f"/m/acme/jobs/{going.public_id}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<progress value="8432" max="12400"' in page
    assert "8,432 of 12,400 rows" in page
    assert "Stop" in page
    page = browser.get(f"/m/acme/jobs/{ended.public_id}/").content.decode()
    assert "hx-trigger" not in page
    assert "The shelf is full." in page and "Resume" in page


def test_somebody_stops_and_resumes_a_job(acme, sam, client_for):
    with scope.acting_for(acme):
        job = make_job()
    browser, address = client_for(sam), f"/m/acme/jobs/{job.public_id}"

    def status():
        with scope.acting_for(acme):
            return Job.objects.get().status

    assert browser.post(f"{address}/stop/").url == f"{address}/"
    assert status() == JobStatus.STOPPED
    assert browser.post(f"{address}/stop/").status_code == 409
    assert browser.post(f"{address}/resumption/").status_code == 302
    assert status() == JobStatus.QUEUED


def test_the_list_costs_the_same_for_one_and_for_many(acme, olive, client_for, flat_queries):
    browser = client_for(olive)

    def one_more():
        with scope.acting_for(acme):
            make_job(started_by=f"user:{olive.pk}")

    flat_queries(one_more, lambda: browser.get("/m/acme/jobs/"))


@pytest.fixture
def run(acting, now):
    def begun(**kept) -> Run:
        folder = f"{acting.public_id}/exports"
        job = make_job()
        return Run(job.public_id, folder, {"query": ""}, by=None, zone=acting.zone, now=now, **kept)

    return begun


def test_an_export_goes_on_where_its_last_step_ended(run, acting, media, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    for number in range(5):
        make_product(code=f"P-{number}")
    export = jobs.kind("catalog.export_products").handler
    first = run()
    steps = export(first)
    next(steps)
    kept = {"checkpoint": dict(first.checkpoint), "done": first.done, "total": first.total}
    next(steps)  # written, but its worker dies before it is committed

    second = run(**kept)
    assert len(list(export(second))) == 2
    (path,) = media.rglob("*.csv")
    lines = list(csv.reader(path.open(encoding="utf-8-sig")))
    assert [line[0] for line in lines[1:]] == [f"P-{number}" for number in range(5)]
    assert (second.done, second.total, second.result, second.file) == (5, 5, {"rows": 5}, path.name)


def test_an_export_whose_half_was_removed_starts_again(run, acting, media, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    for number in range(2):
        make_product(code=f"P-{number}")
    export = jobs.kind("catalog.export_products").handler
    first = run()
    next(export(first))
    for path in media.rglob("*.new"):
        path.unlink()

    second = run(checkpoint=first.checkpoint, done=first.done, total=first.total)
    list(export(second))
    (path,) = media.rglob("*.csv")
    assert len(path.read_text().splitlines()) == 3
