"""Programs that write mails are recognised and never answered; loops end by themselves (threat 19)."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from notify.models import Delivery
from tests.factories import MONDAY, Desk
from tests.intake.letters import SUPPORT, answer_address, arrived, letter
from tickets.models import Ticket

MARKS: list[Mapping[str, str]] = [
    {"Auto-Submitted": "auto-replied"},
    {"Auto-Submitted": "auto-generated; owner-email=x"},
    {"Precedence": "bulk"},
    {"List-Id": "<announce.example.org>"},
    {"X-Autoreply": "yes"},
    {"Return-Path": "<>"},
]


@pytest.mark.parametrize("marks", MARKS)
def test_what_a_program_sent_is_set_aside_wherever_it_was_sent_to(
    desk: Desk, ticket: Ticket, marks: Mapping[str, str]
) -> None:
    for to in (SUPPORT, answer_address(ticket, desk.member)):
        mail = arrived(letter(desk.member.email, to=to, headers=marks))
        assert (mail.state, mail.ground) == ("automatic", "program")
    assert (Ticket.objects.count(), ticket.messages.count()) == (1, 1)


def test_a_mark_that_says_no_marks_nothing(desk: Desk) -> None:
    assert arrived(letter(desk.member.email, headers={"Auto-Submitted": "no"})).state == "ticket"


def test_why_it_was_set_aside_is_said(desk: Desk) -> None:
    mail = arrived(letter(desk.member.email, headers={"Precedence": "list"}))
    assert "program" in mail.why
    assert "bulk" in mail.detail


@pytest.mark.parametrize("answers_to", ["the reply address", "the desk, in the thread", "the desk, anew"])
def test_a_robot_without_marks_gets_one_mail_and_opens_one_ticket(desk: Desk, answers_to: str) -> None:
    robot = desk.member
    arrived(letter(robot.email, subject="Away"))
    ticket = Ticket.objects.get()
    for minute in range(1, 11):
        told = Delivery.objects.filter(person=robot).latest("id")
        to = (
            answer_address(ticket, robot)
            if answers_to == "the reply address"
            else "support@caredesk.localhost"
        )
        headers = {"In-Reply-To": told.message_id} if "thread" in answers_to else {}
        raw = letter(robot.email, to=to, subject="Re: Away", text=f"I am away ({minute})", headers=headers)
        arrived(raw, at=MONDAY + timedelta(minutes=minute))
    assert Ticket.objects.count() == 1
    assert Delivery.objects.filter(person=robot).count() == 1


PRIVATE = ["Ticket", "Key", "Client", "Person", "Status", "Internal", "Delivery", "Token", "Assignee"]


@pytest.mark.parametrize("form", ["X-Caredesk-{}", "{}", "X-{}", "X-Delivery-{}"])
def test_headers_that_look_like_ours_have_no_meaning(desk: Desk, ticket: Ticket, form: str) -> None:
    headers = {form.format(word): f"{ticket.key}" for word in PRIVATE}
    mail = arrived(letter(desk.poc.email, headers=headers))
    assert (mail.state, mail.ticket == ticket) == ("ticket", False)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == ("new", None)


def test_a_forged_engineer_waits(desk: Desk, ticket: Ticket) -> None:
    mail = arrived(letter(desk.engineer.email, to=answer_address(ticket, desk.engineer), proof="fail"))
    assert (mail.state, mail.ground) == ("held", "forged")
