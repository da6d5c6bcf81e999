"""Files that a system brings in: sent as the body, read as a job, answered line by line."""

from types import SimpleNamespace

from django.core.exceptions import PermissionDenied

from config.kernel import imports as kinds
from config.kernel import spreadsheets
from config.kernel.api import bodies
from config.kernel.api.idempotency import REPLAYED
from config.kernel.api.lists import Listing
from config.kernel.api.resources import Resource
from config.kernel.errors import DomainError
from merchants.accounts.permissions import Permission
from merchants.desk import selectors
from merchants.desk.api import serializers
from merchants.desk.api.exports import with_files
from merchants.desk.filters import ImportFilter, ImportReading, ImportSending
from merchants.desk.models import ImportRun
from merchants.desk.services import file_imports
from merchants.desk.services.files import path_of
from merchants.desk.services.tables import MOST_BYTES
from merchants.desk.states import ImportPolicy

COUNTS = tuple(serializers.ImportCountsOut().fields)


def shown(rows: list[ImportRun]) -> list[ImportRun]:
    """Give each run what its output says besides."""
    for run in rows:
        headings = run.reading.get("headings", [])
        run.lines, run.first = run.reading.get("lines"), run.repairs and run.repairs.public_id
        run.counts = SimpleNamespace(**{name: run.report.get(name) for name in COUNTS})
        run.read_columns = [
            SimpleNamespace(column=column, heading=headings[number]) for column, number in sorted(run.mapping.items())
            if number < len(headings)
        ]  # fmt: skip
    with_files([run.job for run in rows if run.job])
    return rows


class ImportKinds(Resource):
    """What files may be brought in, and what their columns are called. A key sees the kinds it has the scope of."""

    reads = Permission.JOBS_VIEW
    output = serializers.ImportKindsOut

    def row(self):
        return SimpleNamespace(kinds=[self.told(kind) for kind in kinds.kinds() if self.actor.can(kind.needs)])

    def told(self, kind: kinds.Kind) -> SimpleNamespace:
        columns = [
            SimpleNamespace(
                column=each.key, label=each.field.label, is_required=each.field.required,
                tells_apart=each.key in kind.identity,
            )
            for each in kind.columns(merchant=self.merchant)
        ]  # fmt: skip
        return SimpleNamespace(kind=kind.key, label=kind.label, scope=kind.needs, columns=columns)


class SentFile(Resource, abstract=True):
    """The body is a file, CSV in any common encoding or .xlsx, and `chosen_by` says how it is read."""

    output, answers, item, idempotent, takes_file = serializers.ImportOut, 202, "api:import", True, True
    chosen_by: type[ImportReading] = ImportReading
    pointers = {"file": ""}

    def take_in(self):
        if self.request.method == "POST":
            self.sent = bodies.take_file(self.request, most=MOST_BYTES)
        else:
            super().take_in()

    def post(self, request, **_):
        """It is read before the transaction, for that takes its time; what nobody goes on with is not kept."""
        self.said = self.chosen_by.said_in(request.query_params)
        self.judge()
        received = self.receive()
        response = None
        try:
            response = self.once(lambda: self.begun(received))
        finally:
            is_kept = response is not None and response.status_code == 202 and not response.has_header(REPLAYED)
            if isinstance(received, file_imports.Received) and not is_kept:
                path_of(received.file, merchant=self.merchant).unlink(missing_ok=True)
        return response

    def judge(self) -> None:
        """Refuse what may not be brought in. Raises PermissionDenied."""

    def receive(self) -> file_imports.Received | DomainError:
        """A file that cannot be read is refused under its Idempotency-Key, as all that is refused."""
        self.sent.name = self.said["name"] or "file"
        try:
            return file_imports.receive(self.sent, merchant=self.merchant, encoding=self.said["encoding"])
        except DomainError as refusal:
            return refusal

    def begun(self, received: file_imports.Received | DomainError):
        if isinstance(received, DomainError):
            raise received
        return self.shown(self.create(received), status=self.answers)

    def refuse_parameters(self, query):
        """They say how the file is read, and were looked at."""

    def ready(self, rows):
        return shown(rows)


