"""A client that asks for jobs and writes down what it was told; run by the rig as `python -m tests.faults.client`."""

import json
import sys

import django

django.setup()

from config.kernel import clock, jobs, scope  # noqa: E402
from config.kernel.actors import machine  # noqa: E402
from merchants.accounts.models import Merchant  # noqa: E402
from merchants.desk.services import jobs as services  # noqa: E402


def main(path: str, kind: str, prefix: str, number: str) -> None:
    jobs.job(kind, label=kind, needs="products:read")(lambda run: iter(()))  # the handler is the worker's
    merchant, _ = Merchant.objects.get_or_create(
        slug="acme", defaults={"name": "Acme", "currency": "EUR", "timezone": "UTC", "joined_at": clock.now()}
    )
    with scope.acting_for(merchant), open(path, "a") as history:
        for key in (f"{prefix}-{count}" for count in range(int(number))):
            arguments = {"key": key, "steps": 3}
            job = services.queue(kind, arguments=arguments, by=machine("system"), now=clock.now())
            told = {"op": "queue", "key": key, "steps": 3, "job": str(job.public_id), "outcome": "ok"}
            history.write(json.dumps(told) + "\n")
            history.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
