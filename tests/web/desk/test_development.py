"""The queue of tickets that wait for a fix, at the desk and as the client sees it (E5)."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from escalation.models import Development
from events.domain.actor import SYSTEM
from tests.factories import Desk, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket
from tickets.services import change_status

QUEUE = "/desk/development/"


def wait(ticket: Ticket) -> None:
    """Set the ticket to waiting for its maker."""
    change_status(actor=SYSTEM, at=timezone.now(), ticket=ticket, to="waiting_on_vendor")


def test_a_follow_up_is_noted_and_told_on_the_ticket_but_not_to_the_client(
    desk: Desk, ticket: Ticket, engineer: Client, sign_in: SignIn
) -> None:
    wait(ticket)
    where, day = f"/desk/tickets/{ticket.key}/", timezone.now().date() + timedelta(days=9)
    step = {"note": "Case <opened>", "follow_up_on": day.isoformat(), "vendor": "Maker", "reference": "M-9"}
    assert engineer.post(f"{where}vendor/", {**step, "follow_up_on": "2020-01-01"}).status_code == 422
    engineer.post(f"{where}vendor/", step)
    assert "M-9" in text_of(engineer, QUEUE)
    assert "followed up with Maker: Case &lt;opened&gt;" in text_of(engineer, where)
    seen = text_of(sign_in(desk.poc), f"/p/hal/tickets/{ticket.key}/")
    assert "we ask them again by" in seen
    assert "Case" not in seen


def test_what_is_overdue_says_so_in_the_queue_and_on_the_ticket(
    desk: Desk, ticket: Ticket, engineer: Client
) -> None:
    wait(ticket)
    Development.objects.update(overdue_at=timezone.now() - timedelta(hours=1))
    for where in (QUEUE, f"/desk/tickets/{ticket.key}/"):
        assert "Overdue" in text_of(engineer, where)


def test_a_ticket_that_does_not_wait_cannot_be_followed_up(ticket: Ticket, engineer: Client) -> None:
    assert engineer.get(f"/desk/tickets/{ticket.key}/vendor/").status_code == 409


def test_the_queue_costs_the_same_with_many(
    desk: Desk, engineer: Client, django_assert_max_num_queries: object
) -> None:
    for _ in range(3):
        wait(make_ticket(desk.contract, requester=desk.poc, at=timezone.now()))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        engineer.get(QUEUE)
