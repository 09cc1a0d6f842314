"""The facts this app records, by noun: deliveries of programmes, and what is written for them."""

from proactive.events.occurrences import (
    OccurrenceDelivered,
    OccurrenceEvent,
    OccurrenceHandedOver,
    OccurrenceMissed,
    OccurrencePlanned,
    OccurrenceRequested,
    OccurrenceSkipped,
    OccurrenceStarted,
    OccurrenceWaived,
)
from proactive.events.papers import (
    AssessmentBegun,
    AssessmentPublished,
    FindingDecided,
    FindingSettled,
    FindingTicketed,
    PaperEvent,
)
from proactive.events.reviews import ReviewActionDone, ReviewMinuted, ReviewPublished
from proactive.events.vendors import LicencesPublished, VendorAsked, VendorDecided, VendorMoved, VendorQuoted

__all__ = [
    "AssessmentBegun",
    "AssessmentPublished",
    "FindingDecided",
    "FindingSettled",
    "FindingTicketed",
    "LicencesPublished",
    "OccurrenceDelivered",
    "OccurrenceEvent",
    "OccurrenceHandedOver",
    "OccurrenceMissed",
    "OccurrencePlanned",
    "OccurrenceRequested",
    "OccurrenceSkipped",
    "OccurrenceStarted",
    "OccurrenceWaived",
    "PaperEvent",
    "ReviewActionDone",
    "ReviewMinuted",
    "ReviewPublished",
    "VendorAsked",
    "VendorDecided",
    "VendorMoved",
    "VendorQuoted",
]
