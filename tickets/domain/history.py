"""Which facts of a ticket's history its client may read; everything else is for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Kinds that a contact may read; those of other floors are named as they are recorded there.
CLIENT_KINDS = frozenset(
    {
        "ticket.opened",
        "ticket.status_changed",
        "ticket.reclassified",
        "ticket.assigned",
        "ticket.linked",
        "ticket.merged",
        "ticket.transferred",
        "ticket.rated",
        "message.posted",
        "message.redacted",
        "participant.added",
        "participant.removed",
        "approval.asked",
        "approval.decided",
        "urgency.proposed",
        "urgency.answered",
        "clock.at_risk",
        "clock.met",
        "clock.missed",
        "update.agreed",
        "document.owed",
        "document.published",
        "change.planned",
        "change.step_added",
        "change.step_ticked",
        "escalation.raised",
        "escalation.acknowledged",
        "escalation.climbed",
        "escalation.resolved",
    }
)

#: Kinds whose facts say who may read them, under `visibility`.
KINDS_WITH_VISIBILITY = frozenset(
    {"message.posted", "message.redacted", "approval.asked", "approval.decided"}
)

#: Facts that stay with staff although the kind is for everybody.
STAFF_FACTS: Mapping[str, frozenset[str]] = {
    "ticket.assigned": frozenset({"reason"}),
    "ticket.opened": frozenset({"flags", "has_team"}),
    "update.agreed": frozenset({"note"}),
    "ticket.merged": frozenset({"messages", "files", "people", "approvals"}),
}


def is_for_client(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether a contact of the ticket's client may read such a record at all."""
    if kind not in CLIENT_KINDS:
        return False
    return kind not in KINDS_WITH_VISIBILITY or data.get("visibility", "public") == "public"


def client_facts(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a record without those that stay with staff."""
    hidden = STAFF_FACTS.get(kind, frozenset())
    return {name: value for name, value in data.items() if name not in hidden}
