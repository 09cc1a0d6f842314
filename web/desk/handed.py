"""The panel of a ticket's handoffs: its baton, the brief that waits, every passing so far (E7)."""

from __future__ import annotations

from typing import Any

from escalation.models import Handoff
from escalation.permissions import may_hand_over, may_take_over
from tickets.models import Ticket
from web.desk.around import Around
from web.requests import StaffRequest

STATE_WORDS = {
    "due": "Brief due",
    "offered": "Waiting to be taken",
    "declined": "Sent back",
    "accepted": "Taken over",
    "missed": "Not taken in time",
    "lapsed": "Went by unseen",
    "kept": "Was there already",
    "dropped": "Not needed",
}


def handoff_panel(request: StaffRequest, ticket: Ticket, near: Around) -> dict[str, Any]:
    """The ticket's handoffs; nothing is read for tickets that are never handed over."""
    baton, rows = next(iter(near.batons), None), near.handoffs
    current = next((row for row in rows if row.is_open), None)
    if baton is None and not rows:
        return {"handoff": None}
    return {
        "handoff": {
            "baton": baton,
            "current": current,
            "state": STATE_WORDS[current.state] if current else "",
            "may_write": baton is not None and may_hand_over(request.actor, ticket),
            "may_take": _may_take(request, current),
            "earlier": [{"row": row, "state": STATE_WORDS[row.state]} for row in rows if not row.is_open],
        }
    }


def _may_take(request: StaffRequest, row: Handoff | None) -> bool:
    if row is None or not row.has_brief or row.state == "declined":
        return False
    mine = frozenset(request.user.teams.values_list("pk", flat=True))
    return may_take_over(request.actor, row, team_ids=mine)
