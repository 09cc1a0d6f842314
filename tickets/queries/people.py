"""Who takes part in a ticket, who follows it, and what is proposed to them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Person, StaffRole
from accounts.queries import staff
from tickets.models import Participant, Ticket, UrgencyProposal, Watcher


def participants_of(ticket: Ticket) -> QuerySet[Participant]:
    """The contacts who take part besides the requester, with their people, in the order of joining."""
    return ticket.participants.select_related("person").order_by("id")


def watchers_of(ticket: Ticket) -> QuerySet[Watcher]:
    """The staff who hear of the ticket without owning it, with their people."""
    return ticket.watchers.select_related("person").order_by("id")


def followers_of(ticket: Ticket) -> QuerySet[Person]:
    """The contacts who are told of the ticket: requester and participants who still belong to its client."""
    takes_part = Q(participations__ticket=ticket) | Q(requested_tickets=ticket)
    return Person.objects.filter(
        takes_part,
        is_active=True,
        memberships__client_id=ticket.client_id,
        memberships__ended_at__isnull=True,
    ).distinct()


def colleagues_of(ticket: Ticket) -> QuerySet[Person]:
    """The staff who read this ticket's notes, and whom a note can call in by name, in the order of names."""
    everywhere = (StaffRole.LEAD, StaffRole.ADMINISTRATOR)
    readers = staff().filter(Q(staff_role__in=everywhere) | Q(assignments__client_id=ticket.client_id))
    return readers.exclude(staff_role=StaffRole.ACCOUNT_EXECUTIVE).distinct().order_by("name", "pk")


def open_proposal(ticket: Ticket) -> UrgencyProposal | None:
    """The urgency that staff propose and the client has not answered yet; there is one at most."""
    proposals = UrgencyProposal.objects.filter(ticket=ticket, state="proposed")
    return proposals.select_related("proposed_by").first()
