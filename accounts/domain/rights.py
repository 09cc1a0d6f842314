"""Who may do what: the table of domain.md §2, in one place, and the one function that reads it.

The table says how far a role reaches: nowhere, its own things, or everything of the clients that it sees.
Which clients an actor sees is the actor's own knowledge (`Actor.sees_client`); what counts as *own* is said
by the app that owns the thing: tickets that a member opened or takes part in, time that an engineer worked.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from events.domain.actor import Actor


class Right(StrEnum):
    """What somebody may be allowed to do."""

    OPEN_TICKET = "open a ticket"
    SEE_TICKETS = "see a client's tickets"
    SEE_INTERNAL_NOTES = "see internal notes"
    REPLY = "write public messages"
    WORK = "work on a ticket"
    ASSIGN = "assign a ticket"
    CLASSIFY = "set urgency and request type"
    APPROVE_FOR_CLIENT = "approve overage, exceptions, SOPs and purchases for the client"
    LOG_TIME = "log time"
    READ_CONTRACTS = "read contracts, plans and calendars"
    MANAGE_CONTRACTS = "manage contracts, plans and calendars"
    ESCALATE = "escalate"
    REDACT = "redact a message"


class Reach(IntEnum):
    """How far a right goes."""

    NONE = 0
    OWN = 1
    ALL = 2


_NONE, _OWN, _ALL = Reach.NONE, Reach.OWN, Reach.ALL

ROLES = ("observer", "member", "poc", "engineer", "lead", "csm", "account_executive", "administrator")

_TABLE: dict[Right, tuple[Reach, ...]] = {
    # in the order of ROLES:     observer member poc  engineer lead  csm   ae     admin
    Right.OPEN_TICKET: (_NONE, _ALL, _ALL, _ALL, _ALL, _ALL, _NONE, _ALL),
    Right.SEE_TICKETS: (_ALL, _OWN, _ALL, _ALL, _ALL, _ALL, _ALL, _ALL),
    Right.SEE_INTERNAL_NOTES: (_NONE, _NONE, _NONE, _ALL, _ALL, _ALL, _NONE, _ALL),
    Right.REPLY: (_NONE, _OWN, _ALL, _ALL, _ALL, _ALL, _NONE, _ALL),
    Right.WORK: (_NONE, _NONE, _NONE, _ALL, _ALL, _ALL, _NONE, _ALL),
    Right.ASSIGN: (_NONE, _NONE, _NONE, _OWN, _ALL, _OWN, _NONE, _ALL),
    Right.CLASSIFY: (_NONE, _OWN, _ALL, _NONE, _NONE, _NONE, _NONE, _NONE),
    Right.APPROVE_FOR_CLIENT: (_NONE, _NONE, _ALL, _NONE, _NONE, _NONE, _NONE, _NONE),
    Right.LOG_TIME: (_NONE, _NONE, _NONE, _OWN, _ALL, _OWN, _NONE, _ALL),
    Right.READ_CONTRACTS: (_NONE, _NONE, _ALL, _ALL, _ALL, _ALL, _ALL, _ALL),
    Right.MANAGE_CONTRACTS: (_NONE, _NONE, _NONE, _NONE, _NONE, _NONE, _ALL, _ALL),
    Right.ESCALATE: (_NONE, _OWN, _ALL, _ALL, _ALL, _ALL, _NONE, _ALL),
    Right.REDACT: (_NONE, _NONE, _NONE, _NONE, _NONE, _NONE, _NONE, _ALL),
}


def role_reach(role: str, right: Right) -> Reach:
    """How far that role's right goes; an unknown or empty role has none."""
    return _TABLE[right][ROLES.index(role)] if role in ROLES else Reach.NONE


def reach(actor: Actor, right: Right, client_id: int) -> Reach:
    """How far the actor's right goes at that client, which the actor must see; the system may do everything.

    An integration has the rights of a point of contact, except to decide: approvals are for people.
    """
    if actor.is_system:
        return Reach.ALL
    if not actor.sees_client(client_id):
        return Reach.NONE
    if right is Right.APPROVE_FOR_CLIENT and actor.kind != "person":
        return Reach.NONE
    return role_reach(actor.staff_role or actor.role_at(client_id), right)
