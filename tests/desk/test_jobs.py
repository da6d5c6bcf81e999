from datetime import timedelta

import pytest
from django.db import OperationalError, transaction

from catalog.models import Product
from config.kernel import clock, jobs, scope
from config.kernel.actors import Actor
from config.kernel.errors import DomainError
from config.kernel.flow import IllegalMove
from merchants.accounts.permissions import Permission
from merchants.activity.models import DomainEvent
from merchants.desk.errors import JobKindUnknown
from merchants.desk.models import Job, WorkItem
from merchants.desk.services import jobs as services
from merchants.desk.services import running
from merchants.desk.states import JOB_FLOW, JobStatus
from tests.factories.accounts import THEN
from tests.factories.catalog import make_product
from tests.factories.desk import make_job

OLIVE = Actor("user:1")
KIND = "tests.count"
hooks = {}


@jobs.job(KIND, label="Qixcounting", needs=Permission.PRODUCTS_VIEW)
def count(run):
    """Count up to `to`; before each number the test may interfere."""
    run.total = run.arguments["to"]
    while run.done < run.total:
        hooks.get(run.done, lambda: None)()
        run.done += 1
        run.checkpoint = {"at": run.done}
        yield
    run.result = {"counted": run.done}


@pytest.fixture(autouse=True)
def no_hooks():
    hooks.clear()


@pytest.fixture
def job(acting, now):
    return services.queue(KIND, arguments={"to": 3}, by=OLIVE, now=now)


def work() -> int:
    with scope.acting_for_nobody():
        return running.work("bulk", clock=clock.now)


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def facts() -> list[str]:
    return list(DomainEvent.objects.order_by("pk").values_list("name", flat=True))


def let_the_lease_end():
    """What happens when a worker is not heard of any more."""
    Job.objects.exclude(lease=None).update(lease_until=THEN)


def test_a_job_is_worked_on_to_its_end(job):
    assert work() == 1

    job = again(job)
    assert (job.status, job.done, job.total, job.result) == (JobStatus.COMPLETED, 3, 3, {"counted": 3})
    assert (job.tries, job.lease, job.checkpoint) == (0, None, {"at": 3})
    assert job.expires_at - job.ended_at == services.KEPT
    assert facts() == ["desk.job.queued", "desk.job.ended"]
    assert work() == 0


