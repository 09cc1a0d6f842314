"""What a ticket says about time before anybody starts: balance, estimate, clearance, a forgotten timer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from contracts.services import clear_engineer
from hours.models import TimeEntry
from hours.services import open_account, start_timer
from tests.factories import Desk, actor_of, make_contract, make_ticket
from tests.web.desk.conftest import text_of
from tickets.models import Approval, Ticket


@pytest.fixture(autouse=True)
def hours(desk: Desk) -> None:
    """Twenty hours of this month."""
    open_account(contract=desk.contract, at=timezone.now())


def page_of(browser: Client, ticket: Ticket, query: str = "") -> str:
    """The ticket's page."""
    return text_of(browser, f"/desk/tickets/{ticket.key}/{query}")


def restrict(desk: Desk) -> None:
    """Let only cleared people work for the client."""
    desk.contract.restricts_engineers = True
    desk.contract.save(update_fields=["restricts_engineers"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1:00", "1:00 fit: 20:00 can be drawn here."),
        ("0:50", "1:00 fit"),
        ("20:00", "20:00 fit"),
        ("20:01", "20:15 do not fit: 0:15 must be approved."),
        ("40h", "40:00 do not fit: 20:00 must be approved."),
        ("soon", "is no amount of time"),
        ("0", "at least one minute"),
    ],
)
def test_an_estimate_is_held_against_the_balance(
    engineer: Client, ticket: Ticket, typed: str, words: str
) -> None:
    assert words in page_of(engineer, ticket, f"?estimate={typed}")


def test_what_is_missing_leads_to_the_question_with_its_amount(engineer: Client, ticket: Ticket) -> None:
    link = f"/desk/tickets/{ticket.key}/hours/?minutes=15"
    assert link in page_of(engineer, ticket, "?estimate=20:01")
    assert 'value="0:15"' in text_of(engineer, link)


def test_the_client_can_be_asked_for_more_than_a_day(engineer: Client, ticket: Ticket) -> None:
    asked = {"minutes": "40:00", "text": "The whole move", "request_key": "k"}
    engineer.post(f"/desk/tickets/{ticket.key}/hours/", asked)
    assert ticket.overages.get().minutes == 2400


def test_who_is_not_cleared_reads_why_instead_of_a_timer(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    restrict(desk)
    page = page_of(engineer, ticket)
    assert "You are not cleared for this contract" in page
    assert "Start timer" not in page
    assert "Log time without the timer" not in page


def test_who_is_cleared_starts_as_ever(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    restrict(desk)
    clear_engineer(actor=actor_of(desk.lead), at=timezone.now(), contract=desk.contract, person=desk.engineer)
    assert "Start timer" in page_of(engineer, ticket)


def test_work_on_site_waits_for_the_clients_agreement(engineer: Client, ticket: Ticket) -> None:
    work = {
        "minutes": "1:00",
        "note": "Changed the disks",
        "worked_on": f"{timezone.now().date()}",
        "activity": "requested_work",
        "on_site": "on",
        "request_key": "k",
    }
    answer = engineer.post(f"/desk/tickets/{ticket.key}/time/", work)
    assert "recorded agreement" in answer.content.decode()
    assert not TimeEntry.objects.exists()
    Approval.objects.create(
        client=ticket.client,
        ticket=ticket,
        kind="on_site",
        question="May we come?",
        state="approved",
        asked_at=timezone.now(),
    )
    engineer.post(f"/desk/tickets/{ticket.key}/time/", work)
    assert TimeEntry.objects.get().worked_minutes == 60


def test_administration_without_the_add_on_is_quoted_before_it_begins(desk: Desk, engineer: Client) -> None:
    payg = make_contract(desk.client, "pay-as-you-go", starts_on=desk.contract.starts_on)
    ticket = make_ticket(payg, requester=desk.poc, category="administration", at=timezone.now())
    page = page_of(engineer, ticket)
    assert "Not covered as it stands" in page
    assert "Quote it by a change request" in page


def test_a_timer_that_was_forgotten_asks_how_long_it_took(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now() - timedelta(hours=5), ticket=ticket)
    assert "Still at it?" in page_of(engineer, ticket)
    assert "Still at it?" in text_of(engineer, "/desk/timesheet/")
    sent = {"note": "Read it", "minutes": "45m"}
    engineer.post(f"/desk/tickets/{ticket.key}/timer/stop/", sent)
    assert TimeEntry.objects.get().worked_minutes == 45


def test_a_timer_of_more_than_a_day_is_not_logged_by_itself(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now() - timedelta(hours=30), ticket=ticket)
    answer = engineer.post(f"/desk/tickets/{ticket.key}/timer/stop/", {"note": "Read it"})
    assert "Give the time that the work took." in answer.content.decode()
    answer = engineer.post(f"/desk/tickets/{ticket.key}/timer/stop/", {"note": "Read it", "minutes": "soon"})
    assert "is no amount of time" in answer.content.decode()
    assert not TimeEntry.objects.exists()


def test_a_timer_that_just_began_asks_nothing(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now() - timedelta(minutes=20), ticket=ticket)
    assert "Still at it?" not in page_of(engineer, ticket)
