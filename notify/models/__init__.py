"""The outbox and what hangs on it: deliveries, attempts, endpoints, preferences, notices, dead addresses."""

from notify.models.address import DeadAddress
from notify.models.endpoint import Endpoint
from notify.models.outbox import Attempt, Channel, Delivery, DeliveryQuerySet, Outcome, State
from notify.models.person import Choice, Notice, Preference

__all__ = [
    "Attempt",
    "Channel",
    "Choice",
    "DeadAddress",
    "Delivery",
    "DeliveryQuerySet",
    "Endpoint",
    "Notice",
    "Outcome",
    "Preference",
    "State",
]
