"""What tests of incoming mail start from: a desk, a ticket, and a mail server of ours that vouches."""

import pytest
from pytest_django import Settings

from tests.factories import Desk, make_desk, make_ticket
from tests.intake.letters import SERVER
from tickets.models import Ticket


@pytest.fixture(autouse=True)
def our_server(settings: Settings) -> None:
    """The name by which our mail server signs what it found out about senders."""
    settings.MAIL_DOMAIN = "caredesk.localhost"
    settings.INBOUND_MAIL_SERVERS = [SERVER]


@pytest.fixture
def desk(db: None) -> Desk:
    """A client with a contract and a person in every role."""
    return make_desk()


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that the member filed."""
    return make_ticket(desk.contract, requester=desk.member)
