"""Tags for urgency and status: shape and words before colour."""

from __future__ import annotations

from typing import Any

from django import template

from tickets.domain.lifecycle import CLIENT_WORDS, STAFF_WORDS, Status

register = template.Library()

_SHAPES = {1: "critical", 2: "high", 3: "medium", 4: "low"}
_ICONS = {
    Status.NEW: "circle-dot",
    Status.IN_PROGRESS: "circle-play",
    Status.WAITING_ON_CLIENT: "circle-pause",
    Status.WAITING_ON_VENDOR: "circle-pause",
    Status.SCHEDULED: "calendar-clock",
    Status.RESOLVED: "circle-check",
    Status.CLOSED: "circle-check-big",
    Status.CANCELLED: "circle-slash",
}
_TONES = {
    Status.WAITING_ON_CLIENT: "wait",
    Status.WAITING_ON_VENDOR: "wait",
    Status.SCHEDULED: "wait",
    Status.RESOLVED: "done",
    Status.CLOSED: "done",
    Status.CANCELLED: "done",
}


@register.inclusion_tag("components/urgency.html")
def urgency_badge(rank: int, label: str) -> dict[str, Any]:
    """`{% urgency_badge ticket.rank label %}`: the plan's own word with the shape of its rank."""
    return {"shape": _SHAPES[rank], "label": label}


@register.inclusion_tag("components/status.html")
def status_badge(status: str, audience: str) -> dict[str, Any]:
    """`{% status_badge ticket.status "staff" %}`: staff and client each read their own words."""
    words = STAFF_WORDS if audience == "staff" else CLIENT_WORDS
    known = Status(status)
    return {"icon": _ICONS[known], "tone": _TONES.get(known, ""), "label": words[known]}
