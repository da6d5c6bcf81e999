"""A duty has one effect for each time it is due, whoever ticks, whatever the clocks do (INV-10)."""

import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.rig import kill, rig

MINUTE = timedelta(minutes=1)
START = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)  # the night in which Europe's clocks go forward
TABLE = "CREATE TABLE effect (duty text, at timestamptz); GRANT INSERT ON effect TO zhanggui_app"


def cadence(number: int) -> int:
    """In minutes, of a duty by its number."""
    return 5 + number % 25


def day(hours: int) -> list[datetime]:
    """Every other minute of some hours; the clock jumps two hours on, some hours later two hours back, and in the end
    nobody ticks for three hours.
    """
    moments = [START + 2 * MINUTE * number for number in range(hours * 30)]
    part = len(moments) // 4
    jumped = [each + 120 * MINUTE for each in moments[part : 2 * part]]
    back = [each - timedelta(seconds=7) for each in moments[2 * part : 3 * part]]
    after = [each + 180 * MINUTE for each in moments[3 * part :]]
    return moments[:part] + jumped + back + after


class Tickers:
    """Two processes that are told the same moments at the same time."""

    def __init__(self, here, duties: int, **environment):
        self.here, self.duties, self.environment = here, duties, environment
        self.processes = [self.begin(), self.begin()]
        self.told: list[datetime] = []  # what at least one of them has said it did

    def begin(self) -> subprocess.Popen:
        process = self.here.start(
            "-m", "tests.faults.ticker", *(str(cadence(number)) for number in range(self.duties)),
            environment=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
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


def expected(told: list[datetime], duties: int) -> Counter:
    """By walking along each duty's times one by one: when it should have had its effect."""
    wanted: Counter = Counter()
    for number in range(duties):
        rhythm, served = cadence(number) * MINUTE, set()
        due = told[0] + rhythm
        for now in told:
            if due - now > rhythm:
                due = now
            if due > now:
                continue
            while due + rhythm <= now:
                due += rhythm
            if due not in served:
                served.add(due)
                wanted[f"tests.duty_{number:03}", now] += 1
            due += rhythm
    return wanted


def faults(here, told: list[datetime], duties: int) -> dict[str, int]:
    """Effects that are missing, and those that are too many."""
    counted = here.sql("SELECT duty, at, count(*) FROM effect GROUP BY duty, at")
    found = Counter({(duty, at): number for duty, at, number in counted})
    wanted = expected(told, duties)
    return {"missing": (wanted - found).total(), "double": (found - wanted).total()}


@pytest.fixture
def here():
    with rig() as started:
        started.sql(TABLE)
        yield started


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("duties", "hours", "kills"), [(25, 6, 2), pytest.param(500, 24, 20, marks=pytest.mark.nightly)]
)
def test_each_time_has_one_effect_though_two_tick_clocks_jump_and_tickers_are_killed(here, duties, hours, kills):
    tickers, moments = Tickers(here, duties), day(hours)
    every = len(moments) // (kills + 1)
    for number, now in enumerate(moments):
        tickers.tell(now, killing=number // every % 2 if number and number % every == 0 else None)
    tickers.end()

    assert expected(moments, duties).total() > 20 * duties
    assert faults(here, tickers.told, duties) == {"missing": 0, "double": 0}
    # independent of any reckoning: nobody rests longer than its cadence and the step of the clock, as people see it
    effects = dict(here.sql("SELECT duty, count(*) FROM effect GROUP BY duty"))
    least = {f"tests.duty_{each:03}": hours * 60 // (cadence(each) + 2) - 3 for each in range(duties)}
    assert [duty for duty, number in least.items() if effects[duty] < number] == []


@pytest.mark.timeout(120)
def test_a_look_before_the_act_is_found(here):
    """The planted fault: the checker must see that two tickers do the same."""
    tickers = Tickers(here, 25, PLANTED="look, then act")
    for now in day(2):
        tickers.tell(now)
    tickers.end()

    assert faults(here, tickers.told, 25)["double"] > 0
