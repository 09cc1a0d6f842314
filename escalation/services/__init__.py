"""Writing promises in danger: one function a use case, each one transaction that locks its ticket first."""

from escalation.services.answering import acknowledge, mark_not_satisfied, resolve
from escalation.services.automatic import escalate_missed
from escalation.services.batons import follow, follow_terms
from escalation.services.climbing import sweep
from escalation.services.handing import Brief, send_back, take_over, write_brief
from escalation.services.passing import sweep_handoffs
from escalation.services.path import TierDetails, set_default_path, set_path
from escalation.services.questions import (
    QuestionWords,
    answer_client,
    ask_account_executive,
    ask_again,
    close_question,
)
from escalation.services.raising import raise_escalation
from escalation.services.routing import give_by_turn, route, sweep_absences
from escalation.services.teams import set_team_hours

__all__ = [
    "Brief",
    "QuestionWords",
    "TierDetails",
    "acknowledge",
    "answer_client",
    "ask_account_executive",
    "ask_again",
    "close_question",
    "escalate_missed",
    "follow",
    "follow_terms",
    "give_by_turn",
    "mark_not_satisfied",
    "raise_escalation",
    "resolve",
    "route",
    "send_back",
    "set_default_path",
    "set_path",
    "set_team_hours",
    "sweep",
    "sweep_absences",
    "sweep_handoffs",
    "take_over",
    "write_brief",
]
