"""A mail joins a ticket by its reply address and a sender who is proven; nothing else does it (X4)."""

from datetime import timedelta
from functools import partial
from itertools import product

import pytest

from accounts.services import disable_person, end_membership
from escalation.models import Escalation
from escalation.services import set_default_path
from events.domain.actor import SYSTEM
from intake.models import ReceivedMail
from tests.factories import MONDAY, Desk, make_contact, make_desk, make_ticket, reply
from tests.intake.letters import SUPPORT, answer_address, arrived, letter
from tickets.models import Message, Ticket
from tickets.services import change_status, merge_ticket

LATER = MONDAY + timedelta(minutes=10)


def last_of(ticket: Ticket) -> Message:
    """The last message on a ticket."""
    return Message.objects.filter(ticket=ticket).latest("id")


def test_a_contacts_answer_becomes_their_public_message(desk: Desk, ticket: Ticket) -> None:
    mail = arrived(
        letter(desk.member.email, to=answer_address(ticket, desk.member), text="Now it is worse."), at=LATER
    )
    message = last_of(ticket)
    assert (mail.state, mail.ticket, mail.message) == ("reply", ticket, message)
    assert (message.author, message.body, message.visibility) == (desk.member, "Now it is worse.", "public")
    assert message.at == LATER


def test_staff_answer_a_public_notice_publicly_and_an_internal_one_by_a_note(
    desk: Desk, ticket: Ticket
) -> None:
    for is_internal, visibility in ((False, "public"), (True, "internal")):
        address = answer_address(ticket, desk.engineer, is_internal=is_internal)
        arrived(letter(desk.engineer.email, to=address, text=f"An answer, {visibility}."), at=LATER)
        assert (last_of(ticket).visibility, last_of(ticket).author) == (visibility, desk.engineer)


def test_a_contact_cannot_answer_a_note_even_with_its_address(desk: Desk, ticket: Ticket) -> None:
    address = answer_address(ticket, desk.member, is_internal=True)
    assert arrived(letter(desk.member.email, to=address)).ground == "refused"
    assert ticket.messages.count() == 1


TOKENS = ("ours", "missing", "another ticket's", "another client's")
SENDERS = ("addressee", "colleague", "another client's", "stranger")
PROOFS = ("fail", "", "pass")
#: Where a proven sender gets; everything else waits for a person.
ALLOWED = {
    ("ours", "addressee"): "reply",
    ("another ticket's", "colleague"): "reply",
    ("another client's", "another client's"): "reply",
    ("missing", "addressee"): "ticket",
    ("missing", "colleague"): "ticket",
    ("missing", "another client's"): "ticket",
}


@pytest.mark.parametrize(("token", "sender"), list(product(TOKENS, SENDERS)))
def test_only_the_addressee_whom_our_server_vouches_for_joins_a_ticket(
    desk: Desk, ticket: Ticket, token: str, sender: str
) -> None:
    other = make_desk("BETA")
    theirs = make_ticket(other.contract, requester=other.member)
    second = make_ticket(desk.contract, requester=desk.poc)
    address = {
        "ours": answer_address(ticket, desk.member),
        "missing": SUPPORT,
        "another ticket's": answer_address(second, desk.poc),
        "another client's": answer_address(theirs, other.member),
    }[token]
    address_of = {"addressee": desk.member, "colleague": desk.poc, "another client's": other.member}
    person = address_of.get(sender)
    found = {
        proof: arrived(letter(person.email if person else "eve@evil.example", to=address, proof=proof)).state
        for proof in PROOFS
    }
    assert found == {"fail": "held", "": "held", "pass": ALLOWED.get((token, sender), "held")}


def test_a_copy_to_others_grants_them_nothing(desk: Desk, ticket: Ticket) -> None:
    raw = letter(desk.member.email, to=answer_address(ticket, desk.member), headers={"Cc": desk.poc.email})
    assert arrived(raw).state == "reply"
    assert not ticket.participants.exists()


@pytest.mark.parametrize("end", ["membership", "account"])
def test_who_has_left_no_longer_answers_by_mail(desk: Desk, ticket: Ticket, end: str) -> None:
    raw = letter(desk.member.email, to=answer_address(ticket, desk.member))
    if end == "account":
        disable_person(actor=SYSTEM, at=MONDAY, person=desk.member)
    else:
        membership = desk.member.memberships.get()
        end_membership(actor=SYSTEM, at=MONDAY, membership=membership)
    assert arrived(raw).state == "held"
    assert ticket.messages.count() == 1


def test_a_mail_to_the_addresses_of_two_tickets_waits(desk: Desk, ticket: Ticket) -> None:
    second = make_ticket(desk.contract, requester=desk.member)
    both = f"{answer_address(ticket, desk.member)}, {answer_address(second, desk.member)}"
    assert arrived(letter(desk.member.email, to=both)).ground == "several_tickets"


