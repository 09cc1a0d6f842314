"""What happens to promises in danger: escalations, handoffs, questions, follow-ups and bookings."""

from escalation.events.bookings import (
    BookingAsked,
    BookingConfirmed,
    BookingDeclined,
    BookingEvent,
    BookingWithdrawn,
)
from escalation.events.development import (
    DevelopmentEvent,
    DevelopmentFollowedUp,
    FollowUpOverdue,
)
from escalation.events.escalations import (
    EscalationAcknowledged,
    EscalationClimbed,
    EscalationEvent,
    EscalationRaised,
    EscalationResolved,
    EscalationUnanswered,
    PathSet,
)
from escalation.events.handoffs import (
    HandoffAccepted,
    HandoffDeclined,
    HandoffDue,
    HandoffEvent,
    HandoffLapsed,
    HandoffMissed,
    HandoffOffered,
    TeamHoursSet,
)
from escalation.events.questions import (
    QuestionAnswered,
    QuestionAsked,
    QuestionClosed,
    QuestionEvent,
)

__all__ = [
    "BookingAsked",
    "BookingConfirmed",
    "BookingDeclined",
    "BookingEvent",
    "BookingWithdrawn",
    "DevelopmentEvent",
    "DevelopmentFollowedUp",
    "EscalationAcknowledged",
    "EscalationClimbed",
    "EscalationEvent",
    "EscalationRaised",
    "EscalationResolved",
    "EscalationUnanswered",
    "FollowUpOverdue",
    "HandoffAccepted",
    "HandoffDeclined",
    "HandoffDue",
    "HandoffEvent",
    "HandoffLapsed",
    "HandoffMissed",
    "HandoffOffered",
    "PathSet",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionClosed",
    "QuestionEvent",
    "TeamHoursSet",
]
