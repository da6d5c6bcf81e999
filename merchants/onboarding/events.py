"""What onboarding announces."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SuspensionEvent(Event):
    name = "onboarding.merchant"
    merchant_id: str

    @property
    def about(self):
        return f"merchant:{self.merchant_id}"


@dataclass(frozen=True, kw_only=True)
class SellingSuspended(SuspensionEvent):
    name = "onboarding.merchant.suspended"
    reason: str


@dataclass(frozen=True, kw_only=True)
class SellingResumed(SuspensionEvent):
    name = "onboarding.merchant.reinstated"


@dataclass(frozen=True, kw_only=True)
class VacationEvent(Event):
    """Both days belong to it."""

    name = "onboarding.vacation"
    vacation_id: str
    first_on: str
    last_on: str

    @property
    def about(self):
        return f"vacation:{self.vacation_id}"


@dataclass(frozen=True, kw_only=True)
class VacationAnnounced(VacationEvent):
    name = "onboarding.vacation.planned"


@dataclass(frozen=True, kw_only=True)
class VacationEnded(VacationEvent):
    """Before its time, or before it began."""

    name = "onboarding.vacation.ended"