@pytest.mark.parametrize(("true", "spoiled"), [("reply+", "reply+1"), (".", ".a"), ("@", "a@")])
def test_an_address_that_we_never_gave_out_is_named_so(
    desk: Desk, ticket: Ticket, true: str, spoiled: str
) -> None:
    address = answer_address(ticket, desk.member).replace(true, spoiled, 1)
    mail = arrived(letter(desk.member.email, to=address))
    assert (mail.state, mail.ground) == ("held", "bad_address")


def test_a_lost_reply_address_waits_with_its_ticket_as_a_hint(desk: Desk, ticket: Ticket) -> None:
    raw = letter(desk.member.email, headers={"In-Reply-To": f"<ticket-{ticket.pk}@caredesk.localhost>"})
    mail = arrived(raw)
    assert (mail.ground, mail.hint, mail.client) == ("lost_address", ticket, desk.client)


def test_naming_another_clients_ticket_shows_its_staff_nothing(desk: Desk, ticket: Ticket) -> None:
    stranger = make_desk("BETA").member
    mail = arrived(letter(stranger.email, headers={"References": f"<ticket-{ticket.pk}@caredesk.localhost>"}))
    assert (mail.hint, mail.client and mail.client.key) == (None, "BETA")


def test_an_answer_takes_a_waiting_ticket_back_to_work(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)
    move = partial(change_status, actor=SYSTEM, at=MONDAY, ticket=ticket)
    move(to="in_progress")
    move(to="waiting_on_client", waiting_on=desk.member, waiting_for="The log")
    arrived(letter(desk.member.email, to=answer_address(ticket, desk.member)), at=LATER)
    ticket.refresh_from_db()
    assert ticket.status == "in_progress"


def test_an_answer_to_a_merged_ticket_goes_where_it_went(desk: Desk, ticket: Ticket) -> None:
    into = make_ticket(desk.contract, requester=desk.member)
    merge_ticket(actor=SYSTEM, at=MONDAY, ticket=ticket, into=into)
    mail = arrived(letter(desk.member.email, to=answer_address(ticket, desk.member)), at=LATER)
    assert mail.ticket == into


def test_what_was_quoted_is_kept_beside_the_words(desk: Desk, ticket: Ticket) -> None:
    text = "Thank you, that helps.\n\nOn Mon, 2 Mar 2026 at 09:00, Ines wrote:\n> Did you restart it?\n"
    arrived(letter(desk.member.email, to=answer_address(ticket, desk.member), text=text))
    message = last_of(ticket)
    assert message.body == "Thank you, that helps."
    assert message.quoted.endswith("> Did you restart it?")


def test_a_contact_escalates_by_the_first_line(desk: Desk, ticket: Ticket) -> None:
    set_default_path(at=MONDAY, contract=desk.contract)
    raw = letter(
        desk.member.email,
        to=answer_address(ticket, desk.member),
        text="ESCALATE: we cannot ship since yesterday\n\nPlease call.",
    )
    for _ in range(2):
        arrived(raw.replace(b"Message-ID: <", b"Message-ID: <again-", 1), at=LATER)
        raw = raw.replace(b"Please call.", b"Please call now.")
    raised = Escalation.objects.get()
    assert (raised.ground, raised.reason) == ("other", "we cannot ship since yesterday")
    assert raised.raised_by == desk.member
    assert "not raised" in ReceivedMail.objects.latest("id").detail


def test_staff_and_notes_escalate_nothing_by_mail(desk: Desk, ticket: Ticket) -> None:
    set_default_path(at=MONDAY, contract=desk.contract)
    for is_internal in (True, False):
        address = answer_address(ticket, desk.engineer, is_internal=is_internal)
        assert arrived(letter(desk.engineer.email, to=address, text="ESCALATE: now")).state == "reply"
    assert not Escalation.objects.exists()


def test_an_answer_to_a_closed_ticket_opens_a_follow_up_by_mail(desk: Desk, ticket: Ticket) -> None:
    change_status(actor=SYSTEM, at=MONDAY, ticket=ticket, to="cancelled", reason="Not needed")
    mail = arrived(letter(desk.member.email, to=answer_address(ticket, desk.member)), at=LATER)
    assert mail.ticket is not None
    assert (mail.ticket.channel, mail.ticket.subject[:12]) == ("email", "Follow-up of")


def test_a_flood_of_answers_stops_at_the_rate_of_a_robot(desk: Desk, ticket: Ticket) -> None:
    address = answer_address(ticket, desk.member)
    mails = [arrived(letter(desk.member.email, to=address, text=f"Answer {n}")) for n in range(33)]
    assert [one.state for one in mails] == ["reply"] * 30 + ["held"] * 3
    assert mails[-1].ground == "too_many"
    assert make_contact(desk.client).email  # others write on
