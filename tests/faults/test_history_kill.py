"""A history that was sent by page and whose worker is killed ends like one that a command took over undisturbed."""

import shutil
from pathlib import Path

import psycopg2
import pytest

from tests.canonical import dump
from tests.factories import olist, retail
from tests.faults.importing import finish, start
from tests.faults.rig import Rig, history, rig, until


@pytest.fixture
def here():
    with rig() as started:
        started.hurry()
        yield started


def send(here: Rig, file: Path, kind: str) -> str:
    """Let somebody send a file; the job they were told of."""
    told = here.folder / "sender.jsonl"
    sender = here.start("-m", "tests.faults.sender", str(told), str(file), kind)
    assert sender.wait() == 0, (here.folder / "log").read_text()[-3000:]
    return history(told)[0]["job"]


def job(here: Rig, key: str) -> tuple[str, int]:
    ((status, done),) = here.sql("SELECT status, done FROM desk_job WHERE public_id = %s", key)
    return status, done


def work_through(here: Rig, key: str, *, kills: int, each: int) -> None:
    """Kill the worker each time it came some lines further, and let the last one end."""
    for kill in range(1, kills + 1):
        here.start_worker()
        assert until(lambda at=kill * each: job(here, key)[1] >= at or job(here, key)[0] == "completed", seconds=30)
        here.kill_worker()
        assert job(here, key)[0] == "running", "it was over before anybody could kill it"
    here.start_worker()
    assert until(lambda: job(here, key)[0] not in ("queued", "running"), seconds=40), job(here, key)
    here.kill_worker()
    assert job(here, key)[0] == "completed"


@pytest.mark.timeout(200)
@pytest.mark.parametrize(
    ("kind", "write", "size"), [("olist", olist.write_large, 400), ("online-retail", retail.write_large, 300)]
)
def test_a_history_that_was_sent_by_page_ends_like_one_from_the_command(here, tmp_path, kind, write, size):
    (tmp_path / "tables").mkdir()
    source = write(tmp_path / "tables", size)
    here.cluster.sql("create database undisturbed template zhanggui owner zhanggui")
    code, said = finish(start(source, here.cluster.url("undisturbed"), portion=30, kind=kind))
    assert code == 0, said
    packed = tmp_path / "history.zip"
    shutil.make_archive(str(packed.with_suffix("")), "zip", source)
    key = send(here, packed, kind)
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
