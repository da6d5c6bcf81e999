"""Jobs survive killed workers and a flushed broker; one that ends its worker stands alone (INV-14, INV-16).

The worker is Celery's own, with two children and the scheduler. What is checked is what the client was told, against
the rows in the database.
"""

import time

import pytest

from tests.faults.rig import history, rig, until

SWEEP = "INSERT INTO desk_duty (key, cadence_seconds, next_due_at, is_paused, last_outcome, failures)" \
    " VALUES ('desk.wake_workers', 1, now(), false, '', 0)"  # fmt: skip
TABLE = "CREATE TABLE effect (job text, step int); GRANT INSERT ON effect TO zhanggui_app"


@pytest.fixture(scope="module")
def here():
    with rig() as started:
        started.sql(TABLE)
        started.sql(SWEEP)
        yield started


def ask(here, kind: str, prefix: str, number: int) -> list[dict]:
    """Let a client ask for jobs; what it was told."""
    path = here.folder / f"{prefix}.jsonl"
    client = here.start("-m", "tests.faults.client", str(path), kind, prefix, str(number))
    assert client.wait() == 0, (here.folder / "log").read_text()[-3000:]
    return history(path)


def statuses(here, told: list[dict]) -> dict[str, str]:
    found = here.sql("SELECT public_id::text, status FROM desk_job")
    return {job: status for job, status in found if job in {each["job"] for each in told}}


def over(here, told: list[dict]) -> bool:
    known = statuses(here, told)
    return len(known) == len(told) and not set(known.values()) & {"queued", "running", "stopping"}


def faults(here, told: list[dict]) -> list[str]:
    """What an acknowledged job lacks, or has too much of: each ends completed, each of its steps once."""
    ended = statuses(here, told)
    found = [f"{each['key']} is {ended.get(each['job'])}" for each in told if ended.get(each["job"]) != "completed"]
    counted = {(job, step): number for job, step, number in here.sql(
        "SELECT job, step, count(*) FROM effect GROUP BY job, step"
    )}  # fmt: skip
    for each in told:
        for step in range(each["steps"]):
            if (number := counted.get((each["key"], step), 0)) != 1:
                found.append(f"{each['key']} did step {step} {number} times")
    return found


def marked(here, told: list[dict]) -> int:
    keys = tuple(each["key"] for each in told)
    return here.sql("SELECT count(*) FROM effect WHERE job IN %s", keys)[0][0]


@pytest.mark.timeout(90)
def test_no_job_is_lost_or_done_twice_through_kills_and_a_flush(here):
    told = ask(here, "tests.mark", "mark", 100)
    assert len(told) == 100
    here.flush_broker()  # no worker has read a message yet: all of them are lost
    assert here.start_worker() < 10
    assert until(lambda: marked(here, told) > 30, seconds=15)
    here.kill_worker()
    here.start_worker()
    assert until(lambda: marked(here, told) > 150, seconds=15)
    here.kill_worker()
    here.flush_broker()
    here.start_worker()

    assert until(lambda: over(here, told), seconds=25), statuses(here, told)
    here.kill_worker()
    assert faults(here, told) == []


@pytest.mark.timeout(60)
def test_a_job_that_ends_its_worker_is_parked_after_three_tries_and_the_others_finish(here):
    deadly, others = ask(here, "tests.deadly", "deadly", 1), ask(here, "tests.mark", "beside", 20)
    began = time.monotonic()
    here.start_worker()

    assert until(lambda: over(here, others), seconds=20)
    assert until(lambda: over(here, deadly), seconds=25), time.monotonic() - began
    here.kill_worker()
    assert list(statuses(here, deadly).values()) == ["parked"]
    assert marked(here, deadly) == 3  # tries
    assert faults(here, others) == []
    assert here.sql("SELECT kind, about FROM desk_workitem WHERE closed_at IS NULL") == [
        ("desk.job_parked", f"job:{deadly[0]['job']}")
    ]


@pytest.mark.timeout(60)
def test_an_effect_apart_from_its_checkpoint_is_found(here):
    """The planted fault: the checker must see that a kill doubles it."""
    told = ask(here, "tests.mark", "planted", 4)
    planted = {"PLANTED": "effect apart from its checkpoint"}
    here.start_worker(**planted)
    assert until(lambda: marked(here, told) > 2, seconds=15)
    here.kill_worker()
    here.start_worker(**planted)

    assert until(lambda: over(here, told), seconds=20)
    here.kill_worker()
    found = faults(here, told)
    assert found != []
    assert all(fault.endswith(" 2 times") for fault in found)
