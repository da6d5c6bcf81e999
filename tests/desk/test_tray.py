import re
from datetime import timedelta

import pytest

from config.kernel import clock, scope
from merchants.desk import selectors
from merchants.desk.states import JobStatus
from tests.factories.desk import make_job

LIST = "/m/acme/orders/"


@pytest.fixture
def make(acme, olive):
    """A job of Olive's."""

    def made(**overrides):
        with scope.acting_for(acme):
            return make_job(**{"started_by": f"user:{olive.pk}", "kind": "catalog.export_products"} | overrides)

    return made


def tray(page: str) -> str:
    return next(iter(re.findall(r'<details class="menu tray".*?</details>', page, re.S)), "")


def test_one_sees_on_every_page_what_one_has_asked_for_and_how_far_it_is(make, acme, olive, client_for):
    going = make(status=JobStatus.RUNNING, done=8432, total=12400)
    make(status=JobStatus.QUEUED)
    make(started_by="user:0", status=JobStatus.RUNNING, done=77, total=77)

    shown = tray(client_for(olive, headers={"accept-language": "en"}).get(LIST).content.decode())

    assert "2 of your jobs are under way" in shown
    assert f'href="/m/acme/jobs/{going.public_id}/"' in shown
    assert '<progress value="8432" max="12400"' in shown
    assert 'href="/m/acme/jobs/"' in shown  # where a page without a script leads
    assert "77 rows" not in shown


def test_it_is_asked_for_again_only_while_something_goes(make, olive, client_for):
    browser, ended = client_for(olive, headers={"accept-language": "en"}), clock.now()
    assert tray(browser.get(LIST).content.decode()) == ""
    make(status=JobStatus.COMPLETED, ended_at=ended - selectors.MOMENT - timedelta(seconds=1))
    assert tray(browser.get(LIST).content.decode()) == ""

    make(status=JobStatus.COMPLETED, ended_at=ended)
    shown = tray(browser.get(LIST).content.decode())
    assert "Your jobs have ended" in shown and "Completed" in shown
    assert "hx-" not in shown

    make(status=JobStatus.STOPPING)
    assert 'hx-get="/m/acme/jobs/" hx-trigger="poll"' in tray(browser.get(LIST).content.decode())


def test_another_shops_jobs_are_not_in_it(make, rival, rita, client_for):
    make(status=JobStatus.RUNNING, started_by=f"user:{rita.pk}")
    assert tray(client_for(rita).get("/m/rival/orders/").content.decode()) == ""


def test_a_page_costs_the_same_however_many_go(make, olive, client_for, flat_queries):
    browser = client_for(olive)
    flat_queries(lambda: make(status=JobStatus.RUNNING), lambda: browser.get(LIST))


def test_it_asks_the_database_once(make, acme, olive, acting, now, django_assert_num_queries):
    make(status=JobStatus.RUNNING)
    make(status=JobStatus.QUEUED)
    of = type("Asking", (), {"label": f"user:{olive.pk}"})
    with django_assert_num_queries(1):
        assert len(selectors.jobs_in_hand(of=of, now=now)) == 2
