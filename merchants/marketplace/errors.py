"""What the operator's own lists can refuse."""

from config.kernel.errors import DomainError


class CodeTaken(DomainError):
    code = "code_taken"
