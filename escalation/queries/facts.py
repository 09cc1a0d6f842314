"""What the system attaches to an escalation: how the promises stand and what was said, as JSON."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count

from escalation.models import Escalation
from events.models import Record
from slo.models import Clock
from slo.queries import clocks_of
from tickets.models import Message, Ticket


def facts_of(ticket: Ticket) -> dict[str, Any]:
    """Clocks, public messages, urgency history and earlier escalations, as JSON; instants in UTC."""
    return facts_of_many([ticket.pk])[ticket.pk]


def facts_of_many(ticket_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The same of several tickets by id, in as many statements as of one."""
    clocks = clocks_of(ticket_ids)
    changes = _urgency_changes(ticket_ids)
    messages = dict(
        Message.objects.public()
        .filter(ticket__in=ticket_ids)
        .order_by()
        .values_list("ticket")
        .annotate(Count("id"))
    )
    earlier = dict(
        Escalation.objects.filter(ticket__in=ticket_ids)
        .order_by()
        .values_list("ticket")
        .annotate(Count("id"))
    )
    return {
        ticket_id: {
            "clocks": [_clock(clock) for clock in clocks[ticket_id]],
            "public_messages": messages.get(ticket_id, 0),
            "urgency_changes": changes.get(ticket_id, []),
            "earlier_escalations": earlier.get(ticket_id, 0),
        }
        for ticket_id in ticket_ids
    }


def _urgency_changes(ticket_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    told: dict[int, list[dict[str, Any]]] = {}
    rows = Record.objects.filter(
        subject_type="ticket", subject_id__in=ticket_ids, kind="ticket.reclassified"
    ).order_by("id")
    for row in rows:
        change = {"at": _iso(row.at), "before": row.data["before_urgency"], "after": row.data["urgency"]}
        told.setdefault(row.subject_id, []).append(change)
    return told


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "objective": clock.objective,
        "state": clock.state,
        "due_at": _iso(clock.due_at),
        "met_at": _iso(clock.met_at),
        "missed_at": _iso(clock.missed_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
