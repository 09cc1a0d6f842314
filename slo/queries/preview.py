"""What clocks a ticket would have, before it is filed."""

from __future__ import annotations

from datetime import datetime

from contracts.models import Contract, Environment
from slo.domain.engine import fold
from slo.domain.timeline import Fact, FactKind
from slo.queries.explanation import ExplainedClock, explained
from slo.queries.terms import standing_of
from slo.queries.timeline import windows_of


def preview(
    contract: Contract,
    *,
    request_type: str,
    urgency: str,
    at: datetime,
    environment: Environment | None = None,
    channel: str = "portal",
    exempt_reason: str = "",
) -> list[ExplainedClock]:
    """The clocks that would start if the ticket were filed at that moment, with their due times explained.

    `exempt_reason` is what is known against service levels besides the channel (S11). Nothing is written.
    """
    standing = standing_of(contract.pk)
    if not exempt_reason and channel in standing.terms.exempt_channels:
        exempt_reason = "Alternate channel"
    opened = Fact(
        kind=FactKind.OPENED, at=at, urgency=urgency, request_type=request_type, exempt_reason=exempt_reason
    )
    windows = windows_of([environment.pk]).get(environment.pk, []) if environment else []
    clocks = fold(standing.terms, standing.calendars, [opened], until=at, windows=windows)
    return [explained(clock, until=at) for clock in clocks]
