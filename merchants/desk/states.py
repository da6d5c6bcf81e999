"""What can happen to an import run, a job, a change, a duty and a letter, and what an import can find in a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.kernel.flow import Flow


class ImportStatus(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    REFUSED = "refused", _("Refused as a whole")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")

    @classmethod
    def going(cls) -> list[str]:
        return [each.value for each in (cls.DRAFT, cls.CHECKING, cls.CHECKED, cls.RUNNING, cls.UNDOING)]


class ImportPolicy(models.TextChoices):
    """What lines that are wrong mean for the others."""

    REJECT_ROWS = "reject_rows", _("Take in the good lines, give back the others")
    REJECT_FILE = "reject_file", _("Take in nothing unless every line is good")


class FindingKind(models.TextChoices):
    REJECTED = "rejected", _("Rejected")
    NORMALISED = "normalised", _("Normalized")
    ACCEPTED = "accepted", _("Accepted with a finding")


_I = ImportStatus
IMPORT_FLOW = Flow(
    "import",
    {
        _I.DRAFT: frozenset({_I.CHECKING, _I.RUNNING}),
        _I.CHECKING: frozenset({_I.CHECKED}),
        _I.CHECKED: frozenset({_I.CHECKING, _I.RUNNING}),
        _I.RUNNING: frozenset({_I.COMPLETED, _I.REFUSED, _I.FAILED}),
        _I.COMPLETED: frozenset({_I.UNDOING}),
        _I.REFUSED: frozenset({_I.CHECKING, _I.RUNNING}),
        _I.UNDOING: frozenset({_I.UNDONE}),
    },
)


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    STOPPING = "stopping", _("Stopping")
    STOPPED = "stopped", _("Stopped")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    PARKED = "parked", _("Parked")

    @classmethod
    def going(cls) -> list[str]:
        """Those of a job that a worker has yet to end."""
        return [cls.QUEUED.value, cls.RUNNING.value, cls.STOPPING.value]


JOB_FLOW = Flow(
    "job",
    {
        JobStatus.QUEUED: frozenset({JobStatus.RUNNING, JobStatus.STOPPED, JobStatus.FAILED}),
        JobStatus.RUNNING: frozenset(
            {JobStatus.STOPPING, JobStatus.STOPPED, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.PARKED}
        ),
        JobStatus.STOPPING: frozenset({JobStatus.STOPPED, JobStatus.COMPLETED, JobStatus.FAILED}),
        JobStatus.STOPPED: frozenset({JobStatus.QUEUED}),
        JobStatus.FAILED: frozenset({JobStatus.QUEUED}),
        JobStatus.PARKED: frozenset({JobStatus.QUEUED}),
    },
)


class ChangeStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("change", "Not done yet")
    RUNNING = "running", _("Running")
    APPLIED = "applied", pgettext_lazy("change", "Done")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


CHANGE_FLOW = Flow(
    "change",
    {
        ChangeStatus.DRAFT: frozenset({ChangeStatus.RUNNING}),
        ChangeStatus.RUNNING: frozenset({ChangeStatus.APPLIED}),
        ChangeStatus.APPLIED: frozenset({ChangeStatus.UNDOING}),
        ChangeStatus.UNDOING: frozenset({ChangeStatus.UNDONE}),
    },
)


class DutyOutcome(models.TextChoices):
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Mail(models.TextChoices):
    """What became of a letter."""

    NOT_WANTED = "not_wanted", _("Not wanted")
    DUE = "due", _("To be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
