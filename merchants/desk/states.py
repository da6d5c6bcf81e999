"""What can happen to an import run, and what it can find in a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kernel.flow import Flow


class ImportStatus(models.TextChoices):
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")


class FindingKind(models.TextChoices):
    REJECTED = "rejected", _("Rejected")
    NORMALISED = "normalised", _("Normalized")
    ACCEPTED = "accepted", _("Accepted with a finding")


IMPORT_FLOW = Flow("import", {ImportStatus.RUNNING: frozenset({ImportStatus.COMPLETED, ImportStatus.FAILED})})
