"""What the desk announces."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class JobEvent(Event):
    name = "desk.job"
    job_id: str
    kind: str

    @property
    def about(self):
        return f"job:{self.job_id}"


@dataclass(frozen=True, kw_only=True)
class JobQueued(JobEvent):
    name = "desk.job.queued"


@dataclass(frozen=True, kw_only=True)
class JobStopAsked(JobEvent):
    name = "desk.job.stop_asked"


@dataclass(frozen=True, kw_only=True)
class JobResumed(JobEvent):
    name = "desk.job.resumed"


@dataclass(frozen=True, kw_only=True)
class JobEnded(JobEvent):
    """`status` is stopped, completed, failed or parked."""

    name = "desk.job.ended"
    status: str
    done: int
    errors: int


@dataclass(frozen=True, kw_only=True)
class JobExpired(JobEvent):
    """Its row is gone, and so is its file."""

    name = "desk.job.expired"


@dataclass(frozen=True, kw_only=True)
class DutyEvent(Event):
    name = "desk.duty"
    duty: str

    @property
    def about(self):
        return f"duty:{self.duty}"


@dataclass(frozen=True, kw_only=True)
class DutyPaused(DutyEvent):
    name = "desk.duty.paused"


@dataclass(frozen=True, kw_only=True)
class DutyResumed(DutyEvent):
    name = "desk.duty.resumed"


@dataclass(frozen=True, kw_only=True)
class DutyAskedFor(DutyEvent):
    name = "desk.duty.asked_for"


@dataclass(frozen=True, kw_only=True)
class DutyCadenceChanged(DutyEvent):
    """Both in seconds."""

    name = "desk.duty.cadence_changed"
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class WorkItemEvent(Event):
    name = "desk.work_item"
    item_id: str
    kind: str

    @property
    def about(self):
        return f"work-item:{self.item_id}"


@dataclass(frozen=True, kw_only=True)
class WorkItemOpened(WorkItemEvent):
    name = "desk.work_item.opened"
    concerns: str


@dataclass(frozen=True, kw_only=True)
class WorkItemAssigned(WorkItemEvent):
    """`user_id` is None when nobody has it any more."""

    name = "desk.work_item.assigned"
    user_id: int | None


@dataclass(frozen=True, kw_only=True)
class WorkItemClosed(WorkItemEvent):
    name = "desk.work_item.closed"
    why: str


@dataclass(frozen=True, kw_only=True)
class WorkItemReopened(WorkItemEvent):
    """Whoever closed it took that back."""

    name = "desk.work_item.reopened"


@dataclass(frozen=True, kw_only=True)
class ImportEvent(Event):
    name = "desk.import"
    import_id: str
    kind: str

    @property
    def about(self):
        return f"import:{self.import_id}"


@dataclass(frozen=True, kw_only=True)
class ImportFileReceived(ImportEvent):
    name = "desk.import.file_received"
    lines: int


@dataclass(frozen=True, kw_only=True)
class ImportColumnsChosen(ImportEvent):
    name = "desk.import.columns_chosen"
    columns: list[str]


@dataclass(frozen=True, kw_only=True)
class ImportStarted(ImportEvent):
    """`step` is check, take or undo."""

    name = "desk.import.started"
    step: str


@dataclass(frozen=True, kw_only=True)
class ImportEnded(ImportEvent):
    """`status` is checked, completed, refused or undone; numbers are lines."""

    name = "desk.import.ended"
    status: str
    created: int
    changed: int
    unchanged: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class ImportForgotten(ImportEvent):
    """What was needed to repair and undo it is gone."""

    name = "desk.import.forgotten"


@dataclass(frozen=True, kw_only=True)
class ViewEvent(Event):
    """Of a saved view of the list `page`; its name and what it looks for are not told."""

    name = "desk.view"
    view_id: str
    page: str

    @property
    def about(self):
        return f"view:{self.view_id}"


@dataclass(frozen=True, kw_only=True)
class ViewSaved(ViewEvent):
    name = "desk.view.saved"
    is_shared: bool


@dataclass(frozen=True, kw_only=True)
class ViewChanged(ViewEvent):
    name = "desk.view.changed"
    is_shared: bool
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ViewRemoved(ViewEvent):
    name = "desk.view.removed"


@dataclass(frozen=True, kw_only=True)
class ChangeEvent(Event):
    """Of an act on many rows at once; what became of each is told by its own facts."""

    name = "desk.change"
    change_id: str
    kind: str

    @property
    def about(self):
        return f"change:{self.change_id}"


@dataclass(frozen=True, kw_only=True)
class ChangePrepared(ChangeEvent):
    """Nothing was done yet."""

    name = "desk.change.prepared"


@dataclass(frozen=True, kw_only=True)
class ChangeStarted(ChangeEvent):
    """It is done, or undone, by a job."""

    name = "desk.change.started"
    rows: int


@dataclass(frozen=True, kw_only=True)
class ChangeApplied(ChangeEvent):
    """Numbers of things."""

    name = "desk.change.applied"
    changed: int
    kept: int


@dataclass(frozen=True, kw_only=True)
class ChangeUndone(ChangeEvent):
    name = "desk.change.undone"
    undone: int
    kept: int


@dataclass(frozen=True, kw_only=True)
class ChangeForgotten(ChangeEvent):
    """What was needed to undo it is gone."""

    name = "desk.change.forgotten"
