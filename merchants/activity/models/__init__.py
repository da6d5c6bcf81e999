from merchants.activity.models.answers import KeptAnswer
from merchants.activity.models.deliveries import EventDelivery
from merchants.activity.models.facts import DomainEvent
from merchants.activity.models.seals import Seal

__all__ = ["DomainEvent", "EventDelivery", "KeptAnswer", "Seal"]
