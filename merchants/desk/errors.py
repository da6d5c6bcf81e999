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


class ClosesItself(DomainError):
    code = "work_item_closes_itself"


class DiskFull(DomainError):
    code = "disk_full"
    status = 507
