from pricing.models.prices import Price

__all__ = ["Price"]
