"""Nothing starts on a database login that row-level security does not bind."""

import sys
import time
from contextlib import closing

import django
import psycopg2
from django.db import connection

from config.kernel import roles

WHAT_TO_DO = (
    "Run config/embedded/roles.sql in this database as its superuser (psql, with OWNER_PASSWORD and WEB_PASSWORD in "
    "the environment), then set DATABASE_URL to a login as zhanggui_web."
)
PATIENCE = 20  # seconds; a database that was killed is back after a few, and gunicorn gives a worker sixty


class UnwalledLogin(RuntimeError):
    """The login in DATABASE_URL could read or change every merchant's rows."""


class NoDatabase(RuntimeError):
    """The database in DATABASE_URL does not answer."""


def require(*, patience: float = PATIENCE) -> None:
    """Refuse to go on under a login that could get around the walls. Raises UnwalledLogin, NoDatabase."""
    django.setup()
    end = time.monotonic() + patience
    while True:
        try:
            found = faults()
            break
        except psycopg2.OperationalError as error:
            if time.monotonic() > end:
                raise NoDatabase(f"The database in DATABASE_URL does not answer: {error}") from error
            time.sleep(0.2)
    if found:
        raise UnwalledLogin(" ".join([*(f"The database role {fault}." for fault in found), WHAT_TO_DO]))


def faults() -> list[str]:
    """How this login could get out, asked over a connection of its own.

    Django's would first take a role, which a wrong login cannot; and a process that forks next must not share one.
    """
    with closing(connection.get_new_connection(connection.get_connection_params())) as own, own.cursor() as cursor:
        return roles.faults(cursor)


def require_or_exit() -> None:
    """The same for a process whose starter reads its last line and its exit code, whatever goes wrong."""
    try:
        require()
    except Exception as refusal:  # Celery would swallow it and start all the same
        sys.exit(f"{type(refusal).__name__}: {refusal}")
