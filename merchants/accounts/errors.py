"""What accounts can refuse."""

from config.kernel.errors import DomainError


class AlreadyMember(DomainError):
    code = "already_member"


class LastOwner(DomainError):
    code = "last_owner"


class SlugTaken(DomainError):
    code = "slug_taken"
