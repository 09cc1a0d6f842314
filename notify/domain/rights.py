"""Who manages webhooks, and who may see and repeat deliveries: the pure rule behind queries and services."""

from __future__ import annotations

from events.domain.actor import Actor


def manages_endpoints(actor: Actor, client_id: int) -> bool:
    """Administrators, the client's points of contact, and its own integration; the system too."""
    if actor.is_system or actor.staff_role == "administrator":
        return True
    return actor.role_at(client_id) == "poc"


def repeats_mails(actor: Actor, client_id: int | None) -> bool:
    """Staff who see the client; for what concerns no client, those who see every client."""
    if client_id is None or actor.is_system:
        return actor.sees_every_client
    return actor.is_staff and actor.sees_client(client_id)


def repeats_hooks(actor: Actor, client_id: int) -> bool:
    """Whoever manages the client's webhooks, and staff who see the client."""
    return repeats_mails(actor, client_id) or manages_endpoints(actor, client_id)
