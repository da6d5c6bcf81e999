"""What accounts can refuse."""

from config.kernel.errors import DomainError


class AlreadyMember(DomainError):
    code = "already_member"


class NoLongerMember(DomainError):
    code = "no_longer_member"


class LastOwner(DomainError):
    code = "last_owner"


class SlugTaken(DomainError):
    code = "slug_taken"


class RoleNotOffered(DomainError):
    code = "role_not_offered"
    status = 403


class MailNotSent(DomainError):
    code = "mail_not_sent"
    status = 503


class NotAScope(DomainError):
    code = "not_a_scope"
    status = 403


class AlreadyRevoked(DomainError):
    code = "already_revoked"
