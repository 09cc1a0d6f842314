"""A mail of a known contact opens a ticket, by contract and channel, received when we received it (S1)."""

from datetime import timedelta

import pytest

from intake.models import ReceivedMail
from notify.models import Delivery
from slo.models import Clock
from tests.factories import MONDAY, Desk, make_client, make_contact, make_contract, make_desk, name_contact
from tests.intake.letters import arrived, letter, received
from tickets.models import Ticket

NOON = MONDAY + timedelta(hours=3)


def test_a_known_contact_opens_a_ticket(desk: Desk) -> None:
    mail = arrived(letter(desk.member.email, subject="Re: Fwd: The board is slow"), at=NOON)
    ticket = Ticket.objects.get()
    assert (mail.state, mail.ticket, mail.client) == ("ticket", ticket, desk.client)
    assert (ticket.requester, ticket.channel, ticket.subject) == (desk.member, "email", "The board is slow")
    assert ticket.messages.get().body == "It takes a minute to load."


def test_receipt_counts_and_not_the_date_that_the_mail_claims(db: None) -> None:
    desk = make_desk(plan="idalko-premium")
    raw = letter(desk.member.email, headers={"Date": "Mon, 02 Mar 2020 09:00:00 +0000"})
    mail = received(raw, at=NOON)
    arrived(raw, at=NOON + timedelta(hours=2))
    mail.refresh_from_db()
    assert mail.ticket is not None
    assert mail.ticket.opened_at == NOON
    assert Clock.objects.filter(ticket=mail.ticket).earliest("id").started_at == NOON


def test_where_the_plan_does_not_count_mail_no_clock_runs(desk: Desk) -> None:
    mail = arrived(letter(desk.member.email), at=NOON)
    assert mail.ticket is not None
    assert mail.ticket.exempt_reason.startswith("Mail may be seen later")
    assert not Clock.objects.filter(ticket=mail.ticket, due_at__isnull=False).exists()


def test_the_mail_may_name_urgency_and_type_in_the_words_of_the_plan(desk: Desk) -> None:
    text = "Urgency: critical\nType: service request\n\nNothing works."
    ticket = arrived(letter(desk.member.email, text=text)).ticket
    assert ticket is not None
    assert ticket.rank == 1


def test_without_words_for_it_the_middle_urgency_stands(desk: Desk) -> None:
    ticket = arrived(letter(desk.member.email, text="Urgency: yesterday\n\nNothing works.")).ticket
    assert ticket is not None
    assert ticket.rank == 3


@pytest.mark.parametrize(
    ("sender", "proof", "ground"),
    [
        ("eve@evil.example", "pass", "unknown_sender"),
        ("member", "fail", "forged"),
        ("member", "", "unproven"),
        ("engineer", "pass", "staff"),
        ("observer", "pass", "no_contract"),
        ("support@caredesk.localhost", "pass", "own_address"),
    ],
)
def test_who_may_not_open_a_ticket_waits_for_a_person(
    desk: Desk, sender: str, proof: str, ground: str
) -> None:
    address = sender if "@" in sender else desk.person(sender).email
    mail = arrived(letter(address, proof=proof))
    assert (mail.state, mail.ground, Ticket.objects.count()) == ("held", ground, 0)
    assert mail.why


def test_nobody_is_answered_whose_mail_waits(desk: Desk) -> None:
    arrived(letter("eve@evil.example", text="Buy now"))
    assert not Delivery.objects.exists()


def test_a_person_of_two_clients_has_to_be_asked(desk: Desk) -> None:
    second = make_client("BETA")
    make_contract(second)
    both = make_contact(second, "member")
    both.memberships.create(client=desk.client, role="member")
    mail = arrived(letter(both.email))
    assert (mail.ground, mail.client) == ("several_contracts", None)


def test_the_contract_that_names_the_sender_goes_before(desk: Desk) -> None:
    premier = make_contract(desk.client, "premier-support")
    name_contact(premier, desk.member)
    mail = arrived(letter(desk.member.email))
    assert mail.ground == "several_contracts"


def test_who_is_not_named_opens_without_service_levels(db: None) -> None:
    desk = make_desk(plan="premier-support")
    ticket = arrived(letter(desk.member.email)).ticket
    assert ticket is not None
    assert "not_named" in ticket.flags
    assert ticket.exempt_reason


def test_the_same_subject_again_within_the_hour_waits(desk: Desk) -> None:
    assert arrived(letter(desk.member.email, subject="Help")).state == "ticket"
    again = letter(desk.member.email, subject="RE: help")
    assert arrived(again, at=NOON - timedelta(hours=2, minutes=1)).ground == "repeated"
    assert arrived(letter(desk.member.email, subject="Help"), at=NOON).state == "ticket"


def test_a_flood_of_new_tickets_stops(desk: Desk) -> None:
    states = [arrived(letter(desk.member.email, subject=f"Case {n}")).state for n in range(7)]
    assert states == ["ticket"] * 5 + ["held"] * 2
    assert ReceivedMail.objects.latest("id").ground == "too_many"


def test_a_mail_without_subject_or_text_is_still_a_ticket(desk: Desk) -> None:
    ticket = arrived(letter(desk.member.email, subject="", text="")).ticket
    assert ticket is not None
    assert (ticket.subject, ticket.messages.get().body) == ("(no subject)", "(no text)")
