"""Measure ours against a peer in one run: turn about, in CPU seconds, the medians compared per unit of work.

CPU seconds are those of this process and of the PostgreSQL backends that serve it. They vary by a third with what else
a machine does, so no figure stands alone: a goal is a ratio, and the load average is printed with each line. Where
many callers wait for each other the clock on the wall is taken instead.
"""

import importlib
import os
import pkgutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Protocol

from django.db import connections

import tests.benchmarks

ROUNDS = 3
APART = {"goods", "harness", "shop"}  # modules of this folder that are no benchmark
MICRO = 1_000_000


class Benchmark(Protocol):
    """What a module of this folder calls BENCHMARK. `size` and `peer_size` are the units of work of one turn; a peer
    may be given fewer, for what is compared is the time for one.
    """

    measures: str  # in a line, with the amount
    peer: str  # who it is measured against, and what is left out in whose favor
    units: str  # "facts"
    size: int
    peer_size: int
    goal: float  # as many times the peer's CPU seconds for a unit, at least
    by_the_wall: bool  # left out where CPU seconds are meant

    def prepare(self) -> None:
        """Once, before all rounds; the database is a fresh one of the command's own."""

    def clear(self, units: int) -> None:
        """Before each turn of so many units, outside the time that is taken."""

    def ours(self, units: int) -> None: ...

    def theirs(self, units: int) -> None: ...

    def check(self, units: int) -> None:
        """After each turn: that all of it was really done. Raises AssertionError."""


class CannotMeasure(RuntimeError):
    """Told to whoever asked, in place of a figure."""


@dataclass(frozen=True)
class Turn:
    """What one side took for its work."""

    seconds: float
    units: int

    @property
    def each(self) -> float:
        return self.seconds / self.units


def names() -> list[str]:
    found = {module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__)}
    return sorted(name for name in found - APART if not name.startswith("test_"))


def load(name: str) -> Benchmark:
    """Raises CannotMeasure where a package is missing that only developers have."""
    try:
        return importlib.import_module(f"tests.benchmarks.{name}").BENCHMARK
    except ModuleNotFoundError as missing:
        raise CannotMeasure(
            f"{name} needs the package {missing.name}: install requirements/dev.txt, as `manage.py bench` does by"
            " itself in an environment that it made"
        ) from missing


def run(benchmark: Benchmark, *, say: Callable[[str], None], rounds: int = ROUNDS, share: float = 1) -> bool:
    """Measure in `rounds` rounds and say what comes of it; whether the goal was reached.

    `share` makes the work smaller, to see that it works. Raises CannotMeasure.
    """
    ours, theirs = (max(1, round(size * share)) for size in (benchmark.size, benchmark.peer_size))
    say(f"{benchmark.measures}\n  peer: {benchmark.peer}")
    if theirs != ours or share != 1:
        say(f"  ours on {ours:,} {benchmark.units}, the peer on {theirs:,}; compared for one")
    benchmark.prepare()
    turns: list[tuple[Turn, Turn]] = []
    for number in range(1, rounds + 1):
        turns.append((_turn(benchmark, benchmark.ours, ours), _turn(benchmark, benchmark.theirs, theirs)))
        say(_line(f"round {number}", *(turn.each for turn in turns[-1])))
    own, peer = (median(turn.each for turn in side) for side in zip(*turns, strict=True))
    is_reached = peer / own >= benchmark.goal
    say(f"{_line('median', own, peer)}  goal {benchmark.goal:g}: {'reached' if is_reached else 'MISSED'}")
    return is_reached


def _line(name: str, own: float, peer: float) -> str:
    figures = f"ours {own * MICRO:10,.1f} µs  peer {peer * MICRO:10,.1f} µs  ratio {peer / own:7.2f}"
    return f"  {name:8} {figures}  load {os.getloadavg()[0]:.2f}"


def _turn(benchmark: Benchmark, act: Callable[[int], None], units: int) -> Turn:
    benchmark.clear(units)
    took = _waited(act, units) if getattr(benchmark, "by_the_wall", False) else _worked(act, units)
    benchmark.check(units)
    return Turn(took, units)


def _waited(act: Callable[[int], None], units: int) -> float:
    began = time.monotonic()
    act(units)
    return time.monotonic() - began


def _worked(act: Callable[[int], None], units: int) -> float:
    backends = _backends()
    began = time.process_time() + sum(map(_seconds, backends))
    act(units)
    if _backends() != backends:
        raise CannotMeasure("a connection was lost or added meanwhile, and with it what its backend took")
    return time.process_time() + sum(map(_seconds, backends)) - began


def _backends() -> list[int]:
    """The processes of the server that serve this one. They may have no helpers, whose time would be nobody's."""
    for connection in connections.all():
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    return [connection.connection.info.backend_pid for connection in connections.all()]


def _seconds(pid: int) -> float:
    """What a process has used, in user and system mode."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        raise CannotMeasure("the server's processes are not to be seen: this needs Linux, server on board") from None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
