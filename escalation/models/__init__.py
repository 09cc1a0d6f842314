"""Promises in danger: escalation paths and what climbs them, who works when, and what is handed over.

Beside them what must not become an escalation: commercial questions, waits for a fix, booked weekends.
"""

from escalation.models.booking import Booking, BookingState
from escalation.models.coverage import CrewKind, TeamHours, Turn
from escalation.models.development import Development
from escalation.models.escalation import Escalation, State, Step
from escalation.models.handoff import OPEN_STATES, Baton, Handoff, HandoffState
from escalation.models.path import Tier
from escalation.models.question import CommercialQuestion, QuestionLine, QuestionState, QuestionTopic

__all__ = [
    "OPEN_STATES",
    "Baton",
    "Booking",
    "BookingState",
    "CommercialQuestion",
    "CrewKind",
    "Development",
    "Escalation",
    "Handoff",
    "HandoffState",
    "QuestionLine",
    "QuestionState",
    "QuestionTopic",
    "State",
    "Step",
    "TeamHours",
    "Tier",
    "Turn",
]
