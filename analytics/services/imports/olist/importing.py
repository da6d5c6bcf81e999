"""Import Olist: read, judge, take over, reconcile."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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
from config.kernel.actors import Actor, machine
from merchants.accounts.models import Merchant, User
from merchants.accounts.services import merchants
from merchants.desk.models import ImportRun
from merchants.desk.services import imports

ACTOR = machine(f"import:{SOURCE}")
NO_ITEMS = "there is no table of items: all orders stay with the platform, without lines and merchants"
PATIENCE = 15  # seconds; a killed import's connection lets go of the lock within a few


@dataclass
class OlistImport:
    """One run over a source, in steps that a command does in a row and a job one by one.

    Everything is read before the first row is written; `progress.rows` says how far it is, `run` is the run with its
    report in the end.
    """

    path: Path
    within: str
    owner_email: str
    by: Actor
    progress: Progress
    now: datetime
    label: str = ""
    run: ImportRun | None = None

    def steps(self) -> Iterator[None]:
        """Raises the errors of analytics, all of them before the first write."""
        steps = self._steps()
        try:
            while True:
                with scope.writing_for_many(because="a marketplace import writes the rows of all its merchants"):
                    try:
                        next(steps)
                    except StopIteration:
                        return
                yield  # to somebody who is in another scope
        finally:
            steps.close()

    def _steps(self) -> Iterator[None]:
        owner = _owner(self.owner_email) if self.owner_email else None
        wanted = {table.name: table.file for table in tables.ALL}
        with files.found(self.path, tables=wanted, within=self.within) as found, _alone():
            judge.require_parents(set(found))
            platform = merchants.platform(now=self.now)
            begun = time.monotonic()
            label = f"{self.label or self.path} {self.within}".strip()
            self.run = imports.begin(platform=platform, source=SOURCE, label=label, by=self.by, now=self.now)
            yield
            try:
                report = yield from self._work(found, platform, owner)
            except (Exception, KeyboardInterrupt) as fault:
                _fail(self.run, fault, _later(self.now, begun))
                raise
            yield from _keep_findings(self.run)
            self.run = imports.complete(run=self.run, report=report, now=_later(self.now, begun))

    def _work(self, found: dict[str, File], platform: Merchant, owner: User | None) -> Iterator[None]:
        staging.prepare(tables.ALL)
        yield
        read = {}
        for table in tables.ALL:
            if table.name in found:
                read[table.name] = yield from self._read(table, found[table.name])
        if "orders" in read and "items" not in read:
            self.progress.say(NO_ITEMS)
        sums = reconciliation.source_sums()
        self.progress.start("judging", 0)
        judge.judge()
        self.progress.end(sum(read.values()))
        yield
        taking = TakeOver(platform, owner, self.by, self.now, self.progress)
        yield from taking.steps()
        return reconciliation.report(read=read, sums=sums, new=taking.new, areas_known=taking.areas_known)

    def _read(self, table: staging.SourceTable, file: File) -> Iterator[None]:
        self.progress.start(f"reading {table.name}", file.size)
        read = 0
        with file.open() as stream:
            source = Table(file, stream, table.columns)
            for more in staging.fill(table, lines=source.lines()):
                read += more
                self.progress.at(source.bytes_read, read)
                yield
        self.progress.end(read)
        return read


def import_olist(
    *, path: Path, within: str = "", owner_email: str = "", say: Callable[[str], None], now: datetime
) -> ImportRun:
    """Take over what is not here yet, and return the completed run with its report. Raises what `steps` does."""
    taking = OlistImport(path, within, owner_email, ACTOR, Progress(say, time.monotonic), now)
    for _step in taking.steps():
        pass
    return taking.run


def _later(now: datetime, begun: float) -> datetime:
    return now + timedelta(seconds=time.monotonic() - begun)


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


def _keep_findings(run: ImportRun) -> Iterator[None]:
    last = 0
    while found := staging.findings(after=last):
        last = found[-1][0]
        imports.add_findings(run=run, findings=(finding for _place, finding in found))
        yield


def _fail(run: ImportRun, fault: Exception, now: datetime) -> None:
    """As far as the database still answers; the next run says so otherwise."""
    if not connection.is_usable():
        connection.close()
        return
    with suppress(DatabaseError):  # a full disk takes nothing more
        imports.fail(run=run, failure=str(fault)[:2_000] or type(fault).__name__, now=now)
