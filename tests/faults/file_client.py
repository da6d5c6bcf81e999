"""A client that brings in a file of products, asks for what was rejected and for an export, and notes what it sent.

python -m tests.faults.file_client import HISTORY ROWS
python -m tests.faults.file_client rejected HISTORY
python -m tests.faults.file_client export HISTORY
"""

import csv
import io
import json
import sys

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.http import QueryDict  # noqa: E402

from catalog.filters import ProductFilter  # noqa: E402
from config.kernel import clock, scope  # noqa: E402
from config.kernel.actors import machine  # noqa: E402
from merchants.accounts.models import Merchant  # noqa: E402
from merchants.desk import selectors  # noqa: E402
from merchants.desk.models import ImportRun  # noqa: E402
from merchants.desk.services import exports, file_imports  # noqa: E402
from merchants.marketplace.models import Category, SalesChannel  # noqa: E402

HEADINGS = ["SKU", "Title", "Category", "Price", "Channel"]
EVERY = 50  # of so many lines two are wrong
BY = machine("system")


def line(number: int) -> tuple[list[str], bool]:
    """The cells of a line, and whether they are wrong."""
    cells = [f"K-{number}", f"Kettle {number}, “large”", "things", f"{number % 90 + 1}.50", "web"]
    if number % EVERY == 7:
        cells[1] = ""
    if number % EVERY == 31:
        cells[2] = "nowhere"
    return cells, number % EVERY in (7, 31)


def bring_in(history: str, rows: str) -> None:
    Category.objects.add_root(instance=Category(code="things", name="Things"))
    SalesChannel.objects.create(code="web", name="Web", currency="EUR")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    with open(history, "w") as told:
        for number in range(int(rows)):
            cells, is_wrong = line(number)
            writer.writerow(cells)
            told.write(json.dumps({"line": number + 2, "cells": cells, "wrong": is_wrong}) + "\n")
    with scope.acting_for(acme()):
        sent = SimpleUploadedFile("kettles.csv", out.getvalue().encode())
        received = file_imports.receive(sent, merchant=acme())
        run = file_imports.open_draft(kind="catalog.products", received=received, by=BY, now=clock.now())
        file_imports.start(run=run, dry=False, by=BY, now=clock.now())


def rejected(history: str) -> None:
    """The file with what was rejected, as the page hands it out."""
    with scope.acting_for(acme()), open(history, "w") as told:
        run = ImportRun.objects.select_related("merchant").get()
        told.writelines(json.dumps(row) + "\n" for row in selectors.rejected_table(run))


def export(history: str) -> None:
    with scope.acting_for(acme()), open(history, "w") as told:
        job = exports.queue(
            "catalog.export_products", query=QueryDict(), filterset=ProductFilter, by=BY, now=clock.now()
        )
        told.write(json.dumps({"job": str(job.public_id)}) + "\n")


def acme() -> Merchant:
    values = {"name": "Acme", "currency": "EUR", "timezone": "UTC", "language": "en", "joined_at": clock.now()}
    return Merchant.objects.get_or_create(slug="acme", defaults=values)[0]


if __name__ == "__main__":
    {"import": bring_in, "rejected": rejected, "export": export}[sys.argv[1]](*sys.argv[2:])
