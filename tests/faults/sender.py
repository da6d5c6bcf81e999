"""Somebody who sends a file, and keeps what they were told: a process of its own, run by the rig.

`python -m tests.faults.sender HISTORY products|olist FILE`
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from config.kernel import clock, imports, scope  # noqa: E402
from config.kernel.actors import machine  # noqa: E402
from merchants.accounts.models import Merchant  # noqa: E402
from merchants.accounts.services import merchants  # noqa: E402
from merchants.desk.services import file_imports  # noqa: E402
from merchants.desk.services import imports as histories  # noqa: E402
from tests.factories.accounts import make_merchant  # noqa: E402
from tests.factories.marketplace import usual_category, usual_channel  # noqa: E402

BY = machine("test")


def send_products(sent: SimpleUploadedFile) -> str:
    acme = Merchant.objects.filter(slug="acme").first() or make_merchant(slug="acme", currency="EUR")
    with scope.acting_for(acme):
        usual_category(), usual_channel()
        received = file_imports.receive(sent, merchant=acme)
        run = file_imports.open_draft(kind="catalog.products", received=received, by=BY, now=clock.now())
        run = file_imports.start(run=run, dry=False, by=BY, now=clock.now())
    return str(run.job.public_id)


def send_olist(sent: SimpleUploadedFile) -> str:
    with scope.writing_for_many(because="the platform is made where it is not yet"):
        platform = merchants.platform(now=clock.now())
    (source,) = imports.marketplaces()
    name = histories.receive(sent, platform=platform)
    with scope.acting_for(platform):
        job = histories.ask_for(
            source=source,
            file=name,
            label="history",
            within="",
            owner_email="",
            by=machine("import:olist"),
            now=clock.now(),
        )
    return str(job.public_id)


if __name__ == "__main__":
    history, what, file = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    sent = SimpleUploadedFile(file.name, file.read_bytes())
    job = {"products": send_products, "olist": send_olist}[what](sent)
    history.write_text(json.dumps({"job": job}) + "\n")
