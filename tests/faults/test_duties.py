"""A duty has one effect for each time it is due, whoever ticks, whatever the clocks do (INV-10)."""

import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.rig import kill, rig

MINUTE = timedelta(minutes=1)
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CADENCES = range(5, 30)  # minutes: 25 duties
TABLE = "CREATE TABLE effect (duty text, at timestamptz); GRANT INSERT ON effect TO zhanggui_app"


def day(hours: int) -> list[datetime]:
    """Every other minute of some hours; the clock jumps two hours on, and some hours later two hours back."""
    moments = [START + 2 * MINUTE * number for number in range(hours * 30)]
    third = len(moments) // 3
    jumped = [each + 120 * MINUTE for each in moments[third : 2 * third]]
    back = [each - timedelta(seconds=7) for each in moments[2 * third :]]
    return moments[:third] + jumped + back


class Tickers:
    """Two processes that are told the same moments at the same time."""

    def __init__(self, here, **environment):
        self.here, self.environment = here, environment
        self.processes = [self.begin(), self.begin()]
        self.told: list[datetime] = []  # what at least one of them has said it did

    def begin(self) -> subprocess.Popen:
        process = self.here.start(
            "-m", "tests.faults.ticker", *map(str, CADENCES), environment=self.environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout.readline() == b"ready\n", (self.here.folder / "log").read_text()[-3000:]
        return process

    def tell(self, now: datetime, *, killing: int | None = None) -> None:
        """One may be killed while it is at it: what it did is not known, so its successor is told the same again."""
        for process in self.processes:
            self.send(process, now)
        if killing is not None:
            kill(self.processes[killing])
            self.processes[killing] = self.begin()
            self.send(self.processes[killing], now)
        for process in self.processes:
            assert process.stdout.readline().decode().strip() == now.isoformat()
        self.told.append(now)

    def send(self, process, now) -> None:
        process.stdin.write(f"{now.isoformat()}\n".encode())
        process.stdin.flush()

    def end(self) -> None:
        for process in self.processes:
            kill(process)


def expected(told: list[datetime]) -> Counter:
    """By walking along each duty's times one by one: when it should have had its effect."""
    wanted: Counter = Counter()
    for minutes in CADENCES:
        cadence, served = minutes * MINUTE, set()
        due = told[0] + cadence
        for now in told:
            if due - now > cadence:
                due = now
            if due > now:
                continue
            while due + cadence <= now:
                due += cadence
            if due not in served:
                served.add(due)
                wanted[f"tests.every_{minutes:02}", now] += 1
            due += cadence
    return wanted


def faults(here, told: list[datetime]) -> dict[str, int]:
    """Effects that are missing, and those that are too many."""
    counted = here.sql("SELECT duty, at, count(*) FROM effect GROUP BY duty, at")
    found = Counter({(duty, at): number for duty, at, number in counted})
    wanted = expected(told)
    return {"missing": (wanted - found).total(), "double": (found - wanted).total()}


@pytest.fixture
def here():
    with rig() as started:
        started.sql(TABLE)
        yield started


@pytest.mark.timeout(120)
def test_each_time_has_one_effect_though_two_tick_clocks_jump_and_tickers_are_killed(here):
    tickers, moments = Tickers(here), day(6)
    for number, now in enumerate(moments):
        tickers.tell(now, killing={50: 0, 130: 1}.get(number))
    tickers.end()

    assert expected(moments).total() > 500
    assert faults(here, tickers.told) == {"missing": 0, "double": 0}
    # independent of any reckoning: nobody rests longer than its cadence and the step of the clock, as people see it
    effects = here.sql("SELECT duty, count(*) FROM effect GROUP BY duty")
    least = {f"tests.every_{minutes:02}": 6 * 60 // (minutes + 2) - 2 for minutes in CADENCES}
    assert [duty for duty, number in effects if number < least[duty]] == []


@pytest.mark.timeout(120)
def test_a_look_before_the_act_is_found(here):
    """The planted fault: the checker must see that two tickers do the same."""
    tickers = Tickers(here, PLANTED="look, then act")
    for now in day(2):
        tickers.tell(now)
    tickers.end()

    assert faults(here, tickers.told)["double"] > 0
