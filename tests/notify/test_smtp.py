"""Mail over a real server: taken, refused for now, refused for good, cut off, away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings

from notify.models import Attempt, Delivery, State
from notify.services import deliver_due
from tests.factories import MONDAY, make_contact, make_ticket, reply
from tests.notify.servers import MailSink, free_port, mail_server
from tests.notify.told import Desk, clear, tell
from tickets.models import Ticket

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sink() -> Iterator[MailSink]:
    """A mail server that takes everything."""
    with mail_server() as running:
        yield running


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


@pytest.fixture
def mail(desk: Desk, ticket: Ticket) -> Delivery:
    """One mail to the member that waits in the outbox."""
    reply(ticket, desk.engineer)
    return Delivery.objects.get(person=desk.member, due_at__isnull=False)


def fresh(delivery: Delivery) -> Delivery:
    """The delivery as it stands now."""
    return Delivery.objects.get(pk=delivery.pk)


def outcomes(delivery: Delivery) -> list[str]:
    """How its attempts ended, in order."""
    return list(Attempt.objects.filter(delivery=delivery).values_list("outcome", flat=True))


def test_a_mail_arrives_once_and_the_servers_answer_is_kept(
    sink: MailSink, mail: Delivery, desk: Desk
) -> None:
    deliver_due(at=MONDAY)
    deliver_due(at=MONDAY + timedelta(days=1))
    assert [taken.to for taken in sink.taken] == [[desk.member.email]]
    assert fresh(mail).state == State.DONE
    assert "queued as 4711" in fresh(mail).outcome


def test_a_mail_carries_what_brings_its_answer_back(sink: MailSink, mail: Delivery) -> None:
    deliver_due(at=MONDAY)
    taken = sink.taken[0]
    assert taken.mail["Message-ID"] == mail.message_id
    assert taken.mail["Reply-To"].startswith("reply+")
    assert taken.mail["References"].startswith("<ticket-")
    assert taken.sender.startswith("bounce+")


def test_greylisting_is_tried_again_after_five_minutes_under_the_same_id(
    sink: MailSink, mail: Delivery, desk: Desk
) -> None:
    sink.answers[desk.member.email] = ["451 Come back later"]
    deliver_due(at=MONDAY)
    assert Delivery.objects.filter(pk=mail.pk, due_at__gte=MONDAY + 5 * MINUTE).exists()
    deliver_due(at=MONDAY + 4 * MINUTE)
    assert sink.taken == []
    deliver_due(at=MONDAY + 6 * MINUTE)
    assert [taken.mail["Message-ID"] for taken in sink.taken] == [mail.message_id]


def test_one_greylisted_recipient_delays_no_other(
    sink: MailSink, mail: Delivery, desk: Desk, ticket: Ticket
) -> None:
    other = make_ticket(desk.contract, requester=make_contact(desk.client, "poc", name="Bram"))
    sink.answers[desk.member.email] = ["451 Come back later"]
    tell()
    assert fresh(mail).state == State.WAITING
    assert Delivery.objects.filter(ticket=other, state="done", person__name="Bram").exists()


def test_a_refusal_for_good_is_shown_and_not_tried_again(sink: MailSink, mail: Delivery, desk: Desk) -> None:
    sink.answers[desk.member.email] = ["550 No such mailbox"]
    deliver_due(at=MONDAY)
    deliver_due(at=MONDAY + timedelta(days=1))
    assert (fresh(mail).state, fresh(mail).due_at) == (State.FAILED, None)
    assert "550 No such mailbox" in fresh(mail).outcome
    assert outcomes(mail) == ["failed"]


def test_a_connection_cut_after_the_text_makes_one_more_copy_under_the_same_id(
    sink: MailSink, mail: Delivery
) -> None:
    sink.drops = 1
    deliver_due(at=MONDAY)
    assert fresh(mail).state == State.UNKNOWN
    deliver_due(at=MONDAY + 6 * MINUTE)
    assert [taken.mail["Message-ID"] for taken in sink.taken] == [mail.message_id] * 2
    assert (fresh(mail).state, fresh(mail).doubts) == (State.DONE, 1)


def test_after_a_second_lost_answer_a_person_decides(sink: MailSink, mail: Delivery) -> None:
    sink.drops = 9
    for day in range(3):
        deliver_due(at=MONDAY + timedelta(days=day))
    assert len(sink.taken) == 2
    assert (fresh(mail).state, fresh(mail).due_at) == (State.UNKNOWN, None)
    assert outcomes(mail) == ["unknown", "unknown"]


def test_while_the_server_is_away_mails_wait_and_one_try_is_made_for_all(
    desk: Desk, mail: Delivery, ticket: Ticket
) -> None:
    make_ticket(desk.contract, requester=make_contact(desk.client, "poc"))
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port()):
        tell()
    waiting = Delivery.objects.under_way()
    assert waiting.count() >= 2
    assert {delivery.due_at for delivery in waiting} == {fresh(mail).due_at}
    assert Attempt.objects.count() == 1


def test_two_hours_without_a_server_lose_nothing(desk: Desk, mail: Delivery) -> None:
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port()):
        for minutes in range(0, 120, 2):
            deliver_due(at=MONDAY + minutes * MINUTE)
    with mail_server() as sink:
        deliver_due(at=MONDAY + timedelta(hours=6))
    assert [taken.mail["Message-ID"] for taken in sink.taken] == [mail.message_id]


def test_mails_of_one_person_about_one_ticket_keep_their_order(
    sink: MailSink, mail: Delivery, desk: Desk, ticket: Ticket
) -> None:
    sink.answers[desk.member.email] = ["451 Come back later"]
    reply(ticket, desk.engineer, "And another thing.", at=MONDAY + MINUTE)
    deliver_due(at=MONDAY + MINUTE)
    assert sink.taken == []
    deliver_due(at=MONDAY + 10 * MINUTE)
    assert ["another thing" in str(taken.mail) for taken in sink.taken] == [False, True]


def test_a_second_mail_refers_to_the_first(
    sink: MailSink, mail: Delivery, desk: Desk, ticket: Ticket
) -> None:
    deliver_due(at=MONDAY)
    reply(ticket, desk.engineer, "And another thing.")
    deliver_due(at=MONDAY)
    assert sink.taken[1].mail["In-Reply-To"] == mail.message_id
