"""A file whose worker is killed at any moment ends as if nothing had happened, and every line has its effect once."""

import csv
import shutil
from pathlib import Path

import psycopg2
import pytest

from tests.canonical import dump
from tests.factories.olist import write_large
from tests.faults.importing import finish, start
from tests.faults.rig import Rig, history, rig, until

LINES, BAD = 3_000, 60
CHECK = """
    SELECT v.sku, p.title, (SELECT array_agg(amount_minor) FROM pricing_price WHERE variant_id = v.id),
        (SELECT count(*) FROM activity_domainevent WHERE about = 'product:' || p.public_id)
    FROM catalog_variant AS v JOIN catalog_product AS p ON p.id = v.product_id
"""


@pytest.fixture
def here():
    with rig() as started:
        started.hurry()
        yield started


def send(here: Rig, what: str, file: Path) -> str:
    """Let somebody send a file; the job they were told of."""
    told = here.folder / f"{what}.jsonl"
    sender = here.start("-m", "tests.faults.sender", str(told), what, str(file))
    assert sender.wait() == 0, (here.folder / "log").read_text()[-3000:]
    return history(told)[0]["job"]


def job(here: Rig, key: str) -> tuple[str, int]:
    ((status, done),) = here.sql("SELECT status, done FROM desk_job WHERE public_id = %s", key)
    return status, done


def work_through(here: Rig, key: str, *, kills: int, each: int, **planted: str) -> None:
    """Kill the worker each time it came some lines further, and let the last one end."""
    for kill in range(1, kills + 1):
        here.start_worker(AT_ONCE="100", **planted)
        assert until(lambda at=kill * each: job(here, key)[1] >= at or job(here, key)[0] == "completed", seconds=30)
        here.kill_worker()
        assert job(here, key)[0] == "running", "it was over before anybody could kill it"
    here.start_worker(AT_ONCE="100", **planted)
    assert until(lambda: job(here, key)[0] not in ("queued", "running"), seconds=40), job(here, key)
    here.kill_worker()
    assert job(here, key)[0] == "completed"


def write_products(path: Path) -> dict[str, tuple[str, int]]:
    """A file with bad lines among good ones; what the good ones say."""
    good = {}
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["SKU", "Title", "Category", "Price", "Sales channel"])
        for number in range(LINES):
            sku, title, price = f"S-{number}", f"Good {number}", 100 + number
            is_bad = number % (LINES // BAD) == 7
            lines.writerow([sku, title, "nowhere" if is_bad else "things", f"{price / 100:.2f}", "web-eur"])
            if not is_bad:
                good[sku] = (title, price)
    return good


def wrong(here: Rig, good: dict[str, tuple[str, int]]) -> list[str]:
    """Lines without their effect, or with more than one: each good line is one variant, one price and three facts."""
    found = {sku: (title, prices, facts) for sku, title, prices, facts in here.sql(CHECK)}
    expected = {sku: (title, [price], 3) for sku, (title, price) in good.items()}
    return sorted(sku for sku in expected.keys() | found.keys() if expected.get(sku) != found.get(sku))


@pytest.mark.timeout(150)
def test_a_file_of_products_has_every_effect_once_through_kills(here, tmp_path):
    good = write_products(tmp_path / "goods.csv")
    key = send(here, "products", tmp_path / "goods.csv")
    work_through(here, key, kills=2, each=800)
    assert wrong(here, good) == []
    assert here.sql("SELECT count(*) FROM desk_rejectedline") == [(BAD,)]
    assert here.sql("SELECT report ->> 'created', report ->> 'rejected' FROM desk_importrun") == [
        (str(LINES - BAD), str(BAD))
    ]


@pytest.mark.timeout(150)
def test_a_checkpoint_that_is_forgotten_is_found(here, tmp_path):
    """The planted fault: lines that were taken in are read again, and say that they are there already."""
    write_products(tmp_path / "goods.csv")
    key = send(here, "products", tmp_path / "goods.csv")
    work_through(here, key, kills=1, each=800, PLANTED="checkpoint forgotten")
    ((created,),) = here.sql("SELECT report ->> 'created' FROM desk_importrun")
    assert int(created) < LINES - BAD


@pytest.mark.timeout(200)
def test_a_history_that_was_sent_by_page_ends_like_one_from_the_command(here, tmp_path):
    (tmp_path / "tables").mkdir()
    source = write_large(tmp_path / "tables", 400)
    here.cluster.sql("create database undisturbed template zhanggui owner zhanggui")
    code, said = finish(start(source, here.cluster.url("undisturbed"), portion=30))
    assert code == 0, said
    packed = tmp_path / "history.zip"
    shutil.make_archive(str(packed.with_suffix("")), "zip", source)
    key = send(here, "olist", packed)
    work_through(here, key, kills=2, each=40)
    assert _history(here, "zhanggui") == _history(here, "undisturbed")
    assert list(here.folder.glob("media/*/imports/*")) == []


def _history(here: Rig, name: str) -> dict[str, list[str]]:
    """All that came in; the facts of the job itself are of no history."""
    found = dump(_reader(here, name))
    return found | {"facts": [fact for fact in found["facts"] if ",desk.job." not in fact]}


def _reader(here: Rig, name: str):
    def rows(select):
        with psycopg2.connect(host=str(here.cluster.socket), user="postgres", dbname=name) as link:
            with link.cursor() as cursor:
                cursor.execute(select)
                return cursor.fetchall()

    return rows
