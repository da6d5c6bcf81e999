"""Long work of the desk itself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as __

from config.kernel.jobs import Run, job
from merchants.accounts.permissions import Permission
from merchants.desk.services import changes, taking_in
from merchants.desk.services.changes import CARRY_OUT
from merchants.desk.services.file_imports import TAKE_IN


@job(TAKE_IN, label=__("Import of a file"), needs=Permission.JOBS_VIEW)
def take_in_file(run: Run) -> Iterator[None]:
    yield from taking_in.take_in(run)


@job(CARRY_OUT, label=__("Change of many rows"), needs=Permission.WORK_VIEW)
def carry_out(run: Run) -> Iterator[None]:
    yield from changes.carry_out(run)
