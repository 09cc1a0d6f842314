"""What is known about a ticket's system: what monitoring says, and the maintenance announced for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.queries.windows import windows_of_ticket
from proactive.queries.monitoring import problems_of_ticket
from tickets.models import Ticket


def system_panel(found: Ticket, *, at: datetime) -> dict[str, Any]:
    """The problems of a ticket that monitoring opened, and the windows around it; at most two statements."""
    return {
        "problems": problems_of_ticket(found.pk) if found.channel == "monitoring" else [],
        "windows": windows_of_ticket(
            found.environment_id, opened_at=found.opened_at, closed_at=found.closed_at, at=at
        ),
    }
