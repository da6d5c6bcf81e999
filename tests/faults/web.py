"""The project's web application; run by the rig under gunicorn, with or without a planted fault."""

import os
import time
from functools import partial

from config.wsgi import application

__all__ = ["application"]

from django.db import transaction

from config.kernel.api import idempotency

PLANTED = os.environ.get("PLANTED", "")


class Apart:
    """The planted fault: the answer is kept after the effect has been committed, in a transaction of its own."""

    def __init__(self, store):
        self.find, self.kept = store.find, store.keep

    def keep(self, **answer):
        transaction.on_commit(partial(self.late, answer))

    def late(self, answer):
        time.sleep(0.1)
        self.kept(**answer)


if PLANTED == "answer apart from its effect":
    idempotency.keep_in(Apart(*idempotency._stores))
