"""What was said, as far as the reader may read it."""

import pytest
from django.core.files.base import ContentFile
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from events.domain.errors import NotHere
from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tickets.models import Attachment, Ticket
from tickets.queries import attachment_for, messages_for
from tickets.services import post_message, redact_message, store_attachment


def upload(desk: Desk, person: Person, name: str = "log.txt") -> Attachment:
    return store_attachment(
        actor=actor_of(person), at=MONDAY, client=desk.client, name=name, content=ContentFile(b"lines")
    )


def sent(desk: Desk, ticket: Ticket, visibility: str) -> Attachment:
    file = upload(desk, desk.engineer)
    post_message(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        body="See the file.",
        visibility=visibility,
        attachments=[file],
    )
    return file


@pytest.mark.parametrize("role", ["poc", "observer", "account_executive"])
def test_internal_notes_do_not_exist_for_those_outside(desk: Desk, ticket: Ticket, role: str) -> None:
    post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="CANARY", visibility="internal"
    )
    bodies = messages_for(actor_of(desk.person(role)), ticket).values_list("body", flat=True)
    assert "CANARY" not in list(bodies)
    assert len(bodies) == 1


@pytest.mark.parametrize("role", ["engineer", "lead", "csm", "administrator"])
def test_staff_read_internal_notes(desk: Desk, ticket: Ticket, role: str) -> None:
    post_message(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, body="Careful", visibility="internal")
    assert messages_for(actor_of(desk.person(role)), ticket).latest("id").body == "Careful"


def test_a_long_conversation_costs_as_much_as_a_short_one(
    desk: Desk, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        sent(desk, ticket, "public")
    lead = actor_of(desk.lead)
    with django_assert_num_queries(2):
        messages = list(messages_for(lead, ticket))
        assert [len(message.attachments.all()) for message in messages] == [0, 1, 1, 1, 1, 1]


def test_a_file_not_sent_yet_is_there_for_its_uploader_alone(desk: Desk) -> None:
    file = upload(desk, desk.poc)
    assert attachment_for(actor_of(desk.poc), file.pk) == file
    for role in ("member", "engineer", "lead", "administrator"):
        with pytest.raises(NotHere):
            attachment_for(actor_of(desk.person(role)), file.pk)


@pytest.mark.parametrize(("role", "may_read"), [("poc", True), ("member", False), ("engineer", True)])
def test_a_public_file_is_there_for_who_sees_the_ticket(
    desk: Desk, ticket: Ticket, role: str, may_read: bool
) -> None:
    file = sent(desk, ticket, "public")
    if may_read:
        assert attachment_for(actor_of(desk.person(role)), file.pk) == file
    else:
        with pytest.raises(NotHere):
            attachment_for(actor_of(desk.person(role)), file.pk)


@pytest.mark.parametrize("role", ["poc", "observer", "account_executive"])
def test_the_file_of_an_internal_note_is_for_staff(desk: Desk, ticket: Ticket, role: str) -> None:
    file = sent(desk, ticket, "internal")
    assert attachment_for(actor_of(desk.lead), file.pk) == file
    with pytest.raises(NotHere):
        attachment_for(actor_of(desk.person(role)), file.pk)


def test_nobody_of_another_client_gets_a_file(desk: Desk, ticket: Ticket, other_desk: Desk) -> None:
    file = sent(desk, ticket, "public")
    for role in ("poc", "engineer", "csm"):
        with pytest.raises(NotHere):
            attachment_for(actor_of(other_desk.person(role)), file.pk)


def test_the_file_of_a_redacted_message_is_gone_for_everybody(desk: Desk, ticket: Ticket) -> None:
    file = sent(desk, ticket, "public")
    redact_message(
        actor=actor_of(desk.administrator),
        at=MONDAY,
        message=ticket.messages.latest("id"),
        reason="A password",
    )
    with pytest.raises(NotHere):
        attachment_for(actor_of(desk.administrator), file.pk)


def test_messages_stand_in_the_order_of_writing(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, description="First")
    reply(ticket, desk.engineer, "Second")
    reply(ticket, desk.poc, "Third")
    bodies = [message.body for message in messages_for(actor_of(desk.poc), ticket)]
    assert bodies == ["First", "Second", "Third"]
