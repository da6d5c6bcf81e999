"""What analytics can refuse."""

from config.kernel.errors import DomainError


class SourceNotFound(DomainError):
    code = "source_not_found"
    status = 422


class SourceUnreadable(DomainError):
    """A file that is damaged, too large, or not what its name says."""

    code = "source_unreadable"
    status = 422


class SourceAmbiguous(DomainError):
    code = "source_ambiguous"
    status = 422


class SourceIncomplete(DomainError):
    """A file is missing to which another one points, or a column."""

    code = "source_incomplete"
    status = 422


class OwnerUnknown(DomainError):
    code = "owner_unknown"
    status = 422


class NotReconciled(DomainError):
    """What stands here after an import does not come to what its source says; by how much is in `report`."""

    code = "not_reconciled"


class ImportUnderWay(DomainError):
    code = "import_under_way"


class NotADemo(DomainError):
    code = "not_a_demo"


class ClockTooFar(DomainError):
    code = "clock_too_far"
