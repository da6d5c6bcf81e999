"""A merchant's shops, and when they sell nothing."""

from merchants.onboarding.models.closures import Suspension, Vacation
from merchants.onboarding.models.shops import Shop

__all__ = ["Shop", "Suspension", "Vacation"]
