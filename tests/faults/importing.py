"""The import as its user starts it: a process of its own, on a database of its own, that can be killed and measured."""

import os
import subprocess
import sys
from pathlib import Path

from config.embedded import ROOT

# the command with small portions, so that a small source has many of them
SMALL_PORTIONS = """
import django; django.setup()
from django.core.management import call_command
from analytics.services.imports import staging
from analytics.services.imports.olist import batches
staging.AT_ONCE, batches.ORDERS_AT_ONCE = 250, {portion}
import sys
from django.core.management.base import CommandError
try:
    call_command("import_marketplace", "{kind}", sys.argv[1])
except CommandError as refusal:
    sys.exit(str(refusal))
# of this program alone: a child's ru_maxrss begins with what its parent held when it forked
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")), end="")
"""


def start(source: Path, database_url: str, *, portion: int, kind: str = "olist") -> subprocess.Popen:
    environment = os.environ | {
        "DATABASE_URL": database_url, "REDIS_URL": "redis://unused", "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    environment.pop("OWNER_DATABASE_URL", None)
    code = SMALL_PORTIONS.format(portion=portion, kind=kind)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(source)], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def wait_until_said(process: subprocess.Popen, beginning: str) -> None:
    """Until a line begins so; what was said before is lost."""
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith(beginning):
            return
    raise AssertionError("".join(said) + process.stderr.read())


def peak_of(said: str) -> int:
    """The resident memory at its highest, in MiB."""
    (line,) = (line for line in said.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def finish(process: subprocess.Popen) -> tuple[int, str]:
    """The exit code and all that was said."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out + err
