"""What was proposed and answered about a ticket's urgency, with the reasons of both sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from events.domain.errors import NotHere
from events.models import Record
from tickets.models import Ticket, UrgencyProposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A proposed urgency beside the one that the client had set, each with its reason.

    `client_reason` is why the client had set theirs, where they said so.
    """

    proposal: UrgencyProposal
    client_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the client has still to answer."""
        return self.proposal.state == "proposed"


def proposals_of(ticket: Ticket) -> QuerySet[UrgencyProposal]:
    """Every urgency that was proposed on a ticket which the caller has authorised, the oldest first."""
    found = UrgencyProposal.objects.filter(ticket=ticket).order_by("id")
    return found.select_related("proposed_by", "answered_by")


def proposal_for(ticket: Ticket, proposal_id: int) -> UrgencyProposal:
    """One proposal on a ticket which the caller has authorised; else `NotHere`."""
    found = proposals_of(ticket).filter(pk=proposal_id).first()
    if found is None:
        raise NotHere
    return found


def disputes_of(proposals: Iterable[UrgencyProposal], records: Iterable[Record]) -> list[Dispute]:
    """Every proposal with the views of both sides, the newest first, by the ticket's own history."""
    changes = [
        row
        for row in records
        if row.kind == "ticket.reclassified" and row.data["before_urgency"] != row.data["urgency"]
    ]

    def reason(one: UrgencyProposal) -> str:
        earlier = [row for row in changes if row.at <= one.proposed_at and row.data["urgency"] == one.before]
        return str(earlier[-1].data.get("reason") or "") if earlier else ""

    return [Dispute(proposal=one, client_reason=reason(one)) for one in reversed(list(proposals))]
