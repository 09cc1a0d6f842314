"""What was agreed on updates, in one sentence for both sides (S8); the note beside it stays with staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from events.models import Record
from slo.queries import Agreement, agreement_of, owes_updates
from slo.queries.terms import Standing
from tickets.models import Ticket
from web.wording.times import duration, moment


def present_agreement(
    ticket: Ticket,
    *,
    zone: ZoneInfo,
    now: datetime,
    standing: Standing | None = None,
    records: Sequence[Record] | None = None,
) -> str:
    """What holds on the ticket now: how often, until when, and who agreed; empty where the plan's own does.

    Costs no statement for the agreement where the plan owes no updates, or where the history is given.
    """
    if not owes_updates(ticket, standing=standing):
        return ""
    agreement = agreement_of(ticket, at=now, records=records)
    return agreement_sentence(agreement, zone=zone, now=now) if agreement else ""


def agreement_sentence(agreement: Agreement, *, zone: ZoneInfo, now: datetime) -> str:
    """How often, until when, with whom, by whom: `Now an update every 4 h, agreed with Ada, …`."""
    every = duration(int(agreement.interval.total_seconds()))
    until = f" until {moment(agreement.until, zone=zone, now=now)}" if agreement.until else ""
    return (
        f"Now an update every {every}{until}, agreed with {agreement.agreed_with}, "
        f"recorded by {agreement.recorded_by}."
    )
