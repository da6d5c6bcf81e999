"""The whole platform, started for real and then hurt: it heals, it stops cleanly, it keeps its data."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from config import embedded, quickstart
from config.embedded import processes
from config.embedded.servers import tag

OF_THE_TESTS = {"DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "CACHE_URL", "RUN_DIR", "MEDIA_ROOT", "SECRET_KEY"}
OF_THE_TESTS |= {"SEAL_KEY", "DATA_KEY", "TEST_TEMPLATE", "DEMO"}


class Desk:
    def __init__(self, data: Path):
        self.data, self.output = data, data / "output"
        inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
        self.environment = inherited | {"ZHANGGUI_DATA": str(data), "NO_BOOTSTRAP": "1"}
        self.process = None

    def up(self) -> None:
        with open(self.output, "w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "quickstart"], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.wait(lambda: "Ctrl-C stops everything" in self.said(), "readiness", 90)
        self.url = re.search(r"http://localhost:(\d+)", self.said())[0]

    def said(self) -> str:
        return self.output.read_text()

    def children(self) -> dict[str, processes.Child]:
        files = ("services.json", "children.json")
        found = [json.loads((self.data / "run" / name).read_text()) for name in files]
        return {name: child for part in found for name, child in part.items() if name != "addresses"}

    def kill(self, name: str) -> None:
        """Kill -9 it, and wait until another one has its place and the platform is ready again."""
        killed = self.children()[name]
        os.kill(killed[0], signal.SIGKILL)
        self.wait(lambda: self.children().get(name, killed) != killed, f"another {name}", 30)
        self.wait(lambda: quickstart.answers(self.url + "/readyz"), f"readiness after the death of {name}", 30)

    def wait(self, check, what: str, limit: float) -> None:
        end = time.monotonic() + limit
        while not check():
            if self.process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"waited in vain for {what}:\n{self.said()}")
            time.sleep(0.05)

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def desk():
    folder = Path(tempfile.mkdtemp(prefix="zhanggui-"))
    folder.chmod(0o711)  # the database's account must get through
    (folder / "demo-prepared").write_text(embedded.fingerprint())  # the sample data have tests of their own
    desk = Desk(folder)
    yield desk
    if desk.process and desk.process.poll() is None:
        desk.end(signal.SIGTERM)
    real = (folder / "postgres").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(real, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_every_part_may_be_killed_and_ctrl_c_leaves_nothing(desk):
    desk.up()
    for name in ("web", "worker", "scheduler", "database", "broker", "keeper"):
        desk.kill(name)
    last = desk.children()
    assert desk.end(signal.SIGINT) == 0
    assert [name for name, child in last.items() if processes.alive(child)] == []
    assert list(Path(tempfile.gettempdir()).glob(f"zhanggui-*-{tag(desk.data)}")) == []
    assert "the data are kept" in desk.said()


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_killed_supervisor_takes_its_children_along_and_may_be_started_again(desk):
    desk.up()
    orphans = desk.children()
    desk.process.kill()
    desk.process.wait()
    end = time.monotonic() + 30
    while any(processes.alive(child) for child in orphans.values()) and time.monotonic() < end:
        time.sleep(0.05)
    assert [name for name, child in orphans.items() if processes.alive(child)] == []
    desk.up()
    assert quickstart.answers(desk.url + "/readyz")
