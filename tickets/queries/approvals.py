"""What people are asked to decide on tickets."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.models import Approval, Ticket
from tickets.queries.visibility import visible_to

CLIENT_ROLES = ("poc", "member")
#: What the client may follow although somebody of the provider decides it.
SHARED_KINDS = ("exception_request", "change_request")


def approvals_of(actor: Actor, ticket: Ticket) -> QuerySet[Approval]:
    """What was asked on the ticket and what came of it; contacts do not see what staff decide inside."""
    return (
        _readable(actor).filter(ticket=ticket).select_related("asked_of", "decided_by", "rule_version__sop")
    )


def approval_for(actor: Actor, approval_id: int) -> Approval:
    """The approval of that id with its ticket, if the actor may read it; else `NotHere`."""
    found = _readable(actor).filter(id=approval_id).select_related("ticket", "ticket__client").first()
    if found is None:
        raise NotHere
    return found


def open_approvals(actor: Actor) -> QuerySet[Approval]:
    """What waits for this actor's decision, oldest first."""
    asked = Q(asked_of__isnull=False, asked_of_id=actor.person_id)
    if actor.is_staff:
        asked |= Q(asked_of__isnull=True, asked_of_role=actor.staff_role)
    for client_id, role in actor.roles.items():
        roles = CLIENT_ROLES if role == "poc" else (role,)
        asked |= Q(asked_of__isnull=True, asked_of_role__in=roles, client_id=client_id)
    waiting = _readable(actor).filter(asked, state="asked")
    return waiting.select_related("ticket", "ticket__client").order_by("id")


def _readable(actor: Actor) -> QuerySet[Approval]:
    found = Approval.objects.filter(ticket__in=visible_to(actor))
    if actor.is_staff or actor.is_system:
        return found
    is_of_client = Q(asked_of_role__in=CLIENT_ROLES) | Q(asked_of__staff_role="")
    return found.filter(is_of_client | Q(kind__in=SHARED_KINDS))
