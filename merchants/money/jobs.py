"""Long work on the books."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as __

from config.kernel.jobs import Run, job
from merchants.accounts.permissions import Permission
from merchants.money.services import statements

AT_ONCE = 100  # merchants of a step


@job(statements.CLOSING, label=__("Closing of statements"), needs=Permission.PLATFORM_VIEW)
def close_statements(run: Run) -> Iterator[None]:
    """Until nothing is due, or all that is belongs to merchants whose books are being written."""
    while closed := statements.close_due(most=AT_ONCE, by=run.by, now=run.now):
        run.done += closed
        run.result = {"statements": run.done}
        yield
