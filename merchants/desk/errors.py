"""What the desk can refuse."""

from config.kernel.errors import DomainError


class JobKindUnknown(DomainError):
    code = "job_kind_unknown"


class CadenceOutOfBounds(DomainError):
    code = "cadence_out_of_bounds"
    status = 422


class DutyIsPaused(DomainError):
    code = "duty_is_paused"


class ItemIsClosed(DomainError):
    code = "work_item_is_closed"


class OpenedAnew(DomainError):
    code = "work_item_opened_anew"


class ClosesItself(DomainError):
    code = "work_item_closes_itself"


class DiskFull(DomainError):
    code = "disk_full"
    status = 507


class FileUnreadable(DomainError):
    code = "file_unreadable"
    status = 422


class FileTooLarge(DomainError):
    code = "file_too_large"
    status = 422


class ColumnsWrong(DomainError):
    """A column that must be chosen was not, or a text for all lines cannot be understood."""

    code = "columns_wrong"
    status = 422


class ImportKindUnknown(DomainError):
    code = "import_kind_unknown"
    status = 422


class FileGone(DomainError):
    code = "file_gone"


class NothingToRepair(DomainError):
    code = "nothing_to_repair"


class NameTaken(DomainError):
    code = "view_name_taken"


class NothingChosen(DomainError):
    code = "nothing_chosen"
    status = 422


class ListChanged(DomainError):
    """There are other rows by now than those that a person saw."""

    code = "list_changed"


class TooLateToUndo(DomainError):
    code = "too_late_to_undo"


class ChangeKindUnknown(DomainError):
    code = "change_kind_unknown"
    status = 422


class TooManyViews(DomainError):
    code = "too_many_views"
