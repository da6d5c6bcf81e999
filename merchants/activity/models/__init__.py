from merchants.activity.models.facts import DomainEvent

__all__ = ["DomainEvent"]
