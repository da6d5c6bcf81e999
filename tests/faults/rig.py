"""A platform of a test's own, whose parts may be killed: a durable database, a broker, processes of the application."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

from config.embedded import ROOT
from config.embedded.apart import short_folder, spawn
from config.embedded.servers import wait_for
from config.embedded.valkey import Valkey
from config.pytest_services import KEYS, durable_cluster
from tests.faults.importing import peak_of

SWEEP = (
    "INSERT INTO desk_duty (key, cadence_seconds, next_due_at, is_paused, last_outcome, failures)"
    " VALUES ('desk.wake_workers', 1, now(), false, '', 0)"
)


class Rig:
    """Addresses, and what was started; all of it ends with the test."""

    def __init__(self, cluster, broker: Valkey, folder: Path):
        self.cluster, self.broker, self.folder = cluster, broker, folder
        self.started: list[subprocess.Popen] = []
        self.worker: subprocess.Popen | None = None
        self.broker_process: subprocess.Popen | None = None

    def environment(self, **more: str) -> dict[str, str]:
        ours = {
            "DATABASE_URL": self.cluster.url(), "REDIS_URL": self.broker.url(), "RUN_DIR": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"), "NO_BOOTSTRAP": "1", "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        inherited = {name: value for name, value in os.environ.items() if name != "OWNER_DATABASE_URL"}
        return inherited | KEYS | ours | more

    def start(self, *command: str, environment: dict[str, str] | None = None, **pipes) -> subprocess.Popen:
        """A process of the application, which leads a group of its own."""
        with open(self.folder / "log", "ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment(**environment or {}),
                start_new_session=True, **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | pipes,
            )  # fmt: skip
        self.started.append(process)
        return process

    def start_worker(self, **environment: str) -> float:
        """Celery's own, with its children and the scheduler; the seconds until it is ready."""
        ready, began = self.folder / "worker.ready", time.monotonic()
        ready.unlink(missing_ok=True)
        celery = ["-m", "celery", "-A", "tests.faults.worker", "worker", "--pool", "prefork", "--concurrency", "2"]
        beat = ["-B", "--schedule", str(self.folder / "beat"), "--without-gossip", "--without-mingle"]
        self.worker = self.start(*celery, *beat, "--loglevel", "WARNING", environment=environment)
        wait_for(ready.exists, "the worker", self.worker, 30, self.folder / "log")
        return time.monotonic() - began

    def kill_worker(self) -> None:
        """SIGKILL for it and its children at once."""
        kill(self.worker)

    def hurry(self) -> None:
        """Look for jobs that wait every second, for a test has less patience than an operator."""
        self.sql(SWEEP)

    def worker_peak(self) -> int:
        """The most memory, in MiB, that one of its processes has held so far."""
        peaks = []
        for path in Path("/proc").glob("[0-9]*"):
            with suppress(ProcessLookupError, FileNotFoundError):
                if os.getpgid(int(path.name)) == self.worker.pid:
                    peaks.append(peak_of((path / "status").read_text()))
        return max(peaks)

    def start_broker(self) -> None:
        self.broker_process = self.broker.start(spawn)
        self.started.append(self.broker_process)
        wait_for(self.broker.ready, "the broker")

    def kill_broker(self) -> None:
        """It keeps nothing on a disk, so all it held is lost; another takes its place."""
        kill(self.broker_process)
        self.start_broker()

    def kill_database(self) -> None:
        """SIGKILL, and then what its log gives back."""
        self.cluster.kill()
        self.cluster.up()

    def flush_broker(self) -> None:
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(str(self.broker.socket))
            link.sendall(b"FLUSHALL\r\n")
            assert link.recv(16).startswith(b"+OK")

    def sql(self, statement: str, *params) -> list[tuple]:
        """As the database's superuser, past all walls."""
        host = self.cluster.socket
        with psycopg2.connect(host=str(host), user="postgres", dbname="zhanggui") as link, link.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else []


def kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def rig():
    folder = short_folder()
    with durable_cluster() as cluster:
        here = Rig(cluster, Valkey(folder / "valkey", folder, durable=False), folder)
        try:
            here.start_broker()
            yield here
        finally:
            for process in here.started:
                if process.poll() is None:
                    kill(process)
            shutil.rmtree(folder, ignore_errors=True)


def history(path: Path) -> list[dict]:
    """What a client wrote down: each thing it did, and what it was told."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def until(condition, *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False
