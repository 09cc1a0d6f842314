"""What a webhook says: an allow-list of public facts for each kind of event; everything else stays inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from contracts.domain.mapping import OUR_FIELDS
from contracts.models import Environment, Interconnection
from contracts.queries import maps_of
from events.models import Record
from notify.models import Endpoint
from notify.readers import NotToBeSentError
from tickets.models import Message, Ticket

#: Event kind to the facts that a client's system may read; a kind that is not here is sent to nobody.
PUBLIC_FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "ticket.opened": ("key", "urgency", "rank", "request_type", "category", "channel", "exempt_reason"),
    "message.posted": ("key", "message_id", "author_kind", "message_kind"),
    "message.redacted": ("key", "message_id"),
    "ticket.status_changed": ("key", "before", "after", "by"),
    "ticket.reclassified": (
        "key",
        "before_urgency",
        "urgency",
        "before_request_type",
        "request_type",
        "rank",
    ),
    "ticket.assigned": ("key",),
    "ticket.linked": ("key", "target_key", "link"),
    "ticket.merged": ("key", "into_key"),
    "ticket.transferred": ("key", "before_contract_id", "contract_id"),
    "ticket.rated": ("key", "rating"),
    "approval.asked": ("key", "approval_id", "approval_kind"),
    "approval.decided": ("key", "approval_id", "approval_kind", "state"),
    "urgency.proposed": ("key", "proposal_id", "proposed", "reason"),
    "urgency.answered": ("key", "proposal_id", "state", "answer"),
    "document.owed": ("key", "document_id", "document_kind", "due_at"),
    "document.published": ("key", "document_id", "document_kind", "edition"),
    "change.planned": ("key", "template", "title", "steps"),
    "change.step_added": ("key", "step_id", "label"),
    "change.step_ticked": ("key", "step_id", "label", "is_done", "remark"),
    "clock.at_risk": ("key", "objective", "ordinal", "due_at"),
    "clock.missed": ("key", "objective", "ordinal", "due_at"),
    "clock.met": ("key", "objective", "ordinal", "due_at"),
    "escalation.raised": ("key", "escalation_id", "level", "ground"),
    "escalation.climbed": ("key", "escalation_id", "level"),
    "escalation.acknowledged": ("key", "escalation_id", "level"),
    "escalation.resolved": ("key", "escalation_id", "level", "outcome"),
    "balance.warned": ("percent", "available", "capacity"),
    "overage.requested": ("request_id", "ticket_key", "minutes"),
    "overage.decided": ("request_id", "ticket_key", "state", "minutes"),
    "top_up.requested": ("top_up_id", "label", "minutes"),
    "top_up.decided": ("top_up_id", "label", "state", "minutes"),
    "hours.month_closed": ("month", "closing", "digest"),
}


def is_public(record: Record) -> bool:
    """Whether a client's system may hear of the record at all."""
    if record.client_id is None or record.kind not in PUBLIC_FACTS:
        return False
    return bool(record.data.get("visibility", "public") == "public")


def concerns(record: Record, endpoint: Endpoint) -> bool:
    """Whether that endpoint hears of the record: its client, its kinds, and no echo of its own doing."""
    if endpoint.client_id != record.client_id or not endpoint.wants(record.kind):
        return False
    if endpoint.interconnection is not None and not endpoint.interconnection.is_in_force:
        return False
    return record.actor_key_id is None or not _came_from(record.actor_key_id, endpoint)


def _came_from(key_id: int, endpoint: Endpoint) -> bool:
    """Whether that key belongs to the endpoint, or to its interconnection, whose keys change over time."""
    if key_id == endpoint.api_key_id:
        return True
    joined = endpoint.interconnection
    return joined is not None and key_id in {key.pk for key in joined.api_keys.all()}


def payload_of(record: Record, endpoint: Endpoint) -> dict[str, Any]:
    """The webhook's content, read now; raises `NotToBeSentError` when the endpoint may not hear of it."""
    if not is_public(record) or endpoint.client_id != record.client_id:
        raise NotToBeSentError("The event is not public.")
    facts = {name: record.data.get(name) for name in PUBLIC_FACTS[record.kind]}
    content: dict[str, Any] = {
        "type": record.kind,
        "timestamp": record.at.isoformat().replace("+00:00", "Z"),
        "data": {"sequence": record.id, "actor": record.actor_name, "actor_kind": record.actor_kind, **facts},
    }
    if record.subject_type == "ticket":
        content["data"] |= _ticket_facts(record, endpoint)
    elif record.subject_type == "contract":
        _check_contract(endpoint, record.subject_id)
        content["data"]["contract"] = record.subject_id
    return content


def _ticket_facts(record: Record, endpoint: Endpoint) -> dict[str, Any]:
    ticket = Ticket.objects.filter(id=record.subject_id, client_id=endpoint.client_id).first()
    if ticket is None:
        raise NotToBeSentError("The ticket is not the client's.")
    _check_contract(endpoint, ticket.contract_id)
    facts: dict[str, Any] = {"subject": ticket.subject, "external_reference": ticket.external_reference}
    if endpoint.interconnection is not None:
        facts["external"] = _in_their_words(ticket, endpoint.interconnection)
    if record.kind == "ticket.opened" and ticket.environment_id:
        facts["environment"] = (
            Environment.objects.filter(id=ticket.environment_id).values_list("name", flat=True).first()
        )
    if record.kind == "message.posted":
        facts["body"] = _public_body(record, ticket)
    return facts


def _in_their_words(ticket: Ticket, interconnection: Interconnection) -> dict[str, str]:
    """The ticket as it stands, by the fields and with the words of the other system (X2)."""
    if not interconnection.is_in_force:
        raise NotToBeSentError("The interconnection is over.")
    ours = {name: str(getattr(ticket, name)) for name in OUR_FIELDS if name != "description"}
    return maps_of(interconnection).outward(ours)


def _public_body(record: Record, ticket: Ticket) -> str:
    message = Message.objects.public().filter(id=record.data["message_id"], ticket=ticket).first()
    if message is None or message.redacted_at is not None:
        raise NotToBeSentError("The message is not public any more.")
    return message.body


def _check_contract(endpoint: Endpoint, contract_id: int) -> None:
    if endpoint.contract_id is not None and endpoint.contract_id != contract_id:
        raise NotToBeSentError("The event belongs to another contract.")
