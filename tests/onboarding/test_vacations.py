"""While a shop is on vacation it takes no orders, and every page says until when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from config.kernel import clock, scope
from config.kernel.actors import machine
from fulfillment.models import Order
from fulfillment.services import placing
from merchants.activity.models import DomainEvent
from merchants.onboarding.errors import NotAVacation, OnVacation, VacationOver, VacationPlanned
from merchants.onboarding.models import Vacation
from merchants.onboarding.services import vacations
from merchants.onboarding.states import VacationPhase
from tests.factories.inventory import make_stock
from tests.factories.onboarding import make_vacation
from tests.factories.placing import asked

BY = machine("test")
FIRST, LAST = date(2025, 3, 3), date(2025, 3, 9)


def test_no_order_is_placed_until_the_last_day_is_over_in_the_shops_zone(acting):
    vacation = make_vacation(FIRST, LAST)
    # Berlin is an hour ahead
    assert vacation.starts_at == datetime(2025, 3, 2, 23, tzinfo=UTC)
    assert vacation.ends_at == datetime(2025, 3, 9, 23, tzinfo=UTC)
    wanted = asked((make_stock(10).variant.sku, 1, 1_990))

    for moment in (vacation.starts_at, vacation.ends_at - timedelta(seconds=1)):
        with pytest.raises(OnVacation, match="until 9 Mar 2025"):
            placing.place(wanted, by=BY, now=moment)
    assert Order.objects.count() == 0
    placing.place(wanted, by=BY, now=vacation.starts_at - timedelta(seconds=1))
    placing.place(wanted, by=BY, now=vacation.ends_at)
    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    ("at", "phase"),
    [(datetime(2025, 3, 1, tzinfo=UTC), VacationPhase.UPCOMING),
     (datetime(2025, 3, 5, tzinfo=UTC), VacationPhase.RUNNING),
     (datetime(2025, 3, 9, 23, tzinfo=UTC), VacationPhase.OVER)],
)  # fmt: skip
def test_time_decides_how_it_stands(acting, at, phase):
    assert make_vacation(FIRST, LAST).phase(at) == phase


@pytest.mark.parametrize(
    ("first_on", "last_on"), [(LAST, FIRST), (FIRST, FIRST + timedelta(days=92)), (date(2025, 3, 1), date(2025, 3, 2))]
)
def test_days_that_make_no_vacation(acting, now, first_on, last_on):
    with pytest.raises(NotAVacation):
        vacations.plan(first_on=first_on, last_on=last_on, by=BY, now=now)
    assert not Vacation.objects.exists()


def test_one_at_a_time_and_ended_early(acting, now):
    vacation = make_vacation(FIRST, LAST)
    with pytest.raises(VacationPlanned):
        make_vacation(date(2025, 4, 1), now=now)
    vacations.end(vacation=vacation, by=BY, now=now)
    with pytest.raises(VacationOver):
        vacations.end(vacation=vacation, by=BY, now=now)
    assert make_vacation(date(2025, 4, 1), now=now).phase(now) == VacationPhase.UPCOMING
    facts = DomainEvent.objects.filter(about=f"vacation:{vacation.public_id}").order_by("pk")
    assert list(facts.values_list("name", flat=True)) == ["onboarding.vacation.planned", "onboarding.vacation.ended"]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_planned_shown_and_ended_by_page(acme, olive, client_for):
    browser, today = client_for(olive), clock.now().astimezone(acme.zone).date()
    sent = {"first_on": today.isoformat(), "last_on": (today + timedelta(days=3)).isoformat()}
    page = browser.post("/m/acme/shop/vacation/", sent, follow=True).content.decode()
    assert "On vacation until" in page
    assert "On vacation until" in browser.get("/m/acme/orders/").content.decode()
    with scope.acting_for(acme):
        vacation = Vacation.objects.get()
    answer = browser.post(f"/m/acme/shop/vacation/{vacation.public_id}/end/")
    assert (answer.status_code, answer.url) == (302, "/m/acme/shop/vacation/")
    assert "On vacation until" not in browser.get("/m/acme/orders/").content.decode()


def test_wrong_days_come_back_with_the_form(acme, olive, client_for):
    answer = client_for(olive).post("/m/acme/shop/vacation/", {"first_on": "2999-07-02", "last_on": "2999-07-01"})
    assert answer.status_code == 422
    assert "at least one day" in answer.content.decode()


def test_a_rival_is_not_concerned(acme, rival):
    with scope.acting_for(acme):
        make_vacation(FIRST, LAST)
    with scope.acting_for(rival):
        placing.place(asked((make_stock(10).variant.sku, 1, 1_990)), by=BY, now=datetime(2025, 3, 5, tzinfo=UTC))
        assert Order.objects.count() == 1
