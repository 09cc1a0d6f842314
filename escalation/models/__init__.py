"""Promises in danger: escalation paths and what climbs them, who works when, and what is handed over."""

from escalation.models.coverage import CrewKind, TeamHours, Turn
from escalation.models.escalation import Escalation, State, Step
from escalation.models.handoff import OPEN_STATES, Baton, Handoff, HandoffState
from escalation.models.path import Tier

__all__ = [
    "OPEN_STATES",
    "Baton",
    "CrewKind",
    "Escalation",
    "Handoff",
    "HandoffState",
    "State",
    "Step",
    "TeamHours",
    "Tier",
    "Turn",
]
