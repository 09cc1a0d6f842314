"""What did not arrive is shown to those who can act, and can be sent again by hand."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from events.domain.errors import Conflict, NotAllowed, NotHere
from events.models import Record
from notify.addresses import bounce_address, read_bounce_address
from notify.models import Attempt, Delivery
from notify.queries import deliveries_of, delivery_for, mails_of_messages, trouble_visible_to
from notify.services import deliver_due, note_bounced, send_again
from tests.factories import MONDAY, actor_of, make_desk, make_ticket, reply
from tests.notify.told import Desk, belled, clear, tell
from tickets.models import Ticket


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


@pytest.fixture
def mail(desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]) -> Delivery:
    """A mail that arrived."""
    reply(ticket, desk.engineer)
    tell()
    return Delivery.objects.get()


def bounced(mail: Delivery, *, is_permanent: bool = True) -> Delivery:
    """The same mail after a server reported that it could not be delivered."""
    delivery_id = read_bounce_address(bounce_address(delivery_id=mail.pk))
    assert delivery_id == mail.pk
    note_bounced(at=MONDAY, delivery_id=mail.pk, is_permanent=is_permanent, detail="550 5.1.1 unknown")
    return Delivery.objects.get(pk=mail.pk)


def test_a_bounce_ends_the_mail_as_failed_and_tells_the_success_manager(desk: Desk, mail: Delivery) -> None:
    assert bounced(mail).state == "failed"
    tell()
    assert belled("delivery.given_up") == {desk.csm.name}
    assert mail in trouble_visible_to(actor_of(desk.csm))


def test_a_report_of_delay_ends_nothing(mail: Delivery) -> None:
    assert bounced(mail, is_permanent=False).state == "done"
    assert Attempt.objects.filter(delivery=mail).count() == 2


def test_a_bounce_of_nothing_changes_nothing(desk: Desk) -> None:
    assert not note_bounced(at=MONDAY, delivery_id=4711, is_permanent=True, detail="?")


def test_a_second_report_is_no_second_event(mail: Delivery) -> None:
    bounced(mail)
    bounced(mail)
    assert Record.objects.filter(kind="delivery.given_up").count() == 1


def test_sent_again_by_hand_it_keeps_its_id(
    desk: Desk, mail: Delivery, mailoutbox: list[EmailMessage]
) -> None:
    send_again(actor=actor_of(desk.engineer), at=MONDAY, delivery=bounced(mail))
    deliver_due(at=MONDAY)
    assert [sent.extra_headers["Message-ID"] for sent in mailoutbox] == [mail.message_id] * 2
    assert Record.objects.get(kind="delivery.sent_again").actor == desk.engineer


def test_nothing_is_sent_again_by_itself(mail: Delivery, mailoutbox: list[EmailMessage]) -> None:
    bounced(mail)
    deliver_due(at=MONDAY + timedelta(days=9))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("role", ["member", "poc", "observer"])
def test_contacts_send_no_mail_again(desk: Desk, mail: Delivery, role: str) -> None:
    with pytest.raises(NotAllowed):
        send_again(actor=actor_of(desk.person(role)), at=MONDAY, delivery=mail)
    assert Delivery.objects.get().state == "done"
    assert not Record.objects.filter(kind="delivery.sent_again").exists()


def test_what_is_under_way_is_not_sent_again(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)
    with pytest.raises(Conflict):
        send_again(actor=actor_of(desk.engineer), at=MONDAY, delivery=Delivery.objects.get())


def test_staff_see_what_became_of_the_mails_of_each_message(
    desk: Desk, ticket: Ticket, mail: Delivery
) -> None:
    message = ticket.messages.latest("id")
    assert mails_of_messages(ticket)[message.pk] == [mail]
    assert deliveries_of([mail.record_id]) == {mail.record_id: [mail]}


def test_trouble_of_other_clients_is_not_shown(desk: Desk, mail: Delivery) -> None:
    bounced(mail)
    stranger = make_desk("OTHER")
    assert not trouble_visible_to(actor_of(stranger.csm)).exists()
    assert not trouble_visible_to(actor_of(desk.poc)).exists()
    with pytest.raises(NotHere):
        delivery_for(actor_of(stranger.csm), mail.pk)
    with pytest.raises(NotHere):
        delivery_for(actor_of(desk.lead), 4711)
    assert delivery_for(actor_of(desk.csm), mail.pk) == mail