class Imports(SentFile):
    """Files of a shop, the newest first. To send one, of one kind, is to let a job read it: 202.

    Its headings are the columns of the kind, by name or in words of any of our languages; unknown ones are left out.
    The scope of the kind is needed besides.
    """

    reads = writes = Permission.JOBS_VIEW
    listing = Listing("imports", ("-started_at", "-pk"), ImportFilter)
    chosen_by = ImportSending

    def rows(self):
        return selectors.file_imports(may_see=self.actor.can).select_related("repairs")

    def judge(self):
        self.kind = file_imports.kind_of(self.said["kind"])
        if not self.actor.can(self.kind.needs):
            raise PermissionDenied(self.kind.needs)

    def create(self, received):
        moment = {"by": self.actor, "now": self.now}
        run = file_imports.open_draft(kind=self.kind.key, received=received, **moment)
        policy = ImportPolicy(self.said["policy"] or ImportPolicy.REJECT_ROWS)
        run = file_imports.choose_columns(
            run=run, mapping=run.mapping, constants=run.constants, policy=policy, **moment
        )  # fmt: skip
        return file_imports.start(run=run, dry=bool(self.said["check"]), **moment)


class ImportResource(Resource, abstract=True):
    """About one import, for a key that has the scope of its kind."""

    output, item = serializers.ImportOut, "api:import"

    def load(self, public_id):
        self.run = selectors.file_import(public_id)
        kind = kinds.kind(self.run.kind)
        if kind is None or not self.actor.can(kind.needs):
            raise PermissionDenied(kind.needs if kind else self.run.kind)

    def ready(self, rows):
        return shown(rows)


class OneImport(ImportResource):
    """How far an import has come, and what became of its lines."""

    reads = Permission.JOBS_VIEW

    def row(self):
        return self.run


class ImportFindings(ImportResource):
    """What is wrong with which line."""

    reads = Permission.JOBS_VIEW
    output = serializers.FindingOut
    listing = Listing("import-findings", selectors.PROBLEM_ORDER)

    def rows(self):
        return selectors.problems(self.run)

    def ready(self, rows):
        return rows


class ImportKept(ImportResource):
    """What an undoing left as it was taken in, and why."""

    reads = Permission.JOBS_VIEW
    output = serializers.KeptOut
    listing = Listing("import-kept", ("line", "pk"))

    def rows(self):
        return selectors.kept_effects(self.run)

    def ready(self, rows):
        return rows


class ImportRejected(ImportResource):
    """The lines that were not taken in, as they stood in the file, with what is wrong with each.

    That file, repaired, is what is sent as a repair.
    """

    reads = Permission.JOBS_VIEW
    is_file = True

    def row(self):
        return self.run

    def shown(self, row, *, status):
        return spreadsheets.download(selectors.rejected_table(row), name=f"rejected-{row.public_id}.csv")


class ImportTakingIn(ImportResource):
    """Take in a file that was checked only."""

    writes = Permission.JOBS_VIEW
    answers, idempotent = 202, True

    def create(self, data):
        return file_imports.start(run=self.run, dry=False, by=self.actor, now=self.now)


class ImportUndoing(ImportResource):
    """Reverse what a file brought in, where it still stands as it was taken in."""

    writes = Permission.JOBS_VIEW
    answers, idempotent = 202, True

    def create(self, data):
        return file_imports.undo(run=self.run, by=self.actor, now=self.now)


class ImportRepairs(SentFile, ImportResource):
    """Send the rejected lines of an import again, repaired: 202 and an import of their own."""

    writes = Permission.JOBS_VIEW

    def create(self, received):
        return file_imports.open_repair(repairs=self.run, received=received, by=self.actor, now=self.now)
