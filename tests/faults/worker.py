"""The project's Celery application with kinds of jobs whose effects can be counted; run by the rig."""

import os
import time
from contextlib import closing
from datetime import timedelta
from itertools import count
from pathlib import Path
from signal import SIGKILL

import django
import psycopg2
from django.db import connection

django.setup()

from analytics.services.imports import staging  # noqa: E402
from analytics.services.imports.olist import batches  # noqa: E402
from config.celery import app  # noqa: E402
from config.kernel import scope  # noqa: E402
from config.kernel.jobs import job  # noqa: E402
from merchants.accounts.permissions import Permission  # noqa: E402
from merchants.desk.services import exports, running, taking_in  # noqa: E402

__all__ = ["app"]
running.LEASE = timedelta(seconds=int(os.environ.get("LEASE", "2")))
taking_in.AT_ONCE = exports.AT_ONCE = int(os.environ.get("AT_ONCE", "1000"))
staging.AT_ONCE, batches.ORDERS_AT_ONCE = 250, 30
app.conf.beat_schedule = {"duties": {"task": "merchants.desk.tasks.tick", "schedule": 0.5}}
PLANTED = os.environ.get("PLANTED", "")
steps = count(1)
if PLANTED == "nobody counts tries":
    running.MOST_TRIES = 1_000_000
EFFECT = "INSERT INTO effect (job, step) VALUES (%s, %s)"


@job("tests.mark", label="Qixmarking", needs=Permission.PRODUCTS_VIEW)
def mark(run):
    """One row for each step; the planted fault writes it in a transaction of its own."""
    run.total = run.arguments["steps"]
    while run.done < run.total:
        row = [run.arguments["key"], run.done]
        if PLANTED == "effect apart from its checkpoint":
            apart(row)
        else:
            with connection.cursor() as cursor:
                cursor.execute(EFFECT, row)
        time.sleep(0.5 if PLANTED else 0.03)  # long enough to be killed in
        run.done += 1
        yield


@job("tests.deadly", label="Qixdeadly", needs=Permission.PRODUCTS_VIEW)
def deadly(run):
    """Leaves a row for each try, then ends the process it is in."""
    apart([run.arguments["key"], 0])
    os.kill(os.getpid(), SIGKILL)
    yield


def apart(row) -> None:
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as link, link, link.cursor() as cursor:
        cursor.execute("SET ROLE zhanggui_app")
        cursor.execute(EFFECT, row)


def take_after_checkpoint(kind, some, **more):
    """Keep the checkpoint first, as a careless handler would, and only then take the lines in."""
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as link, link, link.cursor() as cursor:
        cursor.execute("SET ROLE zhanggui_app; SELECT set_config('app.merchant', %s, false)", [str(scope.current())])
        cursor.execute(
            "UPDATE desk_job SET checkpoint = jsonb_set(checkpoint, '{line}', %s) WHERE status = 'running'",
            [str(some[-1].number)],
        )
    hold()
    return take(kind, some, **more)


def append_and_hold(*arguments, **more) -> None:
    append(*arguments, **more)
    hold()


def hold() -> None:
    """At the third step, and once in all: say so, and wait to be killed."""
    mark = Path(os.environ["RUN_DIR"], "held")
    if next(steps) == 3 and not mark.exists():
        mark.touch()
        time.sleep(60)


if PLANTED == "checkpoint apart from its rows":
    take, append = taking_in._take, exports._append
    taking_in._take, exports._append, exports.os.truncate = take_after_checkpoint, append_and_hold, lambda *_: None
