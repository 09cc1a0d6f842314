"""What the tests of the work start from."""

import pytest

from tests.factories import Desk, make_desk, make_ticket
from tests.factories.floors import nothing_reacts
from tickets.models import Ticket

__all__ = ["nothing_reacts"]


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, with a person in every role."""
    return make_desk()


@pytest.fixture
def other_desk(db: None) -> Desk:
    """A second client that nothing of the first may reach."""
    return make_desk("BETA")


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that the point of contact opened on Monday at nine."""
    return make_ticket(desk.contract, requester=desk.poc)
