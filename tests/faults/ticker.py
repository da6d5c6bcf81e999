"""A scheduler and worker in one, whose clock is told from outside; run by the rig as `python -m tests.faults.ticker`.

For each moment it is sent it looks for what is due and performs it, then says so. There is no broker in between: two
of these stand for two schedulers and two workers that all hear of everything.
"""

import os
import sys
from datetime import datetime, timedelta

import django
from django.db import connection, transaction

django.setup()

from config.kernel import duties, wake  # noqa: E402
from merchants.desk import rules  # noqa: E402
from merchants.desk.models import Duty  # noqa: E402
from merchants.desk.services import duties as services  # noqa: E402

MINUTE = timedelta(minutes=1)
wake._send = lambda *message: None


def perform(key: str):
    def effect(*, now: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect (duty, at) VALUES (%s, %s)", [key, now])

    return effect


def look_then_act(key: str, *, now: datetime) -> None:
    """The planted fault: nothing keeps a second worker out between the look and the act."""
    duty = Duty.objects.get(key=key)
    due_at = rules.due_time(next_due_at=duty.next_due_at, cadence=duty.cadence, now=now)
    if due_at:
        duties.kind(key).perform(now=now)
        with transaction.atomic():
            duty.next_due_at = due_at + duty.cadence
            duty.save(update_fields=["next_due_at"])


def main() -> None:
    act = look_then_act if os.environ.get("PLANTED") else services.perform
    known = {kind.key for kind in duties.kinds()}
    for number, minutes in enumerate(map(int, sys.argv[1:])):
        key = f"tests.duty_{number:03}"
        duties.duty(key, label=key, every=minutes * MINUTE, least=MINUTE, most=100 * MINUTE)(perform(key))
    print("ready", flush=True)
    for line in sys.stdin:
        now = datetime.fromisoformat(line.strip())
        for key in services.tick(now=now):
            if key not in known:
                act(key, now=now)
        print(line.strip(), flush=True)


if __name__ == "__main__":
    main()
