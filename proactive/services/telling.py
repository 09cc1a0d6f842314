"""Recording what happened to one delivery, with the facts that every such event states."""

from __future__ import annotations

from datetime import datetime

from events.domain.actor import Actor
from events.services import record
from proactive.events import OccurrenceEvent
from proactive.models import Occurrence


def tell(
    kind: type[OccurrenceEvent], row: Occurrence, *, actor: Actor, at: datetime, **facts: object
) -> None:
    """Record that kind of event about a delivery whose programme is at hand."""
    event = kind(
        client_id=row.client_id,
        subject_id=row.pk,
        contract_id=row.programme.contract_id,
        service=row.programme.service,
        due_on=row.due_on.isoformat(),
        **facts,
    )
    record(event, at=at, actor=actor)
