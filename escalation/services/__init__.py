"""Writing promises in danger: one function a use case, each one transaction that locks its ticket first."""

from escalation.services.answering import acknowledge, mark_not_satisfied, resolve
from escalation.services.automatic import escalate_missed
from escalation.services.batons import follow, follow_terms
from escalation.services.bookings import (
    BookingWish,
    confirm_booking,
    decline_booking,
    request_booking,
    withdraw_booking,
)
from escalation.services.climbing import sweep
from escalation.services.development import (
    FollowUp,
    follow_development,
    follow_priorities,
    follow_up_development,
    sweep_follow_ups,
)
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
    "BookingWish",
    "Brief",
    "FollowUp",
    "QuestionWords",
    "TierDetails",
    "acknowledge",
    "answer_client",
    "ask_account_executive",
    "ask_again",
    "close_question",
    "confirm_booking",
    "decline_booking",
    "escalate_missed",
    "follow",
    "follow_development",
    "follow_priorities",
    "follow_terms",
    "follow_up_development",
    "give_by_turn",
    "mark_not_satisfied",
    "raise_escalation",
    "request_booking",
    "resolve",
    "route",
    "send_back",
    "set_default_path",
    "set_path",
    "set_team_hours",
    "sweep",
    "sweep_absences",
    "sweep_follow_ups",
    "sweep_handoffs",
    "take_over",
    "withdraw_booking",
    "write_brief",
]
