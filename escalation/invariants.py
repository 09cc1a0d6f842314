"""What must always hold of escalations; an empty answer is health."""

from __future__ import annotations

from typing import Final

from django.db.models import F, Q

from escalation.models import (
    OPEN_STATES,
    Baton,
    Booking,
    CommercialQuestion,
    Development,
    Escalation,
    Handoff,
    HandoffState,
    QuestionLine,
    State,
)
from events.invariants import Check, named


def escalations_are_of_their_ticket() -> list[str]:
    """Client and contract of an escalation are those of its ticket."""
    elsewhere = Escalation.objects.exclude(client=F("ticket__client"), contract=F("ticket__contract"))
    return named(elsewhere, "is not of its ticket's client and contract")


def states_agree_with_their_moments() -> list[str]:
    """Ended ones say how and when; only those that wait have a time to answer by."""
    ended = Q(state=State.RESOLVED) & (Q(resolved_at__isnull=True) | Q(outcome=""))
    answered = ~Q(state=State.WAITING) & Q(acknowledge_due_at__isnull=False)
    return named(Escalation.objects.filter(ended | answered), "does not agree with its state")


def handoffs_are_of_their_ticket() -> list[str]:
    """Client of a handoff and of a baton is that of its ticket."""
    words = "is not of its ticket's client"
    return [
        *named(Handoff.objects.exclude(client=F("ticket__client")), words),
        *named(Baton.objects.exclude(client=F("ticket__client")), words),
    ]


def handoffs_agree_with_their_moments() -> list[str]:
    """What was answered says by whom, what was missed says when; nothing is taken without a brief."""
    answered = Q(state__in=(HandoffState.ACCEPTED, HandoffState.DECLINED))
    unsaid = answered & (Q(answered_at__isnull=True) | Q(written_at__isnull=True))
    missed = Q(state=HandoffState.MISSED, missed_at__isnull=True)
    return named(Handoff.objects.filter(unsaid | missed), "does not agree with its state")


def open_handoffs_have_a_baton() -> list[str]:
    """What waits to be handed over has a team that answers for it: none is without an owner."""
    lost = Handoff.objects.filter(state__in=OPEN_STATES, ticket__baton__isnull=True)
    return named(lost, "is open, and its ticket has no baton")


def questions_follow_their_client() -> list[str]:
    """Contract and ticket of a commercial question, and its lines, are its client's."""
    words = "is not of one client"
    contracts = Q(contract__isnull=False) & ~Q(contract__client=F("client"))
    tickets = Q(ticket__isnull=False) & ~Q(ticket__client=F("client"))
    return [
        *named(CommercialQuestion.objects.filter(contracts | tickets), words),
        *named(QuestionLine.objects.exclude(client=F("question__client")), words),
    ]


def bookings_follow_their_client() -> list[str]:
    """Contract and system of a booking are its client's; what waits for a fix is its ticket's client's."""
    words = "is not of one client"
    systems = Q(environment__isnull=False) & ~Q(environment__client=F("client"))
    elsewhere = ~Q(contract__client=F("client")) | systems
    return [
        *named(Booking.objects.filter(elsewhere), words),
        *named(Development.objects.exclude(client=F("ticket__client")), words),
    ]


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("escalations: of their ticket", escalations_are_of_their_ticket),
    ("escalations: states agree with their moments", states_agree_with_their_moments),
    ("handoffs: of their ticket", handoffs_are_of_their_ticket),
    ("handoffs: agree with their moments", handoffs_agree_with_their_moments),
    ("questions: of one client", questions_follow_their_client),
    ("bookings and follow-ups: of one client", bookings_follow_their_client),
    ("handoffs: none without an owner", open_handoffs_have_a_baton),
)
