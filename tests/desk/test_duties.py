from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from config.kernel import duties, scope
from config.kernel.actors import Actor
from merchants.activity.models import DomainEvent
from merchants.desk import rules
from merchants.desk.errors import CadenceOutOfBounds, DutyIsPaused
from merchants.desk.models import Duty, DutyRun, WorkItem
from merchants.desk.services import duties as services
from merchants.desk.services import files
from tests.factories.accounts import THEN, make_user
from tests.factories.desk import make_duty

ADMIN = Actor("user:1")
KEY = "tests.knock"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
knocks: list[datetime] = []
faults: list[Exception] = []


@duties.duty(KEY, label="Knocking", every=MINUTE, least=timedelta(seconds=10), most=HOUR)
def knock(*, now):
    make_user()
    if faults:
        raise faults[0]
    knocks.append(now)


@pytest.fixture(autouse=True)
def nothing_knocked():
    knocks.clear()
    faults.clear()


@pytest.fixture
def duty(db, now) -> Duty:
    """Due at `now`."""
    return make_duty(key=KEY, cadence_seconds=60, next_due_at=now)


def again(duty: Duty) -> Duty:
    return Duty.objects.get(pk=duty.pk)


def facts(platform) -> list[str]:
    with scope.acting_for(platform):
        return list(DomainEvent.objects.order_by("pk").values_list("name", flat=True))


AT = datetime(2025, 3, 3, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (AT - timedelta(seconds=1), None),
        (AT, AT),
        (AT + timedelta(seconds=59), AT),
        (AT + MINUTE, AT + MINUTE),
        (AT + 150 * MINUTE + timedelta(seconds=3), AT + 150 * MINUTE),  # of what was missed the latest
        (AT - MINUTE, None),
        (AT - 2 * HOUR, AT - 2 * HOUR),  # the clock went back: begin anew
    ],
)
def test_when_a_duty_is_due(now, due):
    assert rules.due_time(next_due_at=AT, cadence=MINUTE, now=now) == due


def test_the_tick_adds_what_is_new_in_the_code_and_finds_what_is_due(db, now):
    assert services.tick(now=now) == []
    assert set(Duty.objects.values_list("key", flat=True)) == {kind.key for kind in duties.kinds()}
    assert again(Duty.objects.get(key=KEY)).next_due_at == now + MINUTE
    due = services.tick(now=now + MINUTE)
    assert KEY in due and "desk.clear_sessions" not in due


def test_a_duty_is_performed_once_for_each_time(duty, now):
    assert services.perform(KEY, now=now) is True
    assert services.perform(KEY, now=now + timedelta(seconds=5)) is False
    assert services.perform(KEY, now=now + 2 * MINUTE) is True

    assert knocks == [now, now + 2 * MINUTE]
    assert list(DutyRun.objects.order_by("due_at").values_list("due_at", "outcome")) == [
        (now, "done"), (now + 2 * MINUTE, "done"),
    ]  # fmt: skip
    assert (again(duty).next_due_at, again(duty).last_outcome) == (now + 3 * MINUTE, "done")


def test_a_time_that_was_served_is_not_served_again(duty, now):
    services.perform(KEY, now=now)
    Duty.objects.update(next_due_at=now)

    assert services.perform(KEY, now=now) is False
    assert (len(knocks), again(duty).next_due_at) == (1, now + MINUTE)


def test_what_is_paused_or_unknown_rests(duty, platform, now):
    services.pause(duty=duty, by=ADMIN, now=now)
    assert services.tick(now=now + HOUR).count(KEY) == 0
    assert services.perform(KEY, now=now + HOUR) is False
    with pytest.raises(DutyIsPaused):
        services.run_now(duty=duty, by=ADMIN, now=now)
    services.resume(duty=duty, by=ADMIN, now=now)
    services.resume(duty=duty, by=ADMIN, now=now)
    assert services.perform(KEY, now=now + HOUR) is True
    assert facts(platform) == ["desk.duty.paused", "desk.duty.resumed"]
    assert services.perform("tests.unknown", now=now) is False


