"""The missed clocks of a report, ready to be printed with their explanations (S15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slo.models import Clock
from slo.queries.explanation import explain_clocks
from slo.queries.terms import standings_of
from slo.reports.strips import PrintedClock


def printed(clocks: Sequence[Clock], *, at: datetime) -> list[PrintedClock]:
    """The clocks as the report prints them; they come with their tickets."""
    standings = standings_of({clock.contract_id for clock in clocks})
    return [
        PrintedClock(
            title=f"{row.ticket.key} {told.label}" + (f" {told.ordinal}" if told.repeats else ""),
            state=told.state,
            due_at=told.due_at,
            zone=ZoneInfo(standings[row.contract_id].zone),
            segments=told.segments,
        )
        for row, told in explain_clocks(clocks, at=at)
    ]
