"""Who may raise, take on and end escalations (domain.md §2)."""

from __future__ import annotations

from accounts.domain.rights import Reach, Right, reach
from escalation.models import Escalation, Handoff
from events.domain.actor import Actor
from tickets.models import Ticket
from tickets.permissions import may_work

_RAISING_STAFF = ("engineer", "lead", "csm", "administrator")


def may_escalate(actor: Actor, ticket: Ticket) -> bool:
    """Contacts who see the ticket, save observers, and staff save account executives; the system too."""
    if actor.is_system or actor.staff_role in _RAISING_STAFF:
        return True
    return actor.role_at(ticket.client_id) in ("poc", "member")


def may_answer(actor: Actor, escalation: Escalation) -> bool:
    """Staff of the client answer an escalation; account executives have questions of their own (E4)."""
    return actor.staff_role in _RAISING_STAFF and actor.sees_client(escalation.client_id)


def may_judge(actor: Actor, escalation: Escalation) -> bool:
    """Only the client says that it is not satisfied."""
    return actor.role_at(escalation.client_id) in ("poc", "member")


def may_set_hours(actor: Actor) -> bool:
    """Administrators say when teams work; the system does in demo worlds."""
    return actor.is_system or actor.staff_role == "administrator"


def may_hand_over(actor: Actor, ticket: Ticket) -> bool:
    """Whoever works on the ticket writes its brief."""
    return actor.kind == "person" and actor.is_staff and may_work(actor, ticket)


def may_take_over(actor: Actor, handoff: Handoff, *, team_ids: frozenset[int]) -> bool:
    """The people of the team that comes on take a ticket over, or send it back; leads can for anybody."""
    if actor.kind != "person" or not actor.is_staff or not actor.sees_client(handoff.client_id):
        return False
    return handoff.to_team_id in team_ids or actor.staff_role in ("lead", "administrator")


def may_ask_commercially(actor: Actor, client_id: int) -> bool:
    """Points of contact and members ask the account executive; observers only read (E4)."""
    return not actor.is_staff and actor.role_at(client_id) in ("poc", "member")


def may_answer_commercially(actor: Actor, client_id: int) -> bool:
    """The client's account executive answers; administrators stand in."""
    return actor.is_staff and reach(actor, Right.MANAGE_CONTRACTS, client_id) > Reach.NONE


def may_book(actor: Actor, client_id: int) -> bool:
    """A point of contact, or an integration in its place, books weekend engineers (E8)."""
    return not actor.is_staff and actor.role_at(client_id) == "poc"


def may_decide_booking(actor: Actor, client_id: int) -> bool:
    """Leads, administrators and the client's success manager name who comes (E8)."""
    return actor.staff_role in ("lead", "csm", "administrator") and actor.sees_client(client_id)
