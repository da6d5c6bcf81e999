"""A partner's writes happen once and are answered alike, through kills of the web server (INV-09).

The server is gunicorn as in production. Three clients of each shop send every price with the same Idempotency-Key, and
send again whatever broke. What is checked is what the clients were told, against the rows in the database.
"""

import json
import random
import socket
import time
from collections import defaultdict
from http.client import HTTPConnection

import pytest

from tests.faults.rig import history, kill, rig, until

SENDERS = 3


class Web:
    """The web server of a rig."""

    def __init__(self, here):
        self.here, self.process = here, None
        with socket.socket() as link:
            link.bind(("127.0.0.1", 0))
            self.port = link.getsockname()[1]

    def up(self, **environment: str) -> None:
        command = ["-m", "gunicorn", "-c", "python:config.gunicorn", "--bind", f"127.0.0.1:{self.port}"]
        limits = {"API_BURST": "1000000", "API_RATE": "1000000"}
        self.process = self.here.start(*command, "tests.faults.web:application", environment=limits | environment)
        assert until(self.answers, seconds=30), (self.here.folder / "log").read_text()[-3000:]

    def answers(self) -> bool:
        try:
            link = HTTPConnection("127.0.0.1", self.port, timeout=2)
            link.request("GET", "/healthz", headers={"Host": "localhost"})
            return link.getresponse().status == 200
        except OSError:
            return False

    def kill(self) -> None:
        kill(self.process)


@pytest.fixture(scope="module")
def here():
    with rig() as started:
        made = started.start("-m", "tests.faults.api_shops", str(started.folder / "shops.json"))
        assert made.wait() == 0, (started.folder / "log").read_text()[-3000:]
        started.shops = json.loads((started.folder / "shops.json").read_text())
        yield started


def clients(here, web, *, first: int, number: int) -> list[tuple[str, object, object]]:
    """Start the senders of each shop: (slug, what it writes, process)."""
    running = []
    for shop in here.shops:
        for sender in range(SENDERS):
            path = here.folder / f"{shop['slug']}-{first}-{sender}.jsonl"
            arguments = [str(path), str(web.port), shop["key"], shop["sku"], str(first), str(number)]
            running.append((shop["slug"], path, here.start("-m", "tests.faults.api_client", *arguments)))
    return running


def faults(here, told: dict[str, list[dict]], *, first: int, number: int) -> list[str]:
    """Of each shop's acknowledged prices what stands too often or not at all, and answers that differ."""
    found = []
    counted = defaultdict(int)
    for slug, minor, times in here.sql(
        "SELECT slug, amount_minor, count(*) FROM pricing_price JOIN accounts_merchant m ON m.id = merchant_id"
        " GROUP BY slug, amount_minor"
    ):
        counted[slug, minor] = times
    for slug, answers in told.items():
        bodies = defaultdict(set)
        for each in answers:
            if each["status"] != 201:
                found.append(f"{slug} {each['key']} was answered {each['status']}")
            bodies[each["minor"]].add(each["body"])
        for minor in range(first, first + number):
            if counted[slug, minor] != 1:
                found.append(f"{slug} k-{minor} was done {counted[slug, minor]} times")
            if len(bodies[minor]) != 1:
                found.append(f"{slug} k-{minor} has {len(bodies[minor])} answers")
    return found


def run(here, web, *, first: int, number: int, kills: int, **environment: str) -> list[str]:
    """Let all clients send while the server is killed some times; what is wrong in the end."""
    web.up(**environment)
    running, chance = clients(here, web, first=first, number=number), random.Random(number)
    for _kill in range(kills):
        time.sleep(chance.uniform(0.8, 1.6))
        web.kill()
        web.up(**environment)
    for _slug, _path, process in running:
        assert process.wait() == 0, (here.folder / "log").read_text()[-3000:]
    web.kill()
    told = defaultdict(list)
    for slug, path, _process in running:
        told[slug] += history(path)
    assert all(len(answers) == number * SENDERS for answers in told.values())
    assert sum(each["broken"] for answers in told.values() for each in answers) >= kills  # they were at it
    return faults(here, told, first=first, number=number)


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("number", "kills"), [(250, 3), pytest.param(5_000, 20, marks=[pytest.mark.nightly, pytest.mark.timeout(3_600)])]
)
def test_every_write_is_done_once_and_answered_alike_through_kills(here, number, kills):
    web, first = Web(here), 100 if number < 5_000 else 100_000
    assert run(here, web, first=first, number=number, kills=kills) == []
    events = here.sql("SELECT count(*) FROM activity_domainevent WHERE name = 'pricing.price.set'")[0][0]
    prices = here.sql("SELECT count(*) FROM pricing_price")[0][0]
    assert events == prices


@pytest.mark.timeout(120)
def test_an_answer_apart_from_its_effect_is_found(here):
    """The planted fault: the checker must see that a kill between the two doubles the effect."""
    planted = {"PLANTED": "answer apart from its effect"}
    found = run(here, Web(here), first=900_000, number=20, kills=4, **planted)
    assert found != []
    assert any(" was done " in fault for fault in found)
