"""Reads of imports and jobs, and what is to be read of the desk besides."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from config.kernel import imports as kinds_of_files
from config.kernel.actors import Actor
from config.kernel.subjects import Subject
from merchants.accounts.selectors import names_of
from merchants.desk.models import ImportEffect, ImportFinding, ImportRun, Job, RejectedLine
from merchants.desk.selectors.work import notifications, saved_views, wants_mail, work_item, work_items
from merchants.desk.states import FindingKind, JobStatus

__all__ = ["notifications", "saved_views", "wants_mail", "work_item", "work_items"]

SHOWN_IN_TRAY = 6
MOMENT = timedelta(minutes=5)  # in which one may not have seen yet that a job has ended
READ_AT_ONCE = 2_000  # findings per fetch of a download
REASONS = {
    "ambiguous_time": lambda: _("this hour came twice when the clocks went back; the first one is taken"),
    "amount_out_of_bounds": lambda: _("nobody pays this amount"),
    "amount_unreadable": lambda: _("not an amount"),
    "books_only": lambda: _("of the bookkeeping alone; nothing was done with it"),
    "canceled_yet_delivered": lambda: _("cancelled, but with a delivery date"),
    "charge_of_nothing": lambda: _("a charge of nothing"),
    "child_rejected": lambda: _("one of its lines was rejected"),
    "city_odd": lambda: _("not the name of a city"),
    "code_case": lambda: _("taken for the product whose code differs in capital letters only"),
    "conflicting_key": lambda: _("another line has this key and says something else"),
    "count_unreadable": lambda: _("not a whole number"),
    "country_unknown": lambda: _("not the name of a country; kept as a region"),
    "delivered_before_handed_over": lambda: _("delivered before it was handed over"),
    "delivered_without_a_date": lambda: _("delivered, but nobody says when"),
    "exact_repeat": lambda: _("the same line again; it was kept"),
    "handed_over_before_approved": lambda: _("handed over before it was approved"),
    "key_missing": lambda: _("the key is missing"),
    "key_unreadable": lambda: _("not a key: only letters, digits, dots, dashes and underscores"),
    "key_too_long": lambda: _("the key is too long"),
    "kind_undefined": lambda: _("the kind of payment is not defined"),
    "differs_from_ours": lambda: _("it was taken over earlier and says something else now; ours stays"),
    "kind_unknown": lambda: _("an unknown kind of payment"),
    "line_ragged": lambda: _("more or fewer fields than the header"),
    "measure_unreadable": lambda: _("not a measure; left empty"),
    "missing_category": lambda: _("no category"),
    "missing_parent": lambda: _("points to a row that is not there"),
    "missing_seconds": lambda: _("the seconds are missing"),
    "nonexistent_time": lambda: _("this hour was skipped when the clocks went forward"),
    "parent_rejected": lambda: _("what it belongs to was rejected"),
    "place_unreadable": lambda: _("not a place on earth"),
    "postcode_unpadded": lambda: _("the leading zero is missing"),
    "repeated_line": lambda: _("the same line again"),
    "score_unreadable": lambda: _("not a score from 1 to 5"),
    "sequence_gap": lambda: _("a number in the sequence is missing"),
    "several_moments": lambda: _("its lines were written at several moments"),
    "sign_unexpected": lambda: _("a sale of less than nothing, or a cancellation of more"),
    "status_unknown": lambda: _("an unknown status"),
    "text_too_long": lambda: _("too long; cut off"),
    "time_out_of_bounds": lambda: _("no moment of this marketplace"),
    "time_unreadable": lambda: _("not a date and time"),
    "unmatched_later": lambda: _("takes back what the customer bought only later"),
    "unmatched_never": lambda: _("takes back what the customer never bought in these files"),
    "unmatched_no_customer": lambda: _("takes something back from nobody in particular"),
    "unmatched_other_price": lambda: _("takes back what the customer bought at another price only"),
    "unmatched_used_up": lambda: _("takes back more than is left of what the customer bought earlier"),
    "untranslated_category": lambda: _("the category has no English name"),
}  # fmt: skip


@dataclass(frozen=True)
class FindingCount:
    """How many findings of one sort a run made."""

    table: str
    kind: str
    code: str
    reason: str
    findings: int


def import_runs() -> QuerySet[ImportRun]:
    """The newest first. Read it across merchants, or acting for the platform."""
    return ImportRun.objects.order_by("-started_at", "-pk")


def import_run(*, public_id) -> ImportRun:
    """A run with its report. Raises ImportRun.DoesNotExist."""
    return ImportRun.objects.get(public_id=public_id)


def findings(*, run: ImportRun, kind: str = "", table: str = "", code: str = "") -> QuerySet[ImportFinding]:
    """The findings of a run, of one kind, table or code where given; page them by `FINDING_ORDER`."""
    given = {"kind": kind, "table": table, "code": code}
    return ImportFinding.objects.filter(run=run, **{name: value for name, value in given.items() if value}).order_by(
        *FINDING_ORDER
    )


FINDING_ORDER = ("kind", "table", "line", "pk")


def finding_counts(*, run: ImportRun) -> list[FindingCount]:
    """Each sort of finding with its number, by table."""
    sorts = ImportFinding.objects.filter(run=run).values("table", "kind", "code").annotate(findings=Count("pk"))
    return [FindingCount(reason=reason(each["code"]), **each) for each in sorts.order_by("table", "kind", "code")]


def reason(code: str) -> str:
    """What a finding's code says, in the reader's language."""
    return REASONS[code]() if code in REASONS else code


def finding_table(*, run: ImportRun, kind: str = FindingKind.REJECTED, table: str = "") -> Iterator[list[str]]:
    """The rows of a download, heading first: by default the rejected lines with their reasons.

    Reads a few thousand at a time; consume it in the scope it was made in.
    """
    yield [
        _("Table"), _("Line"), _("Key"), pgettext("import finding", "Kind"), _("Code"), _("Reason"), _("Field"),
        pgettext("import finding", "Old"), pgettext("import finding", "New"),
    ]  # fmt: skip
    for each in findings(run=run, kind=kind, table=table).iterator(READ_AT_ONCE):
        yield [
            each.table, str(each.line), each.key, each.get_kind_display(), each.code, reason(each.code), each.field,
            each.old, each.new,
        ]  # fmt: skip


def jobs() -> QuerySet[Job]:
    """For the list."""
    return Job.objects.defer("arguments", "checkpoint", "report")


def jobs_in_hand(*, of: Actor, now: datetime) -> list[Job]:
    """The few newest jobs of a person that go, and those that ended a moment ago."""
    own = jobs().filter(started_by=of.label).filter(Q(status__in=JobStatus.going()) | Q(ended_at__gte=now - MOMENT))
    return list(own.order_by("-created_at", "-pk")[:SHOWN_IN_TRAY])


def jobs_going() -> list[Job]:
    """The few newest of everybody that go."""
    return list(jobs().filter(status__in=JobStatus.going()).order_by("-created_at", "-pk")[:SHOWN_IN_TRAY])


def with_starters(rows: list[Job]) -> list[Job]:
    """Give each row `who`, the name of whoever started it."""
    names = names_of({job.started_by for job in rows})
    for job in rows:
        job.who = names.get(job.started_by, job.started_by)
    return rows


def job(public_id) -> Job:
    """Raises Http404."""
    found = Job.objects.select_related("merchant").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


# ---------------------------------------------------------------- files brought in
PROBLEM_ORDER = ("line", "pk")
SORTS_SHOWN = 8
LINE, WRONG = gettext_noop("Zhanggui line"), gettext_noop("Zhanggui: what is wrong")


@cache
def headings_of_ours(text: str) -> frozenset[str]:
    """A heading that a file of rejected lines has besides those of its source, in every language."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(_(text))
    return frozenset(found)


