"""Jobs survive a killed worker, broker and database and a flushed broker; one that ends its worker stands alone
(INV-14, INV-16).

The worker is Celery's own, with two children and the scheduler. What is checked is what the client was told, against
the rows in the database.
"""

import random

import pytest

from tests.faults.rig import history, rig, until

SEED, STEPS, RECOVERY = 20250303, 3, 60  # steps of a job; seconds after which nothing may still stand idle
TABLE = "CREATE TABLE effect (job text, step int); GRANT INSERT ON effect TO zhanggui_app"


@pytest.fixture(scope="module")
def here():
    with rig() as started:
        started.sql(TABLE)
        started.hurry()
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


def kills(size: int) -> list[str]:
    """What dies, in an order that does not change from run to run."""
    few = ["worker", "broker", "database", "worker and broker"]
    many = ["worker"] * 6 + ["broker", "flush"] * 3 + ["database"] * 3 + ["worker and broker"] * 4
    return random.Random(SEED).sample(many, len(many)) if size > 1_000 else few


def disturb(here, what: str) -> None:
    if "worker" in what:
        here.kill_worker()
    if "broker" in what:
        here.kill_broker()
    if what == "database":
        here.kill_database()
    if what == "flush":
        here.flush_broker()
    if "worker" in what:
        here.start_worker()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", [100, pytest.param(5_000, marks=pytest.mark.nightly)])
def test_no_job_is_lost_or_done_twice_whatever_is_killed(here, number):
    told = ask(here, "tests.mark", f"mark{number}", number)
    assert len(told) == number
    here.flush_broker()  # no worker has read a message yet: all of them are lost
    assert here.start_worker() < 10
    order = kills(number)
    for turn, what in enumerate(order, 1):
        share = turn * STEPS * number // (len(order) + 1)
        assert until(lambda: marked(here, told) >= share, seconds=RECOVERY), (what, statuses(here, told))  # noqa: B023
        assert not over(here, told), "the work was through before all of this could happen to it"
        disturb(here, what)

    assert until(lambda: over(here, told), seconds=RECOVERY + number / 20), statuses(here, told)
    here.kill_worker()
    assert faults(here, told) == []


def poison_faults(here, deadly: list[dict]) -> list[str]:
    """A job that ends its worker is tried three times, and then lies there until somebody looks at it."""
    found = [f"{job} is {status}" for job, status in statuses(here, deadly).items() if status != "parked"]
    if (tries := marked(here, deadly)) != 3 * len(deadly):
        found.append(f"{tries} tries")
    asked = here.sql("SELECT about FROM desk_workitem WHERE closed_at IS NULL AND kind = 'desk.job_parked'")
    return found + [f"{each['key']} asks for nobody" for each in deadly if (f"job:{each['job']}",) not in asked]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("poison", "beside"), [(1, 20), pytest.param(20, 1_000, marks=pytest.mark.nightly)])
def test_a_job_that_ends_its_worker_is_parked_after_three_tries_and_the_others_finish(here, poison, beside):
    deadly = ask(here, "tests.deadly", f"deadly{poison}", poison)
    others = ask(here, "tests.mark", f"beside{beside}", beside)
    here.start_worker()

    assert until(lambda: over(here, others), seconds=RECOVERY + beside / 4), statuses(here, others)
    assert until(lambda: over(here, deadly), seconds=RECOVERY + 10 * poison), statuses(here, deadly)
    here.kill_worker()
    assert poison_faults(here, deadly) == []
    assert faults(here, others) == []


@pytest.mark.timeout(60)
def test_poison_whose_tries_nobody_counts_is_found(here):
    """The planted fault: the checker must see that it is tried for ever."""
    deadly = ask(here, "tests.deadly", "endless", 1)
    here.start_worker(PLANTED="nobody counts tries")
    assert until(lambda: marked(here, deadly) > 3, seconds=RECOVERY)
    here.kill_worker()

    found = poison_faults(here, deadly)
    assert len(found) == 3 and found[1].endswith(" tries") and found[2] == "endless-0 asks for nobody"
    here.sql("DELETE FROM desk_job WHERE public_id = %s", deadly[0]["job"])


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
