"""Who acts: a person, a client's integration or the system, with the rights read for this one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STAFF_ROLES = ("engineer", "lead", "csm", "account_executive", "administrator")
CLIENT_ROLES = ("poc", "member", "observer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts, with its rights as they stand at this moment (domain.md §2).

    Built anew for each request and each job by `accounts.queries`, never stored and never cached, so that a
    right that was taken away is gone at once. `roles` maps the id of each client that a contact belongs to,
    to the contact's role there; `client_ids` are the clients that a member of staff serves or watches over.
    An integration has exactly one client in `roles`, with the rights of a point of contact.
    """

    kind: str
    name: str
    person_id: int | None = None
    api_key_id: int | None = None
    staff_role: str = ""
    roles: Mapping[int, str] = field(default_factory=dict)
    client_ids: frozenset[int] = frozenset()
    contract_id: int | None = None
    interconnection_id: int | None = None
    scopes: frozenset[str] = frozenset()
    email: str = ""
    zone: str = "UTC"

    @property
    def is_system(self) -> bool:
        """Whether no person stands behind the act."""
        return self.kind == "system"

    @property
    def is_staff(self) -> bool:
        """Whether the actor works for the provider."""
        return bool(self.staff_role)

    @property
    def sees_every_client(self) -> bool:
        """Leads and administrators see all clients; the system does too."""
        return self.is_system or self.staff_role in ("lead", "administrator")

    def sees_client(self, client_id: int) -> bool:
        """Whether anything of that client may be shown to the actor at all."""
        return self.sees_every_client or client_id in self.client_ids or client_id in self.roles

    def role_at(self, client_id: int) -> str:
        """The actor's role as a contact of that client; empty for staff and strangers."""
        return self.roles.get(client_id, "")

    @property
    def sees_internal_notes(self) -> bool:
        """Staff except account executives read internal notes."""
        return self.is_staff and self.staff_role != "account_executive"


SYSTEM = Actor(kind="system", name="Caredesk")