def test_a_job_is_asked_for_in_the_transaction_of_the_act(acting, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.queue(KIND, arguments={"to": 1}, by=OLIVE, now=now)
        1 / 0  # noqa: B018
    assert not Job.objects.exists()


def test_a_kind_that_is_not_in_the_code_is_refused(acting, now):
    with pytest.raises(JobKindUnknown):
        services.queue("tests.unknown", arguments={}, by=OLIVE, now=now)
    old = make_job(kind="tests.gone")
    work()
    assert (again(old).status, again(old).failure) == (JobStatus.FAILED, "This kind of job is not known any more.")


def test_a_failed_step_is_undone_and_the_job_goes_on_there(job, now):
    def fail():
        make_product(code="HALF")
        raise ValueError("a secret")

    hooks[1] = fail
    work()
    failed = again(job)
    assert (failed.status, failed.done, failed.failure) == (JobStatus.FAILED, 1, "ValueError")

    hooks.clear()
    services.resume(job=failed, by=OLIVE, now=now)
    work()
    assert (again(job).status, again(job).done, again(job).failure) == (JobStatus.COMPLETED, 3, "")
    assert not Product.objects.filter(code="HALF").exists()


def test_a_refusal_is_told_in_its_words(job):
    def refuse():
        raise DomainError("The shelf is full.")

    hooks[0] = refuse
    work()
    assert again(job).failure == "The shelf is full."


def test_a_job_is_stopped_between_steps(job, now):
    hooks[1] = lambda: services.stop(job=job, by=OLIVE, now=now)
    work()

    stopped = again(job)
    assert (stopped.status, stopped.done) == (JobStatus.STOPPED, 2)
    services.resume(job=stopped, by=OLIVE, now=now)
    hooks.clear()
    work()
    assert (again(job).status, again(job).done) == (JobStatus.COMPLETED, 3)
    assert facts() == [
        "desk.job.queued", "desk.job.stop_asked", "desk.job.ended", "desk.job.resumed", "desk.job.ended",
    ]  # fmt: skip


def test_a_waiting_job_stops_at_once_and_a_dead_one_with_the_next_worker(job, acting, now):
    assert services.stop(job=job, by=OLIVE, now=now).status == JobStatus.STOPPED
    other = make_job(kind=KIND, status=JobStatus.RUNNING)
    services.stop(job=other, by=OLIVE, now=now)
    work()
    assert again(other).status == JobStatus.STOPPED


@pytest.mark.parametrize("status", JobStatus)
def test_only_what_goes_is_stopped_and_only_what_ended_early_is_resumed(acting, now, status):
    job = make_job(kind=KIND, status=status)
    for act, allowed in (
        (services.stop, {JobStatus.QUEUED, JobStatus.RUNNING}),
        (services.resume, {JobStatus.STOPPED, JobStatus.FAILED, JobStatus.PARKED}),
    ):
        Job.objects.update(ended_at=THEN)
        if status in allowed:
            continue
        with pytest.raises(IllegalMove):
            act(job=job, by=OLIVE, now=now)
        assert again(job).status == status
    assert JOB_FLOW.moves.keys() | {JobStatus.COMPLETED} == set(JobStatus)


def test_a_job_that_failed_is_work_until_it_is_resumed(job, now):
    services.end(job, to=JobStatus.FAILED, by=OLIVE, now=now, failure="torn")
    item = WorkItem.objects.get()
    assert (item.kind, item.about, item.closed_at) == (services.BROKEN, job.about, None)
    services.resume(job=job, by=OLIVE, now=now)
    assert WorkItem.objects.get().closed_at == now


def test_a_job_that_ends_its_worker_is_parked_after_three_tries(job, now):
    for tries in (1, 2, 3):
        with scope.acting_for_nobody():
            taken = running.take("bulk", now=now)  # and never heard of again
        assert (taken.pk, again(job).tries) == (job.pk, tries)
        let_the_lease_end()

    other = services.queue(KIND, arguments={"to": 1}, by=OLIVE, now=now)
    work()

    assert (again(job).status, again(other).status) == (JobStatus.PARKED, JobStatus.COMPLETED)
    (item,) = WorkItem.objects.all()
    assert (item.kind, item.about, item.link) == (services.PARKED, job.about, job.get_absolute_url())

    services.resume(job=job, by=OLIVE, now=now)
    item.refresh_from_db()
    assert item.closed_why == "The job was resumed."
    work()
    assert again(job).status == JobStatus.COMPLETED


def test_a_step_that_ends_makes_up_for_earlier_tries(job):
    Job.objects.update(tries=2)
    hooks[1] = lambda: hooks.update(tries=again(job).tries)
    work()
    assert hooks["tries"] == 0


def test_who_was_overtaken_leaves_nothing(job, acting):
    def overtaken():
        make_product(code="LATE")
        Job.objects.update(lease="00000000-0000-0000-0000-000000000000")

    hooks[1] = overtaken
    work()

    # the test's own change of the lease is undone with the step, as it was made within it
    assert (again(job).status, again(job).done) == (JobStatus.RUNNING, 1)
    assert DomainEvent.objects.filter(name="desk.job.ended").count() == 0
    let_the_lease_end()
    hooks.clear()
    work()
    assert (again(job).status, again(job).done) == (JobStatus.COMPLETED, 3)


def test_a_database_that_goes_away_fails_no_job(job):
    def gone():
        raise OperationalError("server closed the connection")

    hooks[1] = gone
    work()
    assert (again(job).status, again(job).done) == (JobStatus.RUNNING, 1)
    assert work() == 0  # until the lease has ended
    hooks.clear()
    let_the_lease_end()
    work()
    assert (again(job).status, again(job).done) == (JobStatus.COMPLETED, 3)


def test_a_long_job_lets_others_have_their_turn(job, monkeypatch, now):
    short = services.queue(KIND, arguments={"to": 1}, by=OLIVE, now=now + timedelta(seconds=1))
    ended = []
    hooks[2] = lambda: ended.append(again(short).status)
    monkeypatch.setattr(running, "TURN", 0)

    assert work() == 6  # one for each number and one to end, of both; the short one is over before the long one
    assert ended == [JobStatus.COMPLETED]
    assert again(job).status == JobStatus.COMPLETED


def test_jobs_of_all_merchants_are_served_each_in_its_own_scope(job, rival, now):
    with scope.acting_for(rival):
        foreign = services.queue(KIND, arguments={"to": 2}, by=OLIVE, now=now)
    assert work() == 2
    with scope.acting_for(rival):
        assert again(foreign).status == JobStatus.COMPLETED
        assert facts() == ["desk.job.queued", "desk.job.ended"]


def test_the_sweep_wakes_a_worker_for_each_that_waits(
    job, acting, now, monkeypatch, django_capture_on_commit_callbacks
):  # fmt: skip
    sent = []
    monkeypatch.setattr(running.wake, "_send", lambda *message: sent.append(message))
    make_job(kind=KIND, status=JobStatus.RUNNING, lease="0" * 32, lease_until=THEN)
    make_job(kind=KIND, status=JobStatus.RUNNING, lease="1" * 32, lease_until=clock.now() + timedelta(hours=1))
    make_job(kind=KIND, status=JobStatus.COMPLETED)

    with django_capture_on_commit_callbacks(execute=True):
        assert running.wake_workers() == 2
    assert sent == [(services.RUN_WAITING, "bulk", {"queue": "bulk"})] * 2


def test_what_ended_long_ago_is_forgotten_with_its_file(
    job, acting, settings, tmp_path, django_capture_on_commit_callbacks
):  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    path = services.path_of("old.csv", merchant=acting)
    path.parent.mkdir(parents=True)
    path.write_text("old")
    ended = make_job(status=JobStatus.COMPLETED, file="old.csv", expires_at=THEN)

    with django_capture_on_commit_callbacks(execute=True), scope.acting_for_nobody():
        assert services.expire(now=THEN + timedelta(seconds=1)) == 1
    assert not Job.objects.filter(pk=ended.pk).exists()
    assert Job.objects.filter(pk=job.pk).exists()
    assert not path.exists()
    assert facts()[-1] == "desk.job.expired"
