"""What client and provider agreed on for one ticket instead of the plan's interval of updates (S8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.models import Record
from slo.events import UpdateAgreed
from slo.queries.terms import Standing, standing_of
from tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An interval that holds now: who agreed for the client, who recorded it and when, and until when."""

    interval: timedelta
    agreed_with: str
    recorded_by: str
    recorded_at: datetime
    until: datetime | None
    note: str


def agreement_of(
    ticket: Ticket, *, at: datetime, records: Iterable[Record] | None = None
) -> Agreement | None:
    """What holds at that moment; None where the plan's own interval does.

    One statement, none where the caller has read the ticket's history already.
    """
    if records is None:
        records = Record.objects.of("ticket", ticket.pk).filter(kind=UpdateAgreed.kind, at__lte=at)
    agreed = [one for one in records if one.kind == UpdateAgreed.kind and one.at <= at]
    last = max(agreed, key=lambda one: one.pk, default=None)
    if last is None or not last.data["interval_seconds"]:
        return None
    until = datetime.fromisoformat(last.data["until"]) if last.data["until"] else None
    if until is not None and until <= at:
        return None
    return Agreement(
        interval=timedelta(seconds=last.data["interval_seconds"]),
        agreed_with=last.data["agreed_with"],
        recorded_by=last.actor_name,
        recorded_at=last.at,
        until=until,
        note=last.data["note"],
    )


def owes_updates(ticket: Ticket, *, standing: Standing | None = None) -> bool:
    """Whether the ticket's plan promises recurring updates, so that there is an interval to agree on.

    One statement, none where the caller has read the contract's terms already.
    """
    terms = (standing or standing_of(ticket.contract_id)).terms
    return any(rule.objective in terms.repeating for rule in terms.rules)
