"""Somebody who sends the history of a marketplace, and keeps what they were told: a process of its own, run by the rig.

`python -m tests.faults.sender HISTORY FILE SOURCE`
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from config.kernel import clock, imports, scope  # noqa: E402
from config.kernel.actors import machine  # noqa: E402
from merchants.accounts.services import merchants  # noqa: E402
from merchants.desk.services import imports as histories  # noqa: E402


def send(sent: SimpleUploadedFile, key: str) -> str:
    with scope.writing_for_many(because="the platform is made where it is not yet"):
        platform = merchants.platform(now=clock.now())
    (source,) = (each for each in imports.marketplaces() if each.key == key)
    name = histories.receive(sent, platform=platform)
    with scope.acting_for(platform):
        job = histories.ask_for(
            source=source,
            file=name,
            label="history",
            within="",
            owner_email="",
            by=machine(f"import:{key}"),
            now=clock.now(),
        )
    return str(job.public_id)


if __name__ == "__main__":
    history, file = Path(sys.argv[1]), Path(sys.argv[2])
    job = send(SimpleUploadedFile(file.name, file.read_bytes()), sys.argv[3])
    history.write_text(json.dumps({"job": job}) + "\n")
