"""Which team is on for a contract at this moment, as it is said while a ticket is filed (E6)."""

from __future__ import annotations

from datetime import datetime

from contracts.models import Contract
from escalation.domain.duty import Duty
from escalation.queries import on_for


def duty_shown(contract: Contract, *, at: datetime, product: str) -> Duty | None:
    """The team that is on, or that none is; None where the contract names no team at all."""
    if contract.dedicated_team_id is None and contract.standard_team_id is None:
        return None
    return on_for(contract, at=at, product=product)
