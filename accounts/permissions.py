"""Who may do what with clients, people and keys (domain.md §2)."""

from __future__ import annotations

from accounts.models import Client
from events.domain.actor import Actor

_MANAGERS = ("administrator", "account_executive")


def may_manage_clients(actor: Actor) -> bool:
    """Administrators and account executives add clients and set up what they bought."""
    return actor.is_system or actor.staff_role in _MANAGERS


def may_manage_people(actor: Actor, client: Client | None) -> bool:
    """Administrators manage everybody, account executives the people of their clients, a POC its own."""
    if actor.is_system or actor.staff_role == "administrator":
        return True
    if client is None:
        return False
    if actor.staff_role == "account_executive":
        return actor.sees_client(client.id)
    return actor.role_at(client.id) == "poc" and actor.kind == "person"


def may_issue_keys(actor: Actor, client: Client | None) -> bool:
    """Keys are issued by administrators; a POC may issue and revoke those of its own client."""
    if actor.is_system or actor.staff_role == "administrator":
        return True
    return client is not None and actor.kind == "person" and actor.role_at(client.id) == "poc"
