"""What tests of notices start from: a desk, its mails in memory, real servers of mail and of webhooks."""

import pytest
from django.core.mail import EmailMessage

from tests.factories import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A client with a contract and a person in every role."""
    return make_desk()


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    """The mails that left, in memory."""
    return mailoutbox