def lines_of(headings: Sequence[str]) -> int | None:
    """The place of the column that says which lines of the first file these were."""
    ours = headings_of_ours(LINE)
    return next((place for place, heading in enumerate(headings) if heading in ours), None)


def lines_left(run: ImportRun) -> QuerySet[RejectedLine]:
    """The rejected lines of a run that have not come back repaired, in the order of its file."""
    return RejectedLine.objects.filter(run=run, repaired_at=None).order_by("line")


def file_imports(*, may_see: Callable[[str], bool]) -> QuerySet[ImportRun]:
    """The merchant's files of the kinds that somebody may bring in."""
    kinds = [kind.key for kind in kinds_of_files.kinds() if may_see(kind.needs)]
    return ImportRun.objects.filter(kind__in=kinds).select_related("job")


def file_import(public_id) -> ImportRun:
    """Raises Http404."""
    rows = ImportRun.objects.exclude(kind="").select_related("merchant", "job__merchant", "repairs__merchant")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def problems(run: ImportRun) -> QuerySet[ImportFinding]:
    return ImportFinding.objects.filter(run=run)


def problem_sorts(run: ImportRun) -> list[dict]:
    """The most frequent problems with the numbers of their lines; one fault often repeats all over a file."""
    sorts = problems(run).order_by().values("field", "message").annotate(lines=Count("pk"))
    return [each for each in sorts.order_by("-lines", "field", "message")[:SORTS_SHOWN] if each["lines"] > 1]


def kept_effects(run: ImportRun) -> QuerySet[ImportEffect]:
    """What an undoing left as it is, and why."""
    return ImportEffect.objects.filter(run=run).exclude(kept_because="").order_by("line", "pk")


def rejected_table(run: ImportRun) -> Iterator[list[str]]:
    """The lines of a run that have not come back repaired, with two columns more: their number, what is wrong.

    They are read now, some at a time, each with its problems.
    """
    headings, ours = run.reading.get("headings", []), headings_of_ours(LINE) | headings_of_ours(WRONG)
    places = [place for place, name in enumerate(headings) if name not in ours]
    yield [*(headings[place] for place in places), _(LINE), _(WRONG)]
    after = -1
    while some := list(lines_left(run).filter(line__gt=after)[:READ_AT_ONCE]):
        after = some[-1].line
        found = ImportFinding.objects.filter(run=run, line__gte=some[0].line, line__lte=after).order_by("line", "pk")
        wrong: dict[int, list[str]] = {}
        for finding in found:
            told = f"{finding.field}: {finding.message}" if finding.field else finding.message
            wrong.setdefault(finding.line, []).append(told)
        for row in some:
            cells = json.loads(row.cells)
            kept = [cells[place] if place < len(cells) else "" for place in places]
            yield [*kept, str(_first_line(run, row.line, cells)), " ".join(wrong.get(row.line, []))]


def _first_line(run: ImportRun, line: int, cells: list[str]) -> str | int:
    """The number of the line in the file that was sent first, whichever repair is wrong again."""
    place = lines_of(run.reading["headings"]) if run.repairs_id else None
    return cells[place] if place is not None and place < len(cells) else line


def import_subjects(keys: list[str]) -> dict[str, Subject]:
    """Imports as facts are about them, by their public ids."""
    found = ImportRun.objects.exclude(kind="").filter(public_id__in=keys).select_related("merchant")
    return {str(each.public_id): Subject(each.label, each.get_absolute_url()) for each in found}
