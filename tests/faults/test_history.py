"""History is whole and sealed whatever falls: what was acknowledged is there, and no seal breaks by itself
(INV-11, INV-13).
"""

import time

import pytest

from tests.faults.rig import history, kill, rig, until
from tests.faults.test_facts import complaints

PROGRAM = ("-m", "tests.faults.facts_at_work")
FACTS = "SELECT payload ->> 'product_id' FROM activity_domainevent WHERE name = 'catalog.product.moved'"
SEALED = "SELECT (SELECT sum(count) FROM activity_seal) = (SELECT count(*) FROM activity_domainevent)"
MILLION = """
    INSERT INTO activity_domainevent
        (merchant_id, batch, name, about, payload, actor, occurred_at, recorded_at, transaction)
    SELECT m.id, gen_random_uuid(), 'catalog.product.moved', 'product:' || n, jsonb_build_object('product_id', n),
        'system', now(), now(), pg_current_xact_id()
    FROM accounts_merchant AS m, generate_series(%s, %s) AS n WHERE m.slug = 'acme'
"""


@pytest.fixture
def here():
    with rig() as started:
        yield started


def written(here, *, writers: int, facts: int, kills: int) -> dict[str, list[str]]:
    """Let writers write and a sealer seal while the database is killed, and the sealer after it; what there is to
    complain of.
    """
    path = here.folder / "history.jsonl"
    writing = here.start(*PROGRAM, "record", str(path), "acme", "fact", str(facts), str(writers))
    sealer = here.start(*PROGRAM, "seal")
    for turn in range(1, kills + 1):
        lines = 2 * writers * facts * turn // (kills + 1)
        assert until(lambda: path.exists() and path.read_text().count("\n") > lines, seconds=120)  # noqa: B023
        assert writing.poll() is None, "all was written before the database fell"
        here.kill_database()
        kill(sealer)
        sealer = here.start(*PROGRAM, "seal")
    assert writing.wait(300) == 0
    assert until(lambda: here.sql(SEALED) == [(True,)], seconds=30)
    kill(sealer)
    told = history(path)
    assert {line["outcome"] for line in told} == {"sent", "acked", "failed", "unknown"}
    return complaints(told, [key for (key,) in here.sql(FACTS)])


def verified(here) -> tuple[int, str]:
    """The exit code of `manage.py verify_audit`, and what it said."""
    said = here.folder / "verdict"
    with open(said, "wb") as output:
        code = here.start("manage.py", "verify_audit", stdout=output, stderr=output).wait()
    return code, said.read_text()


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("writers", "facts", "kills"), [(4, 150, 1), pytest.param(64, 300, 5, marks=pytest.mark.nightly)]
)
def test_what_was_acknowledged_is_there_and_sealed_after_kills(here, writers, facts, kills):
    assert written(here, writers=writers, facts=facts, kills=kills) == {"lost": [], "doubled": [], "from nothing": []}
    code, said = verified(here)
    assert (code, said.splitlines()[0]) == (0, "Every seal holds. 0 facts are not sealed yet.")

    number, first, last = here.sql("SELECT number, first_id, last_id FROM activity_seal ORDER BY count DESC LIMIT 1")[0]
    here.sql("UPDATE activity_domainevent SET actor = 'somebody else' WHERE id = %s", first)
    code, said = verified(here)
    told = f"CommandError: Seal {number} (facts {first} to {last}) is broken: it covers facts that were changed.\n"
    assert (code, said) == (1, told)


@pytest.mark.timeout(120)
def test_an_acknowledgment_that_came_too_early_is_found(here):
    """The planted fault: COMMIT answers before the log is written, and the checker must miss what was lost."""
    here.sql("ALTER DATABASE zhanggui SET synchronous_commit = off")
    found = written(here, writers=4, facts=300, kills=3)
    assert (len(found["lost"]) > 0, found["doubled"], found["from nothing"]) == (True, [], [])


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_a_million_facts_are_verified_within_two_minutes(here):
    assert here.start(*PROGRAM, "record", str(here.folder / "history.jsonl"), "acme", "fact", "1").wait() == 0
    sealer = here.start(*PROGRAM, "seal")
    for first in range(1, 1_000_000, 100_000):
        here.sql(MILLION, first, first + 99_999)
    assert until(lambda: here.sql(SEALED) == [(True,)], seconds=600)
    kill(sealer)

    began = time.monotonic()
    code, said = verified(here)
    assert (code, said.splitlines()[0]) == (0, "Every seal holds. 0 facts are not sealed yet.")
    assert time.monotonic() - began < 120
