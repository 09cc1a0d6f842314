"""What tests of handing over start from."""

from __future__ import annotations

import pytest

from tests.escalation.handed import Sun, make_sun
from tickets.models import Ticket


@pytest.fixture
def sun(db: None) -> Sun:
    """Three regions and the weekend team round one client."""
    return make_sun()


@pytest.fixture
def critical(sun: Sun) -> Ticket:
    """A critical ticket, filed on Monday while Sydney is on."""
    return sun.ticket()
