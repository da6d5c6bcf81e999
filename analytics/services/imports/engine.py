"""What every import of a marketplace does: one at a time, all read before the first write, a run with a report."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from analytics.errors import ImportUnderWay, NotReconciled, OwnerUnknown
from analytics.services.imports import staging
from analytics.services.imports.files import File
from analytics.services.imports.progress import Progress
from analytics.services.imports.staging import SourceTable
from analytics.services.imports.tables import opened
from config.kernel import scope
from config.kernel.actors import Actor, machine
from merchants.accounts.models import Merchant, User
from merchants.accounts.services import merchants
from merchants.desk.models import ImportRun
from merchants.desk.services import imports

PATIENCE = 15  # seconds; a killed import's connection lets go of the lock within a few


@dataclass
class MarketplaceImport(ABC):
    """One run over a source, in steps that a command does in a row and a job one by one.

    Everything is read before the first row is written; `progress.rows` says how far it is, `run` is the run with its
    report in the end. A source says where its tables are and what is done with them.
    """

    source: ClassVar[str]
    name: ClassVar[str]
    currency: ClassVar[str]

    path: Path
    within: str
    owner_email: str
    by: Actor
    progress: Progress
    now: datetime
    label: str = ""
    run: ImportRun | None = None
    places: list[tuple[str, int, int]] = field(default_factory=list)  # files that were read: after which line, up to

    @abstractmethod
    def found(self) -> AbstractContextManager:
        """The files of the source, open while they are needed. Raises the errors of analytics."""

    @abstractmethod
    def work(self, found, platform: Merchant, owner: User | None) -> Iterator[None]:
        """Read, judge and take over; return the report."""

    def steps(self) -> Iterator[None]:
        """Raises the errors of analytics, all of them but NotReconciled before the first write."""
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
        with self.found() as found, _alone(self.source):
            platform = merchants.platform(now=self.now)
            begun = time.monotonic()
            label = f"{self.label or self.path} {self.within}".strip()
            self.run = imports.begin(platform=platform, source=self.source, label=label, by=self.by, now=self.now)
            yield
            try:
                report = yield from self.work(found, platform, owner)
            except (Exception, KeyboardInterrupt) as fault:
                _fail(self.run, fault, _later(self.now, begun))
                raise
            yield from _keep_findings(self.run)
            self._end(report, _later(self.now, begun))

    def _end(self, report: dict, now: datetime) -> None:
        """Raises NotReconciled."""
        if wrong := [row for row in report["money"] if row["difference_minor"] or row.get("exact") != row.get("here")]:
            fault = NotReconciled(
                _("What stands here is not what the files say: %(sums)s differ. The run's report shows by how much.")
                % {"sums": ", ".join(row["column"] for row in wrong)},
                report=report,
            )
            self.run = imports.fail(run=self.run, failure=fault.message, report=report, now=now)
            raise fault
        self.run = imports.complete(run=self.run, report=report, now=now)

    def read(self, table: SourceTable, files: Sequence[File], *, are_named: bool = False) -> Iterator[None]:
        """Keep the lines of a table's files, one after the other; return how many there were.

        Findings name the table, or the files where these `are_named`.
        """
        self.progress.start(f"reading {table.name}", sum(file.size for file in files))
        read = done = before = 0
        for file in files:
            with opened(file, table.columns) as source:
                called = file.base if are_named else ""
                for more in staging.fill(table, lines=source.lines(), called=called, before=before):
                    read += more
                    self.progress.at(done + source.bytes_read, read)
                    yield
                self.places.append((file.base, before, before + source.number))
                before += source.number
            done += file.size
        self.progress.end(read)
        return read


def take_over(
    kind: type[MarketplaceImport], *, path: Path, within: str = "", owner_email: str = "", say: Callable[[str], None],
    now: datetime,
) -> ImportRun:  # fmt: skip
    """Take over what is not here yet, and return the completed run with its report. Raises what `steps` does."""
    taking = kind(path, within, owner_email, machine(f"import:{kind.source}"), Progress(say, time.monotonic), now)
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
def _alone(source: str):
    """One import of a source at a time. Raises ImportUnderWay."""
    # a query of a killed import ends within a second of the client's death, and with it the lock
    staging.run("SET client_connection_check_interval = '1s'")
    lock, end = "hashtextextended('import of ' || %s, 0)", time.monotonic() + PATIENCE
    while not staging.rows(f"SELECT pg_try_advisory_lock({lock})", given=[source])[0][0]:
        if time.monotonic() > end:
            raise ImportUnderWay(_("Another import of this source is under way. Wait until it has ended."))
        time.sleep(0.5)
    try:
        yield
    finally:
        if connection.is_usable():
            staging.run(f"SELECT pg_advisory_unlock({lock})", given=[source])


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
