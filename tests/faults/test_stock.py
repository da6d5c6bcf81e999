"""Many want the same goods while the database is killed: no unit is granted twice, none is kept back, and what was told
to be granted is (INV-01, INV-13). The checker knows what the clients were told, and asks the database in SQL.
"""

from collections import defaultdict

import pytest

from tests.faults.rig import history, rig, until

PROGRAM = ("-m", "tests.faults.stock_at_work")
ROWS = "SELECT key, quantity - released FROM inventory_reservation"
LEVEL = "SELECT on_hand, reserved FROM inventory_stocklevel"


@pytest.fixture
def here():
    with rig() as started:
        yield started


def complaints(told: list[dict], rows: list[tuple], level: tuple[int, int]) -> dict:
    """Compare what clients were told with what stands. What was never answered may be either way."""
    outcomes = defaultdict(list)
    for line in told:
        outcomes[line["key"]].append(line["outcome"])
    on_hand, reserved = level
    granted = {key for key, said in outcomes.items() if said[-1] == "granted"}
    refused = {key for key, said in outcomes.items() if said[-1] == "refused"}
    held = {key for key, _units in rows}
    units = sum(units for _key, units in rows)
    return {
        "lost": sorted(granted - held),
        "from nothing": sorted(held & refused | held - outcomes.keys()),
        "oversold": max(0, units - on_hand),
        "undersold": max(0, on_hand - units) if refused else 0,
        "level and reservations differ by": reserved - units,
    }


NOTHING = {"lost": [], "from nothing": [], "oversold": 0, "undersold": 0, "level and reservations differ by": 0}


def test_the_checker_bites():
    told = [{"key": key, "outcome": "sent"} for key in "abcd"]
    told += [{"key": "a", "outcome": "granted"}, {"key": "b", "outcome": "refused"}, {"key": "c", "outcome": "unknown"}]
    assert complaints(told, [("a", 1), ("c", 1)], (2, 2)) == NOTHING
    assert complaints(told, [("a", 1)], (1, 1)) == NOTHING
    assert complaints(told, [], (1, 0))["lost"] == ["a"]
    assert complaints(told, [("a", 1), ("b", 1), ("x", 1)], (3, 3))["from nothing"] == ["b", "x"]
    assert complaints(told, [("a", 1), ("c", 1)], (1, 1)) == NOTHING | {
        "oversold": 1, "level and reservations differ by": -1,
    }  # fmt: skip
    assert complaints(told, [("a", 1)], (2, 1))["undersold"] == 1


def taken(here, *, units: int, callers: int, keys: int, kills: int, fault: tuple[str, ...] = ()) -> dict:
    """Let callers want more than there is, kill the database under them; what there is to complain of."""
    assert here.start(*PROGRAM, "fill", str(units)).wait() == 0, (here.folder / "log").read_text()[-2000:]
    path = here.folder / "history.jsonl"
    taking = here.start(*PROGRAM, "take", str(path), str(callers), str(keys), *fault)
    for turn in range(1, kills + 1):
        lines = 2 * callers * keys * turn // (kills + 2)
        assert until(lambda: path.exists() and path.read_text().count("\n") > lines, seconds=300)  # noqa: B023
        assert taking.poll() is None, "all was taken before the database fell"
        here.kill_database()
    assert taking.wait(900) == 0
    told = history(path)
    assert sum(line["outcome"] in ("granted", "refused") for line in told) == callers * keys
    if kills:
        assert any(line["outcome"] == "unknown" for line in told), "nobody was asking when the database fell"
    (level,) = here.sql(LEVEL)
    return complaints(told, here.sql(ROWS), level)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("units", "callers", "keys", "kills"),
    [(50, 8, 60, 1), pytest.param(1_000, 64, 157, 5, marks=pytest.mark.nightly)], ids=["small", "full size"],
)  # fmt: skip
def test_as_many_are_granted_as_there_are(here, units, callers, keys, kills):
    assert taken(here, units=units, callers=callers, keys=keys, kills=kills) == NOTHING
    assert here.sql("SELECT count(*) FROM inventory_reservation") == [(units,)]


@pytest.mark.timeout(200)
def test_a_look_before_the_write_sells_more_than_there_is(here):
    found = taken(here, units=50, callers=8, keys=15, kills=0, fault=("look",))
    assert found["oversold"] > 0


@pytest.mark.timeout(200)
def test_a_database_that_answers_before_it_has_written_loses_what_it_told(here):
    here.sql("ALTER DATABASE zhanggui SET synchronous_commit = off")
    found = taken(here, units=2_000, callers=8, keys=60, kills=1)
    assert found["lost"] != []
