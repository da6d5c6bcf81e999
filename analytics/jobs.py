"""Long work of analytics."""

import time
from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as __

from analytics.services.imports import summary
from analytics.services.imports.progress import Progress
from analytics.services.imports.sources import SOURCES
from config.kernel.errors import DomainError
from config.kernel.jobs import Run, job
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import Permission
from merchants.desk.services.files import path_of

IMPORT = "analytics.import_marketplace"


@job(IMPORT, label=__("Import of a marketplace"), needs=Permission.IMPORTS_VIEW, keeps_its_turn=True)
def import_marketplace(run: Run) -> Iterator[None]:
    """From the beginning each time it is taken up: what was committed stays, and costs little to find again."""
    told = run.arguments
    path = path_of(told["file"], merchant=Merchant.objects.get(slug=Merchant.PLATFORM))
    progress = Progress(run.report.append, time.monotonic)
    kind = SOURCES[told["source"]]
    taking = kind(path, told["within"], told["owner_email"], run.by, progress, run.now, told["label"])
    run.report, run.done = [], 0
    progress.say = run.report.append
    try:
        for _step in taking.steps():
            run.checkpoint, run.done = {"at": progress.what}, max(run.done, progress.rows)
            yield
    except DomainError as refusal:
        run.failure = refusal.message
        return
    run.report = list(summary.lines(taking.run.report, currency=kind.currency))
    transaction.on_commit(partial(path.unlink, missing_ok=True))
