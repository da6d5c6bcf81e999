from datetime import timedelta

import pytest

from config.kernel import clock, scope
from merchants.desk.models import Job
from merchants.desk.services import running
from merchants.desk.states import JobStatus
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product
from tests.factories.desk import make_job, make_work_item

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WINDOWS = [("en", 1440, "light"), ("zh-hans", 360, "dark")]


@pytest.fixture
def desk(acme, olive, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with scope.acting_for(acme):
        make_product(code="P-1")
        going = make_job(
            status=JobStatus.RUNNING, done=8432, total=12400, started_by=f"user:{olive.pk}", started_at=THEN,
            resumed_at=clock.now() - timedelta(minutes=3),
        )  # fmt: skip
        failed = make_job(
            status=JobStatus.FAILED, failure="The file could not be stored: the disk is full.", done=12, total=40,
            errors=2, report=["Line 3: no price", "Line 9: no price"],
        )  # fmt: skip
        make_work_item(link=going.get_absolute_url(), due_at=THEN)
        make_work_item(owner=olive)
        # another worker's: the one of the test leaves it alone
        Job.objects.filter(pk=going.pk).update(lease_until=clock.now() + timedelta(hours=1))
    return {"jobs": "jobs/", "going": f"jobs/{going.public_id}/", "failed": f"jobs/{failed.public_id}/",
            "work": "work/", "notifications": "notifications/", "letters": "notifications/mail/"}  # fmt: skip


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_desk_pages_are_sound(desk, olive, open_page, sound, language, width, scheme):
    page = open_page(olive, language=language, width=width, scheme=scheme)
    for name, path in desk.items():
        page.goto(f"/m/acme/{path}")
        sound(page, f"desk-{name}-{language}-{width}")


def test_an_export_is_watched_until_it_can_be_downloaded(desk, olive, open_page):
    page = open_page(olive)
    page.goto("/m/acme/products/")
    page.get_by_role("button", name="Export").click()
    page.wait_for_url("**/jobs/*/")
    assert page.locator("#job").get_by_text("Waiting", exact=True).is_visible()

    with scope.acting_for_nobody():
        running.work("bulk", clock=clock.now)
    with page.expect_download() as download:  # the page asks for itself again, nobody reloads it
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.startswith("export_products-")
    assert "P-1" in download.value.path().read_text(encoding="utf-8-sig")
    assert page.locator("#job[hx-trigger]").count() == 0


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [(language, width, scheme) for language, width in (("en", 1440), ("zh-hans", 360)) for scheme in ("light", "dark")],
)
def test_the_tray_of_ones_jobs_is_sound(desk, acme, olive, open_page, sound, language, width, scheme):
    with scope.acting_for(acme):
        make_job(kind="catalog.export_products", started_by=f"user:{olive.pk}")
    page = open_page(olive, language=language, width=width, scheme=scheme)
    page.goto("/m/acme/products/")
    page.locator(".tray > summary").click()
    assert page.locator("#tray-jobs .tray__job").count() == 2
    box = page.locator(".tray .menu__pop").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    sound(page, f"tray-{language}-{width}-{scheme}")


def test_the_tray_is_asked_for_while_somebody_looks_and_a_job_goes(desk, acme, olive, open_page):
    page = open_page(olive)
    page.clock.install()
    page.goto("/m/acme/products/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/jobs/") else None)
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.clock.fast_forward(60_000)
    assert asked == []

    page.locator(".tray > summary").click()
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false, configurable: true})")
    with scope.acting_for(acme):
        Job.objects.filter(started_by=f"user:{olive.pk}").update(done=9000)
    page.clock.run_for(15_000)
    page.locator("#tray-jobs").get_by_text("9,000 of 12,400 rows").first.wait_for()
    assert len(asked) == 1
    with scope.acting_for(acme):
        Job.objects.update(status=JobStatus.COMPLETED, ended_at=clock.now())
    page.clock.run_for(15_000)
    page.locator(".tray").get_by_text("Completed").wait_for()
    assert page.locator("details.tray").get_attribute("open") is not None
    page.clock.run_for(60_000)
    assert len(asked) == 2


def test_the_tray_needs_no_script(desk, olive, open_page):
    page = open_page(olive, script=False)
    page.goto("/m/acme/products/")
    page.locator(".tray > summary").click()
    page.locator(".tray").get_by_role("link", name="All jobs").click()
    page.wait_for_url("**/m/acme/jobs/")
