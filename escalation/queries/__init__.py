"""Reading promises in danger: paths and escalations, who is on, batons and handoffs, whose turn it is."""

from escalation.queries.bookings import (
    bookable_people,
    booking_for,
    bookings_between,
    bookings_to_decide,
    bookings_visible_to,
    first_bookable,
)
from escalation.queries.briefs import awake_followers, brief_beginning
from escalation.queries.clearance import ClientCover, cover_of_clients
from escalation.queries.coverage import (
    Roster,
    crew_of,
    hours_of,
    house_ring,
    on_for,
    ring_of,
    roster,
    staffing_of,
    teams_on,
    warm_ranks,
)
from escalation.queries.development import (
    development_of,
    development_queue,
    oldest_follow_up_at,
    overdue_developments,
)
from escalation.queries.escalations import (
    escalation_for,
    of_ticket,
    oldest_due_at,
    open_for,
    open_tickets_with_level,
    visible_to,
)
from escalation.queries.facts import facts_of, facts_of_many
from escalation.queries.handoffs import (
    batons_visible_to,
    handoff_for,
    handoffs_of,
    handoffs_visible_to,
    oldest_look_at,
    on_the_board,
    waiting_handoffs,
)
from escalation.queries.path import on_duty, on_duty_of, path_of
from escalation.queries.people import is_away, present_people
from escalation.queries.questions import (
    commercial_question_for,
    questions_visible_to,
    waiting_questions,
)
from escalation.queries.routing import Suggestion, candidates_of, suggestion_for

__all__ = [
    "ClientCover",
    "Roster",
    "Suggestion",
    "awake_followers",
    "batons_visible_to",
    "bookable_people",
    "booking_for",
    "bookings_between",
    "bookings_to_decide",
    "bookings_visible_to",
    "brief_beginning",
    "candidates_of",
    "commercial_question_for",
    "cover_of_clients",
    "crew_of",
    "development_of",
    "development_queue",
    "escalation_for",
    "facts_of",
    "facts_of_many",
    "first_bookable",
    "handoff_for",
    "handoffs_of",
    "handoffs_visible_to",
    "hours_of",
    "house_ring",
    "is_away",
    "of_ticket",
    "oldest_due_at",
    "oldest_follow_up_at",
    "oldest_look_at",
    "on_duty",
    "on_duty_of",
    "on_for",
    "on_the_board",
    "open_for",
    "open_tickets_with_level",
    "overdue_developments",
    "path_of",
    "present_people",
    "questions_visible_to",
    "ring_of",
    "roster",
    "staffing_of",
    "suggestion_for",
    "teams_on",
    "visible_to",
    "waiting_handoffs",
    "waiting_questions",
    "warm_ranks",
]
