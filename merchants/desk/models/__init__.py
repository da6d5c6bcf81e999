from merchants.desk.models.changes import Change, ChangeEffect
from merchants.desk.models.duties import Duty, DutyRun
from merchants.desk.models.imports import ImportEffect, ImportFinding, ImportMapping, ImportRun, RejectedLine
from merchants.desk.models.jobs import Job
from merchants.desk.models.notifications import MailChoice, Notification
from merchants.desk.models.views import SavedView
from merchants.desk.models.work_items import WorkItem

__all__ = [
    "Change", "ChangeEffect", "Duty", "DutyRun", "ImportEffect", "ImportFinding", "ImportMapping", "ImportRun", "Job",
    "MailChoice", "Notification", "RejectedLine", "SavedView", "WorkItem",
]  # fmt: skip
