from datetime import date, timedelta
from itertools import count

from config.kernel import clock
from config.kernel.actors import machine
from merchants.onboarding.models import Shop, Suspension, Vacation
from merchants.onboarding.services import suspensions, vacations
from merchants.onboarding.states import SuspensionReason
from tests.factories.accounts import THEN, acting_merchant

numbers = count(1)
BY = machine("system")
EXPLANATION = "Qixreason"


def make_shop(**overrides) -> Shop:
    return Shop.objects.create(**{"name": f"Shop {next(numbers)}", "country": "DE", "opened_at": THEN} | overrides)


def make_suspension(merchant=None, **overrides) -> Suspension:
    """Of the acting merchant, unless another is named."""
    details = {"reason": SuspensionReason.DOCUMENTS, "explanation": EXPLANATION, "by": BY, "now": THEN}
    return suspensions.suspend(merchant=merchant or acting_merchant(), **details | overrides)


def make_vacation(first_on: date | None = None, last_on: date | None = None, **overrides) -> Vacation:
    """Of the acting merchant; days that are far off unless others are given."""
    first_on = first_on or clock.now().date() + timedelta(days=200)
    details = {"first_on": first_on, "last_on": last_on or first_on + timedelta(days=6), "by": BY, "now": THEN}
    return vacations.plan(**details | overrides)
