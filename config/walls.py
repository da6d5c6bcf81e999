"""Nothing starts on a database login that row-level security does not bind."""

import sys
import time

import django
from django.db import OperationalError, connection

from config.kernel import roles

WHAT_TO_DO = (
    "Run config/embedded/roles.sql in this database as its superuser (psql, with OWNER_PASSWORD and WEB_PASSWORD in "
    "the environment), then set DATABASE_URL to a login as zhanggui_web."
)
PATIENCE = 20  # seconds; a database that was killed is back after a few, and gunicorn gives a worker thirty


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
            faults = roles.check(databases=["default"])
            break
        except OperationalError as error:
            if time.monotonic() > end:
                raise NoDatabase(f"The database in DATABASE_URL does not answer: {error}") from error
            time.sleep(0.2)
        finally:
            connection.close()  # a process that forks next must not share it
    if faults:
        raise UnwalledLogin(" ".join([*(fault.msg for fault in faults), WHAT_TO_DO]))


def require_or_exit() -> None:
    """The same for a process whose starter reads its last line and its exit code."""
    try:
        require()
    except (UnwalledLogin, NoDatabase) as refusal:
        sys.exit(str(refusal))
