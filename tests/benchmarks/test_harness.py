"""The harness itself, on work that is known to be five times as much on one side."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.benchmarks import harness

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db(databases=["default", "owner"])


class Burning:
    """A unit is a hundredth of a second; the peer needs five times as long for it."""

    measures, peer, units, size, peer_size = "burning: 6 candles", "candles five times as thick", "candles", 6, 2

    def __init__(self, goal: float):
        self.goal, self.checked, self.is_ready = goal, [], False

    def prepare(self):
        self.is_ready = True

    def clear(self, units):
        assert self.is_ready

    def ours(self, units):
        burn(units * 0.01)

    def theirs(self, units):
        burn(units * 0.05)

    def check(self, units):
        self.checked.append(units)


def burn(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@pytest.fixture
def bench(monkeypatch, capsys):
    """Run the command on a benchmark; what it said."""

    def run(benchmark, **options):
        monkeypatch.setattr(harness, "names", lambda: ["burning"])
        monkeypatch.setattr(harness, "load", lambda name: benchmark)
        call_command("bench", "burning", **options)
        return capsys.readouterr().out

    return run


def test_a_goal_that_is_reached(bench):
    burning = Burning(goal=3)
    said = bench(burning).splitlines()

    assert said[:3] == [
        "burning: 6 candles", "  peer: candles five times as thick",
        "  ours on 6 candles, the peer on 2; compared for one",
    ]  # fmt: skip
    figures = r"ours +[\d,]+\.\d µs  peer +[\d,]+\.\d µs  ratio +(\d+\.\d\d)  load \d+\.\d\d"
    lines = [re.fullmatch(rf"  (round \d|median ) +{figures}(.*)", line).groups() for line in said[3:]]
    assert [name.strip() for name, *_ in lines] == ["round 1", "round 2", "round 3", "median"]
    assert [end for *_, end in lines] == ["", "", "", "  goal 3: reached"]
    assert 3 < float(lines[-1][1]) < 7
    assert burning.checked == [6, 2] * 3


def test_a_goal_that_is_missed_ends_with_1(bench, capsys):
    with pytest.raises(CommandError, match=r"^Below the goal: burning$") as refusal:
        bench(Burning(goal=9), rounds=1)
    assert refusal.value.returncode == 1
    assert capsys.readouterr().out.rstrip().endswith("goal 9: MISSED")


def test_work_that_was_not_done_is_not_measured(bench):
    burning = Burning(goal=3)
    burning.check = lambda units: pytest.fail("nothing burned")
    with pytest.raises(pytest.fail.Exception):
        bench(burning, rounds=1)


def test_what_is_missing_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "tests.benchmarks.facts", None)
    with pytest.raises(CommandError, match=r"^facts needs the package tests.benchmarks.facts: install requirements"):
        call_command("bench", "facts")
    with pytest.raises(CommandError, match=r"^No benchmark is called fcats. There are: .*facts"):
        call_command("bench", "fcats")


def test_a_real_one_runs_on_servers_of_its_own():
    """At a thousandth of its size, with addresses in the environment that lead nowhere."""
    nowhere = {"DATABASE_URL": "postgresql://nobody@/nowhere", "REDIS_URL": "redis://nowhere", "NO_BOOTSTRAP": "1"}
    command = [sys.executable, "manage.py", "bench", "facts", "--share", "0.001", "--rounds", "1"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True, timeout=120)

    assert "  ours on 100 facts, the peer on 4; compared for one\n" in done.stdout, done.stderr
    assert re.search(r"\n  median .* goal 20: (reached|MISSED)\n$", done.stdout), done.stderr
    assert "Traceback" not in done.stderr
