"""What onboarding can refuse."""

from config.kernel.errors import DomainError


class MerchantSuspended(DomainError):
    """The platform lets this merchant sell nothing for the time being."""

    code = "merchant_suspended"


class OnVacation(DomainError):
    """The shop takes no orders until its vacation is over."""

    code = "on_vacation"


class NotAVacation(DomainError):
    code = "not_a_vacation"
    status = 422


class VacationPlanned(DomainError):
    """There is one already that is not over."""

    code = "vacation_planned"


class VacationOver(DomainError):
    code = "vacation_over"
