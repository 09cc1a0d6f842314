"""What tests of escalation start from: a desk whose contract has a path of three tiers."""

from __future__ import annotations

import pytest

from escalation.services import TierDetails, set_path
from events.domain.actor import SYSTEM
from tests.factories import MONDAY, Desk, make_desk, make_ticket
from tickets.models import Ticket


@pytest.fixture
def desk(db: None) -> Desk:
    """A client with a contract, a person in every role, and a path of three tiers."""
    desk = make_desk()
    tiers = [
        TierDetails(level=1, label="Duty manager", acknowledge_seconds=3600, person=desk.lead),
        TierDetails(level=2, label="Success manager", acknowledge_seconds=7200, person=desk.csm),
        TierDetails(level=3, label="Head of support", acknowledge_seconds=7200, person=desk.administrator),
    ]
    set_path(actor=SYSTEM, at=MONDAY, contract=desk.contract, tiers=tiers)
    return desk


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the worst urgency, filed on Monday at nine."""
    return make_ticket(desk.contract, requester=desk.poc)
