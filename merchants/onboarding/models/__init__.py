from merchants.onboarding.models.shops import Shop

__all__ = ["Shop"]
