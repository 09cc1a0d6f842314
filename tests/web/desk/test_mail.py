"""Mails that wait for a person: seen by those who may decide, filed, opened as tickets or discarded."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from contracts.queries import effective_plan
from intake.models import Mailbox, ReceivedMail
from tests.factories import Desk, make_ticket
from tests.intake.letters import SERVER, arrived, letter
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Attachment, Message, Ticket


@pytest.fixture(autouse=True)
def our_server(settings: Settings) -> None:
    """The name by which our mail server signs what it found out about senders."""
    settings.INBOUND_MAIL_SERVERS = [SERVER]


@pytest.fixture
def held(desk: Desk, ticket: Ticket) -> ReceivedMail:
    """A mail in the member's name about the ticket, whose sender our server could not confirm."""
    raw = letter(
        desk.member.email,
        subject="About the board",
        text="It is <b>still</b> slow.",
        proof="fail",
        headers={"In-Reply-To": f"<ticket-{ticket.pk}@caredesk.localhost>"},
        files=[("trace.log", b"out of memory")],
    )
    return arrived(raw, at=timezone.now())


def decide(browser: Client, mail: ReceivedMail, act: str, **facts: object) -> int:
    """Send one of the forms about a mail."""
    return int(browser.post(f"/desk/mail/{mail.pk}/{act}/", facts).status_code)


def test_what_waits_is_listed_with_the_reason(engineer: Client, held: ReceivedMail) -> None:
    page = text_of(engineer, "/desk/mail/")
    assert "About the board" in page
    assert "could not confirm the sender" in page
    assert '<span class="visually-hidden"> wait for a decision</span>' in page


def test_one_mail_shows_its_words_as_words(engineer: Client, held: ReceivedMail, ticket: Ticket) -> None:
    page = text_of(engineer, f"/desk/mail/{held.pk}/")
    assert "It is &lt;b&gt;still&lt;/b&gt; slow." in page
    assert "trace.log" in page
    assert ticket.key in page


def test_a_mail_of_a_client_is_for_its_staff_and_one_of_nobody_for_leads(
    desk: Desk, other: Desk, sign_in: SignIn, held: ReceivedMail
) -> None:
    nobodys = arrived(letter("eve@evil.example", subject="Who am I"))
    both = [held.pk, nobodys.pk]
    seen = {
        role: [
            one.pk for one in (held, nobodys) if f"/desk/mail/{one.pk}/" in text_of(browser, "/desk/mail/")
        ]
        for role, browser in {
            "engineer": sign_in(desk.engineer),
            "stranger": sign_in(other.engineer),
            "lead": sign_in(desk.lead),
            "account executive": sign_in(desk.account_executive),
        }.items()
    }
    assert seen == {"engineer": both[:1], "stranger": [], "lead": both, "account executive": []}
    assert sign_in(other.engineer).get(f"/desk/mail/{held.pk}/").status_code == 404


def test_filed_as_a_note_no_client_reads_it(
    desk: Desk, engineer: Client, held: ReceivedMail, ticket: Ticket
) -> None:
    assert decide(engineer, held, "file", key=ticket.key.lower(), words="note") == 302
    note = Message.objects.latest("id")
    assert (note.visibility, note.author, note.ticket) == ("internal", desk.engineer, ticket)
    assert note.body.startswith(f"Mail from {desk.member.email}: About the board")
    assert Attachment.objects.get(message=note).name == "trace.log"
    held.refresh_from_db()
    assert (held.state, held.settled_by, held.message) == ("reply", desk.engineer, note)


def test_filed_for_the_sender_it_is_their_message(desk: Desk, engineer: Client, held: ReceivedMail) -> None:
    own = make_ticket(desk.contract, requester=desk.member)
    assert decide(engineer, held, "file", key=own.key, words="sender") == 302
    message = Message.objects.latest("id")
    assert (message.visibility, message.author, message.author_kind) == ("public", desk.member, "contact")


def test_who_does_not_take_part_gets_no_words_there(
    engineer: Client, held: ReceivedMail, ticket: Ticket
) -> None:
    assert decide(engineer, held, "file", key=ticket.key, words="sender") == 422
    held.refresh_from_db()
    assert (held.state, ticket.messages.count()) == ("held", 1)


