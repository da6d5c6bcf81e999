"""Workers are killed while they deliver: every fact that was told to be recorded has its effect exactly once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2
import pytest

from config.embedded.postgres import OWNER
from config.pytest_services import durable_cluster

ROOT = Path(__file__).parents[2]
SEED = 20250303
WAITING = "select count(*) from activity_eventdelivery where done_at is null and gave_up_at is null"
OF_THE_SHOP = "merchant_id = (select id from accounts_merchant where slug = %s)"
TRIED_AGAIN = f"select count(*) from activity_eventdelivery where attempts > 1 and {OF_THE_SHOP}"
EFFECTS = f"select split_part(name, ' ', 1) from onboarding_shop where {OF_THE_SHOP}"


def complaints(history: list[dict], effects: list[str]) -> dict[str, list[str]]:
    """Compare what clients were told with what came of it. What was sent and never answered may be either way."""
    outcomes = {line["key"]: line["outcome"] for line in history}  # the last one told
    found = Counter(effects)
    return {
        "lost": sorted(key for key, outcome in outcomes.items() if outcome == "acked" and not found[key]),
        "doubled": sorted(key for key, times in found.items() if times > 1),
        "from nothing": sorted(key for key in found if outcomes.get(key, "failed") == "failed"),
    }


def test_the_checker_bites():
    history = [{"key": key, "outcome": "sent"} for key in "abcd"]
    history += [{"key": "a", "outcome": "acked"}, {"key": "b", "outcome": "acked"}, {"key": "c", "outcome": "failed"}]
    assert complaints(history, ["a", "b", "d"]) == {"lost": [], "doubled": [], "from nothing": []}
    assert complaints(history, ["a", "b"]) == {"lost": [], "doubled": [], "from nothing": []}
    assert complaints(history, ["a", "a", "c", "e"]) == {"lost": ["b"], "doubled": ["a"], "from nothing": ["c", "e"]}


@contextmanager
def program(cluster, *arguments):
    """Run a program beside this one, with all its children, until the end of the block."""
    environment = os.environ | {"DATABASE_URL": cluster.url(), "LOG_LEVEL": "CRITICAL"}
    command = [sys.executable, "-m", "tests.faults.facts_at_work", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):  # it is through
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(true, *, limit: float) -> None:
    end = time.monotonic() + limit
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster():
    with durable_cluster() as started:
        yield started


@pytest.fixture
def ask(cluster):
    """Ask the cluster as the owner, whom no wall hides anything from; the rows."""
    with psycopg2.connect(cluster.url(login=OWNER)) as connection, connection.cursor() as cursor:
        connection.autocommit = True

        def rows(sql, *parameters) -> list[tuple]:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

        yield rows


def killed_while_delivering(cluster, ask, tmp_path, *, shop: str, facts: int, kills: int, fault: str = ""):
    """What there is to complain of after `kills` workers, and one of two recorders, died at their work."""
    history = tmp_path / "history.jsonl"
    with program(cluster, "record", history, shop, "first", facts):
        wait_until(lambda: history.exists() and history.read_text().count("\n") > facts, limit=60 + facts)
    with (
        program(cluster, "record", history, shop, "second", facts // 2) as recorder,
        program(cluster, "deliver", kills, SEED, *([fault] if fault else [])),
    ):
        assert recorder.wait(60 + facts) == 0
        wait_until(lambda: ask(WAITING) == [(0,)], limit=60 + facts)
    assert ask(TRIED_AGAIN, shop) != [(0,)], "no worker was killed while it had a delivery in hand"
    effects = [key for (key,) in ask(EFFECTS, shop)]
    return complaints([json.loads(line) for line in history.read_text().splitlines()], effects)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("facts", "kills"), [(300, 6), pytest.param(20_000, 200, marks=pytest.mark.nightly)])
def test_every_effect_happens_once_though_workers_are_killed(cluster, ask, tmp_path, facts, kills):
    found = killed_while_delivering(cluster, ask, tmp_path, shop="acme", facts=facts, kills=kills)
    assert found == {"lost": [], "doubled": [], "from nothing": []}


@pytest.mark.timeout(120)
def test_a_receipt_that_is_committed_apart_is_noticed(cluster, ask, tmp_path):
    found = killed_while_delivering(cluster, ask, tmp_path, shop="rival", facts=100, kills=6, fault="apart")
    assert (len(found["doubled"]) > 0, found["lost"], found["from nothing"]) == (True, [], [])
