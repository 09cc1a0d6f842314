"""What every act on a handoff ends with: its event on the ticket, with the people who must hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from escalation import events
from escalation.models import Handoff
from escalation.queries import present_people
from events.domain.actor import Actor
from events.services import record
from tickets.models import Ticket


def tell_handoff(
    kind: type[events.HandoffEvent],
    row: Handoff,
    ticket: Ticket,
    *,
    actor: Actor,
    at: datetime,
    told: Iterable[int | None],
    **facts: str,
) -> None:
    """Record what happened to a handoff as an event of its ticket."""
    event = kind(
        client_id=row.client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        handoff_id=row.pk,
        from_team=row.from_team.name,
        to_team=row.to_team.name if row.to_team is not None else "",
        due_at=row.ends_at.astimezone(UTC).isoformat(),
        told_ids=sorted({pk for pk in told if pk is not None}),
        **facts,
    )
    record(event, at=at, actor=actor)


def present_ids(team_id: int | None, row: Handoff, *, at: datetime) -> list[int]:
    """The people of one of the two teams who can be told now; nobody for no team."""
    if team_id is None:
        return []
    return list(present_people([team_id], client_id=row.client_id, at=at).values_list("pk", flat=True))