@pytest.mark.parametrize("key", ["HAL-777", "nonsense", "ORR-1"])
def test_a_ticket_that_one_does_not_see_is_no_ticket(
    engineer: Client, other: Desk, held: ReceivedMail, key: str
) -> None:
    assert decide(engineer, held, "file", key=key, words="note") == 422


def test_the_words_of_a_stranger_are_filed_as_a_note_alone(lead: Client, ticket: Ticket) -> None:
    mail = arrived(letter("eve@evil.example"))
    assert "for whom I vouch" not in text_of(lead, f"/desk/mail/{mail.pk}/file/")
    assert decide(lead, mail, "file", key=ticket.key, words="sender") == 422
    assert decide(lead, mail, "file", key=ticket.key, words="note") == 302


def test_a_ticket_made_of_it_was_received_when_the_mail_was(
    desk: Desk, engineer: Client, held: ReceivedMail
) -> None:
    assert "About the board" in text_of(engineer, f"/desk/mail/{held.pk}/open/")
    plan = effective_plan(desk.contract)
    codes = {"request_type": plan.request_types[0].code, "urgency": plan.urgencies[0].code}
    assert decide(engineer, held, "open", requester=desk.member.pk, subject="Slow", **codes) == 302
    made = Ticket.objects.latest("id")
    assert (made.channel, made.opened_at, made.requester) == ("email", held.received_at, desk.member)


def test_where_the_client_is_not_known_the_contract_is_asked_for(
    desk: Desk, other: Desk, lead: Client, sign_in: SignIn
) -> None:
    mail = arrived(letter("eve@evil.example"))
    page = text_of(lead, f"/desk/mail/{mail.pk}/open/")
    assert desk.contract.name in page
    assert other.client.name in page
    assert "For whom" in text_of(lead, f"/desk/mail/{mail.pk}/open/?contract={desk.contract.pk}")
    assert lead.get(f"/desk/mail/{mail.pk}/open/?contract=999999").status_code == 404


def test_discarding_needs_a_reason_and_stays_readable(engineer: Client, held: ReceivedMail) -> None:
    assert decide(engineer, held, "discard", reason=" ") == 422
    assert decide(engineer, held, "discard", reason="An advertisement") == 302
    page = text_of(engineer, "/desk/mail/?show=discarded")
    assert "An advertisement" in page
    assert "Nothing to decide" in text_of(engineer, "/desk/mail/")


def test_what_was_decided_is_not_decided_again(engineer: Client, held: ReceivedMail, ticket: Ticket) -> None:
    decide(engineer, held, "discard", reason="An advertisement")
    assert decide(engineer, held, "file", key=ticket.key, words="note") == 422
    assert ticket.messages.count() == 1


def test_what_was_set_aside_can_be_taken_up(engineer: Client, desk: Desk, ticket: Ticket) -> None:
    mail = arrived(letter(desk.member.email, headers={"Precedence": "bulk"}))
    assert "bulk" in text_of(engineer, "/desk/mail/?show=aside")
    assert decide(engineer, mail, "file", key=ticket.key, words="note") == 302


def test_a_mailbox_out_of_reach_is_said(engineer: Client) -> None:
    Mailbox.objects.create(name="support on mail.example", failing_since=timezone.now(), fault="No sign-in.")
    assert "No sign-in." in text_of(engineer, "/desk/mail/")


def test_what_a_mail_quoted_is_folded_in_the_conversation(
    desk: Desk, engineer: Client, ticket: Ticket, sign_in: SignIn
) -> None:
    Message.objects.filter(ticket=ticket).update(quoted="> <i>before</i>")
    for browser, address in (
        (engineer, f"/desk/tickets/{ticket.key}/"),
        (sign_in(desk.poc), f"/p/hal/tickets/{ticket.key}/"),
    ):
        page = text_of(browser, address)
        assert "<summary>Quoted text</summary>" in page
        assert "&gt; &lt;i&gt;before&lt;/i&gt;" in page


def test_the_list_costs_the_same_with_many(
    engineer: Client, held: ReceivedMail, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(14) as asked:
            text_of(engineer, "/desk/mail/")
        counts.append(len(asked))
        for number in range(4):
            arrived(letter(held.sender, subject=f"Case {number}", proof=""))
    assert counts[0] == counts[1]