def test_it_is_run_by_hand(duty, platform, now):
    services.perform(KEY, now=now)
    services.run_now(duty=duty, by=ADMIN, now=now + timedelta(seconds=7))
    assert services.perform(KEY, now=now + timedelta(seconds=8)) is True
    assert again(duty).next_due_at == now + timedelta(seconds=67)
    assert facts(platform) == ["desk.duty.asked_for"]


def test_its_cadence_changes_within_its_bounds(duty, platform, now):
    for seconds in (9, 3601):
        with pytest.raises(CadenceOutOfBounds):
            services.change_cadence(duty=duty, seconds=seconds, by=ADMIN, now=now)
    assert again(duty).cadence_seconds == 60

    services.perform(KEY, now=now)
    services.change_cadence(duty=duty, seconds=10, by=ADMIN, now=now)
    assert (again(duty).cadence_seconds, again(duty).next_due_at) == (10, now + timedelta(seconds=10))
    with scope.acting_for(platform):
        assert DomainEvent.objects.get().payload == {"duty": KEY, "before": 60, "after": 10}


def test_what_fails_leaves_nothing_but_its_failure_and_in_the_end_a_task(duty, platform, now):
    faults.append(ValueError("a secret"))
    people = make_user().__class__.objects.count()
    for turn in range(4):
        assert services.perform(KEY, now=now + turn * MINUTE) is True

    assert make_user().__class__.objects.count() == people + 1
    assert set(DutyRun.objects.values_list("outcome", "failure")) == {("failed", "ValueError")}
    assert (again(duty).failures, again(duty).last_outcome) == (4, "failed")
    with scope.acting_for(platform):
        item = WorkItem.objects.get()
        assert (item.about, item.title) == (f"duty:{KEY}", f"The duty {KEY} fails: ValueError")

    faults.clear()
    services.perform(KEY, now=now + HOUR)
    with scope.acting_for(platform):
        assert WorkItem.objects.get().closed_why == "It was performed again."
    assert again(duty).failures == 0


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_workers_at_once_one_performs_it(duty, now, in_thread):
    done = []
    waits = [in_thread(lambda: done.append(services.perform(KEY, now=now))) for _ in range(6)]
    for wait in waits:
        wait()
    assert (sorted(done), len(knocks)) == ([False] * 5 + [True], 1)


def test_old_runs_are_forgotten(duty, now):
    services.perform(KEY, now=now)
    services.perform(KEY, now=now + timedelta(days=8))
    assert services.forget_runs(now=now + timedelta(days=8)) == 1
    assert DutyRun.objects.get().started_at == now + timedelta(days=8)


def test_ended_sessions_are_removed(db, now):
    Session.objects.create(session_key="old", session_data="", expire_date=THEN)
    Session.objects.create(session_key="new", session_data="", expire_date=datetime(2999, 1, 1, tzinfo=UTC))
    duties.kind("desk.clear_sessions").perform(now=now)
    assert Session.objects.get().session_key == "new"


def test_half_written_files_are_removed_after_a_day(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a" / "exports").mkdir(parents=True)
    half, whole = tmp_path / "a" / "exports" / "b.csv.new", tmp_path / "a" / "b.csv"
    for path in (half, whole):
        path.touch()
    written = datetime.fromtimestamp(half.stat().st_mtime, UTC)

    assert files.remove_half_written(now=written + timedelta(hours=23)) == 0
    assert files.remove_half_written(now=written + timedelta(hours=25)) == 1
    assert (half.exists(), whole.exists()) == (False, True)


def test_a_superadmin_steers_it_from_the_admin(duty, platform, admin_user, client_for, now):
    browser, address = client_for(admin_user), f"/admin/desk/duty/{duty.pk}"
    page = browser.get("/admin/desk/duty/").content.decode()
    assert "Knocking" in page

    assert browser.post(f"{address}/row-cadence/", {"seconds": 5}).status_code == 422
    assert browser.post(f"{address}/row-cadence/", {"seconds": 30}).status_code == 302
    for act in ("pause", "resumption", "now"):
        assert browser.post(f"{address}/row-{act}/").status_code == 302
    assert again(duty).cadence_seconds == 30
    assert facts(platform) == [
        "desk.duty.cadence_changed", "desk.duty.paused", "desk.duty.resumed", "desk.duty.asked_for",
    ]  # fmt: skip
