"""A database and a broker of one command's own: fresh, durable, gone when it ends, and nobody's data in them."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import processes
from config.embedded.postgres import OWNER, Postgres
from config.embedded.servers import wait_for
from config.embedded.valkey import Valkey


def spawn(command, **more) -> subprocess.Popen:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, start_new_session=True, **quiet, **more)


def short_folder() -> Path:
    """A new folder whose sockets have addresses that are short enough, and that the server's account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="zhanggui-"))
    folder.chmod(0o711)
    return folder


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Both of them, without a table yet: their addresses, and the other settings of whoever works on them."""
    here = short_folder()
    database, broker = Postgres(here / "postgres", here), Valkey(here / "valkey", here, durable=False)
    children: dict[str, processes.Child] = {}
    try:
        for name, server in {"broker": broker, "database": database}.items():
            children[name] = processes.child(server.start(spawn).pid)
        for server in (broker, database):
            wait_for(server.ready, f"a {type(server).__name__} of its own")
        database.ensure_database()
        yield _settings(here) | {
            "DATABASE_URL": database.url(), "OWNER_DATABASE_URL": database.url(login=OWNER), "REDIS_URL": broker.url(),
        }  # fmt: skip
    finally:
        processes.stop(children)
        for folder in (database.data.resolve(), here):  # as root the data may lie elsewhere
            shutil.rmtree(folder, ignore_errors=True)


def _settings(here: Path) -> dict[str, str]:
    """With keys for once; CACHE_URL would lead to somebody's cache, DEBUG would keep every statement in memory."""
    keys = {name: secrets.token_urlsafe(48) for name in ("SECRET_KEY", "SEAL_KEY")}
    places = {"MEDIA_ROOT": str(here / "media"), "RUN_DIR": str(here), "EMAIL_URL": f"file:{here / 'mail'}"}
    plain = {"CACHE_URL": "", "DEBUG": "", "DEMO": "", "LOG_FORMAT": "text", "LOG_LEVEL": "WARNING"}
    return keys | {"DATA_KEY": f"1:{secrets.token_urlsafe(32)}"} | places | plain
