"""Who may do what on a ticket that they see (domain.md §2), read from the one table of rights."""

from __future__ import annotations

from accounts.domain.rights import Reach, Right, reach
from accounts.models import Client
from events.domain.actor import Actor
from tickets.models import Approval, Message, Ticket
from tickets.queries.approvals import CLIENT_ROLES


def may_open(actor: Actor, client: Client) -> bool:
    """Whether the actor may open tickets for that client at all; the contract's own rules come on top."""
    return reach(actor, Right.OPEN_TICKET, client.pk) > Reach.NONE


def may_reply(actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor may write public messages there; members only see tickets that are their own."""
    return reach(actor, Right.REPLY, ticket.client_id) > Reach.NONE


def may_note(actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor may read and write internal notes there."""
    return reach(actor, Right.SEE_INTERNAL_NOTES, ticket.client_id) > Reach.NONE


def may_work(actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor works on the ticket for the provider: moves it, plans it, asks the client."""
    return reach(actor, Right.WORK, ticket.client_id) > Reach.NONE


def may_take_part(actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor stands on the client's side of the ticket and may act there."""
    return not actor.is_staff and may_reply(actor, ticket)


def may_assign(actor: Actor, ticket: Ticket, *, assignee_id: int | None) -> bool:
    """Leads and administrators assign anybody; engineers take tickets, and hand back what is theirs."""
    granted = reach(actor, Right.ASSIGN, ticket.client_id)
    if granted is Reach.OWN:
        return actor.person_id is not None and (
            assignee_id == actor.person_id or (assignee_id is None and ticket.assignee_id == actor.person_id)
        )
    return granted is Reach.ALL


def may_classify(actor: Actor, ticket: Ticket) -> bool:
    """The client owns urgency and request type; staff propose."""
    return reach(actor, Right.CLASSIFY, ticket.client_id) > Reach.NONE


def may_redact(actor: Actor, message: Message) -> bool:
    """Administrators take texts away."""
    return reach(actor, Right.REDACT, message.client_id) > Reach.NONE


def may_rate(actor: Actor, ticket: Ticket) -> bool:
    """The requester says how it went, or a point of contact or the client's own system for them."""
    if actor.is_system or actor.is_staff:
        return False
    return actor.person_id == ticket.requester_id or actor.role_at(ticket.client_id) == "poc"


def may_decide(actor: Actor, approval: Approval) -> bool:
    """Whether the decision is this person's: the one asked, or anybody in the role asked.

    A point of contact may decide what members are asked; nobody of the provider decides for the client.
    """
    if actor.kind != "person" or actor.person_id is None:
        return False
    if approval.asked_of_id is not None:
        return approval.asked_of_id == actor.person_id and actor.sees_client(approval.client_id)
    role = approval.asked_of_role
    if role in CLIENT_ROLES:
        return actor.role_at(approval.client_id) in ((role, "poc") if role == "member" else (role,))
    return bool(role) and actor.staff_role == role and actor.sees_client(approval.client_id)
