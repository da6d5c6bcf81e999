"""Import Olist: read, judge, take over, reconcile."""

import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from analytics.errors import ImportUnderWay, OwnerUnknown
from analytics.services.imports import files, staging
from analytics.services.imports.files import File
from analytics.services.imports.olist import judge, reconciliation, tables
from analytics.services.imports.olist.tables import SOURCE
from analytics.services.imports.olist.takeover import TakeOver
from analytics.services.imports.progress import Progress
from analytics.services.imports.tables import Table
from config.kernel import scope
from config.kernel.actors import machine
from merchants.accounts.models import Merchant, User
from merchants.accounts.services import merchants
from merchants.desk.models import ImportRun
from merchants.desk.services import imports

ACTOR = machine(f"import:{SOURCE}")
PATIENCE = 15  # seconds; a killed import's connection lets go of the lock within a few


def import_olist(
    *, path: Path, within: str = "", owner_email: str = "", say: Callable[[str], None], now: datetime
) -> ImportRun:
    """Take over what is not here yet, and return the completed run with its report.

    Nothing is written before all files were read. Raises the errors of analytics, all of them before the first write.
    """
    with scope.writing_for_many(because="a marketplace import writes the rows of all its merchants"):
        owner = _owner(owner_email) if owner_email else None
        wanted = {table.name: table.file for table in tables.ALL}
        with files.found(path, tables=wanted, within=within) as found, _alone():
            judge.require_parents(set(found))
            platform = merchants.platform(now=now)
            begun = time.monotonic()
            run = imports.begin(platform=platform, source=SOURCE, label=f"{path} {within}".strip(), by=ACTOR, now=now)
            try:
                report = _work(found, platform, owner, Progress(say, time.monotonic), now)
            except (Exception, KeyboardInterrupt) as fault:
                _fail(run, fault, _later(now, begun))
                raise
            _keep_findings(run)
            return imports.complete(run=run, report=report, now=_later(now, begun))


def _later(now: datetime, begun: float) -> datetime:
    return now + timedelta(seconds=time.monotonic() - begun)


def _work(found: dict[str, File], platform: Merchant, owner: User | None, progress: Progress, now: datetime) -> dict:
    staging.prepare(tables.ALL)
    read = {table.name: _read(table, found[table.name], progress) for table in tables.ALL if table.name in found}
    if "orders" in read and "items" not in read:
        progress.say("there is no table of items: all orders stay with the platform, without lines and merchants")
    sums = reconciliation.source_sums()
    progress.start("judging", 0)
    judge.judge()
    progress.end(sum(read.values()))
    taking = TakeOver(platform, owner, ACTOR, now, progress)
    taking.run()
    return reconciliation.report(read=read, sums=sums, new=taking.new, areas_known=taking.areas_known)


def _read(table: staging.SourceTable, file: File, progress: Progress) -> int:
    progress.start(f"reading {table.name}", file.size)
    with file.open() as stream:
        source = Table(file, stream, table.columns)
        read = staging.fill(table, lines=source.lines(), each=lambda number: progress.at(source.bytes_read, number))
    progress.end(read)
    return read


def _owner(email: str) -> User:
    """Raises OwnerUnknown."""
    email = User.normal_email(email)
    if owner := User.objects.filter(email=email).first():
        return owner
    raise OwnerUnknown(
        _("Nobody has the address %(email)s yet. Make the person first: a shop's owner adds them to its staff, or "
          "`manage.py create_platform_admin %(email)s` makes them an admin of the platform.") % {"email": email}
    )  # fmt: skip


@contextmanager
def _alone():
    """One import of a source at a time. Raises ImportUnderWay."""
    # a query of a killed import ends within a second of the client's death, and with it the lock
    staging.run("SET client_connection_check_interval = '1s'")
    lock, end = "hashtextextended('import of ' || %s, 0)", time.monotonic() + PATIENCE
    while not staging.rows(f"SELECT pg_try_advisory_lock({lock})", given=[SOURCE])[0][0]:
        if time.monotonic() > end:
            raise ImportUnderWay(_("Another import of this source is under way. Wait until it has ended."))
        time.sleep(0.5)
    try:
        yield
    finally:
        if connection.is_usable():
            staging.run(f"SELECT pg_advisory_unlock({lock})", given=[SOURCE])


def _keep_findings(run: ImportRun) -> None:
    last = 0
    while found := staging.findings(after=last):
        last = found[-1][0]
        imports.add_findings(run=run, findings=(finding for _place, finding in found))


def _fail(run: ImportRun, fault: Exception, now: datetime) -> None:
    """As far as the database still answers; the next run says so otherwise."""
    if not connection.is_usable():
        connection.close()
        return
    with suppress(DatabaseError):  # a full disk takes nothing more
        imports.fail(run=run, failure=str(fault)[:2_000] or type(fault).__name__, now=now)
