"""Who may plan, deliver and ask for proactive work."""

from __future__ import annotations

from events.domain.actor import Actor

_DELIVERING = ("csm", "lead", "engineer", "administrator")


def may_deliver(actor: Actor, client_id: int) -> bool:
    """The client's success managers, engineers and leads do the work and prove it."""
    return actor.is_system or (actor.staff_role in _DELIVERING and actor.sees_client(client_id))


def may_ask(actor: Actor, client_id: int) -> bool:
    """A point of contact asks for what the plan offers on request; staff of the client may ask for it."""
    return actor.role_at(client_id) == "poc" or may_deliver(actor, client_id)


def may_watch(actor: Actor, client_id: int) -> bool:
    """Staff who look after the client set up its monitoring: whoever delivers, and its account executive."""
    is_account = actor.staff_role == "account_executive" and actor.sees_client(client_id)
    return may_deliver(actor, client_id) or is_account


def may_mail(actor: Actor) -> bool:
    """Success managers, leads and administrators write to all clients at once, and hold events."""
    return actor.is_system or actor.staff_role in ("csm", "lead", "administrator")
