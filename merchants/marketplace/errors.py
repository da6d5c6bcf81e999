"""What the operator's own lists can refuse."""

from config.kernel.errors import DomainError


class CodeTaken(DomainError):
    code = "code_taken"


class NotInThePast(DomainError):
    code = "not_in_the_past"


class RulesOverlap(DomainError):
    code = "rules_overlap"
    status = 422
