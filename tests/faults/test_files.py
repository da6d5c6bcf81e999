"""A file is taken in, and a list written out, as if its workers had not been killed (INV-19)."""

import csv
import random
from collections import Counter

import pytest

from tests.faults.rig import history, rig, until

SEED = 20250303
JOB = "SELECT status, done FROM desk_job WHERE kind = %s ORDER BY id DESC LIMIT 1"
GOODS = "SELECT v.sku, p.title FROM catalog_variant AS v JOIN catalog_product AS p ON p.id = v.product_id"
CREATED = "SELECT about FROM activity_domainevent WHERE name = 'catalog.product.created'"
EFFECTS = "SELECT line FROM desk_importeffect"
WRITTEN = "SELECT m.public_id::text, j.file FROM desk_job AS j JOIN accounts_merchant AS m ON m.id = j.merchant_id"
MOST_MEMORY = 300  # MiB
FEW = {"AT_ONCE": "60", "LEASE": "2"}  # rows of a step
MANY = {"AT_ONCE": "1000", "LEASE": "15"}


@pytest.fixture
def here():
    with rig() as started:
        started.hurry()
        yield started


def client(here, *arguments: str) -> list[dict]:
    """Let the client do something; what it noted."""
    act, *more = arguments
    path = here.folder / f"{act}.jsonl"
    process = here.start("-m", "tests.faults.file_client", act, str(path), *more)
    assert process.wait() == 0, (here.folder / "log").read_text()[-3000:]
    return history(path)


def work_through(here, kind: str, *, rows: int, kills: int, environment: dict[str, str]) -> None:
    """Let a worker do the newest job of a kind, and kill it at some moments."""
    here.start_worker(**environment)
    dice = random.Random(SEED)
    for share in sorted(dice.uniform(0.1, 0.9) for _ in range(kills)):
        assert until(lambda: here.sql(JOB, kind)[0][1] >= share * rows, seconds=300), here.sql(JOB, kind)  # noqa: B023
        assert here.sql(JOB, kind)[0][0] == "running", "it was through before its worker died"
        here.kill_worker()
        here.start_worker(**environment)
    finish(here, kind)


def finish(here, kind: str) -> None:
    ended = until(lambda: here.sql(JOB, kind)[0][0] not in ("queued", "running"), seconds=600)
    assert ended and here.sql(JOB, kind)[0][0] == "completed", here.sql(JOB, kind)


def kill_when_held(here, kind: str, environment: dict[str, str]) -> None:
    """Kill the worker where the planted fault lies bare, and let another one end the job."""
    here.start_worker(**environment)
    assert until((here.folder / "held").exists, seconds=60), here.sql(JOB, kind)
    here.kill_worker()
    here.start_worker(**environment)
    finish(here, kind)
    here.kill_worker()
    (here.folder / "held").unlink()


def import_faults(here, sent: list[dict]) -> dict[str, list]:
    """What the database holds against what was sent: each good line once, each wrong one in the file of those."""
    good = {line["cells"][0]: line["cells"][1] for line in sent if not line["wrong"]}
    wrong = [line for line in sent if line["wrong"]]
    found, facts = here.sql(GOODS), Counter(here.sql(CREATED))
    (report,) = here.sql("SELECT report FROM desk_importrun")[0]
    heading, *rejected = client(here, "rejected")
    kept = [(row[:5], row[5]) for row in rejected if row[6]]
    return {
        "lost": sorted(good.keys() - {sku for sku, _ in found}),
        "doubled": sorted(sku for sku, times in Counter(sku for sku, _ in found).items() if times > 1),
        "wrong": [row for row in found if good.get(row[0]) != row[1]],
        "facts": [] if len(facts) == facts.total() == len(good) else [len(facts), facts.total()],
        "effects": list((Counter(line for (line,) in here.sql(EFFECTS)) - Counter(good_lines(sent))).elements()),
        "heading": [] if heading[:5] == ["SKU", "Title", "Category", "Price", "Channel"] else heading,
        "rejected": [] if kept == [(line["cells"], str(line["line"])) for line in wrong] else kept,
        "report": [] if (report["created"], report["rejected"]) == (len(good), len(wrong)) else [report],
    }


def good_lines(sent: list[dict]) -> list[int]:
    return [line["line"] for line in sent if not line["wrong"]]


def export_faults(here, sent: list[dict]) -> list[str]:
    """What the file says against what was sent: each good line once, in the order of the first file."""
    merchant, name = here.sql(f"{WRITTEN} WHERE j.kind = 'catalog.export_products'")[0]
    with open(here.folder / "media" / merchant / "exports" / name, encoding="utf-8-sig") as file:
        _, *rows = csv.reader(file)
    found = [row[:2] for row in rows]
    wanted = [line["cells"][:2] for line in sent if not line["wrong"]]
    return (
        [] if found == wanted else sorted(map(str, (Counter(map(str, found)) - Counter(map(str, wanted))).elements()))
    )


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("rows", "kills", "environment"), [(2_500, 1, FEW), pytest.param(50_000, 3, MANY, marks=pytest.mark.nightly)]
)
def test_a_file_is_taken_in_and_a_list_written_whatever_is_killed(here, rows, kills, environment):
    sent = client(here, "import", str(rows))
    work_through(here, "desk.take_in_file", rows=rows, kills=kills, environment=environment)
    assert {name: found for name, found in import_faults(here, sent).items() if found} == {}
    assert here.worker_peak() <= MOST_MEMORY

    client(here, "export")
    here.kill_worker()
    work_through(here, "catalog.export_products", rows=len(good_lines(sent)), kills=kills, environment=environment)
    assert export_faults(here, sent) == []
    assert here.worker_peak() <= MOST_MEMORY


@pytest.mark.timeout(120)
def test_a_checkpoint_ahead_of_its_rows_and_a_file_that_is_not_cut_are_found(here):
    """The planted faults: the checker must miss lines of the one, and find lines of the other twice."""
    planted = {"AT_ONCE": "50", "LEASE": "2", "PLANTED": "checkpoint apart from its rows"}
    sent = client(here, "import", "300")
    kill_when_held(here, "desk.take_in_file", planted)
    found = import_faults(here, sent)
    assert (len(found["lost"]), found["doubled"]) == (48, [])

    client(here, "export")
    there = [line for line in sent if line["cells"][0] not in found["lost"]]
    kill_when_held(here, "catalog.export_products", planted)
    assert len(export_faults(here, there)) == 50
