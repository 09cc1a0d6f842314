"""The week of hours: what stands in it, and adding to it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hours.models import TimeEntry
from hours.services import log_time, open_account, start_timer
from tests.factories import Desk, actor_of, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket


@pytest.fixture(autouse=True)
def hours(desk: Desk) -> None:
    """The client's hours of this month."""
    open_account(contract=desk.contract, at=timezone.now())


def today() -> date:
    """Today where everybody is."""
    return timezone.now().date()


def logged(desk: Desk, ticket: Ticket, minutes: int = 20, *, on: date | None = None) -> TimeEntry:
    """An entry of the engineer, of today unless stated."""
    return log_time(
        actor=actor_of(desk.engineer),
        at=timezone.now(),
        ticket=ticket,
        minutes=minutes,
        worked_on=on or today(),
        note="Read the logs",
    )


def entry(on: Ticket, **changes: object) -> dict[str, object]:
    """The form of an entry, filled in."""
    facts = {"ticket": on.key, "minutes": "45m", "note": "Wrote it up", "worked_on": today()}
    return {**facts, "request_key": "k", **changes}


def test_the_week_says_hours_by_ticket_and_day(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    logged(desk, ticket)
    logged(desk, ticket, minutes=30)
    answer = engineer.get("/desk/timesheet/")
    row, empty = answer.context["rows"]
    assert empty["ticket"] is None
    assert row["ticket"] == ticket
    assert row["cells"][today().weekday()]["minutes"] == 60
    assert answer.context["total"] == 60
    assert "1:00" in answer.content.decode()


def test_a_week_without_time_says_so(engineer: Client) -> None:
    assert "No time is logged in this week yet." in text_of(engineer, "/desk/timesheet/?day=2020-02-05")


def test_nobody_sees_the_week_of_others(desk: Desk, lead: Client, ticket: Ticket) -> None:
    logged(desk, ticket)
    assert "Read the logs" not in text_of(lead, "/desk/timesheet/")


def test_a_day_shows_its_entries_and_the_exact_minutes(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    logged(desk, ticket)
    page = text_of(engineer, f"/desk/timesheet/?day={today()}")
    assert "1 entry, 0:30 logged for 20 min of work" in page


def test_a_cell_fills_in_day_and_ticket(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    day = today() - timedelta(days=1)
    form = engineer.get(f"/desk/timesheet/?day={day}&ticket={ticket.key}").context["form"]
    assert form["ticket"].value() == ticket.key
    assert form["worked_on"].value() == day


def test_an_entry_is_added(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    answer = engineer.post("/desk/timesheet/add/", entry(ticket), follow=True)
    made = TimeEntry.objects.get()
    assert (made.ticket, made.worked_minutes, made.worked_on) == (ticket, 45, today())
    assert f"0:45 on {ticket.key}" in answer.content.decode()


def test_an_entry_sent_twice_is_one(engineer: Client, ticket: Ticket) -> None:
    engineer.post("/desk/timesheet/add/", entry(ticket))
    engineer.post("/desk/timesheet/add/", entry(ticket))
    assert TimeEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ticket": "HAL-999"}, "There is no ticket HAL-999."),
        ({"minutes": "soon"}, "is no amount of time"),
        ({"worked_on": "2099-01-01"}, "That day is still to come"),
        ({"note": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    engineer: Client, ticket: Ticket, changes: dict[str, str], words: str
) -> None:
    answer = engineer.post("/desk/timesheet/add/", entry(ticket, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TimeEntry.objects.exists()


def test_time_on_a_ticket_of_others_is_no_time(other: Desk, engineer: Client) -> None:
    foreign = make_ticket(other.contract, requester=other.poc)
    answer = engineer.post("/desk/timesheet/add/", entry(foreign))
    assert f"There is no ticket {foreign.key}." in answer.content.decode()


def test_the_running_timer_stands_on_top(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now() - timedelta(minutes=20), ticket=ticket)
    page = text_of(engineer, "/desk/timesheet/")
    assert "Running timer" in page
    assert "will log <strong>0:30</strong>" in page


def test_an_address_that_makes_no_sense_shows_this_week(engineer: Client) -> None:
    assert engineer.get("/desk/timesheet/?day=yesterday").context["day"] == today()


def test_contacts_have_no_timesheet(desk: Desk, sign_in: SignIn) -> None:
    assert sign_in(desk.poc).get("/desk/timesheet/").status_code == 404


def test_a_full_week_costs_the_same_as_one_entry(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    logged(desk, ticket)
    text_of(engineer, "/desk/timesheet/")
    with CaptureQueriesContext(connection) as for_one:
        text_of(engineer, "/desk/timesheet/")
    for _ in range(5):
        logged(desk, make_ticket(desk.contract, requester=desk.poc))
    with CaptureQueriesContext(connection) as for_many:
        text_of(engineer, "/desk/timesheet/")
    assert len(for_many) == len(for_one)


def handed_in(engineer: Client) -> str:
    """Hand this week in; what the page then says."""
    answer = engineer.post("/desk/timesheet/hand-in/", {"day": f"{today()}"}, follow=True)
    return answer.content.decode()


def test_a_week_is_handed_in_and_says_so(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    logged(desk, ticket)
    assert "Hand in week" in text_of(engineer, "/desk/timesheet/")
    page = handed_in(engineer)
    assert "is handed in with 0:30." in page
    assert "Hand in week" not in page
    logged(desk, ticket)
    assert "it changed since" in text_of(engineer, "/desk/timesheet/")
    assert "Hand in again" in text_of(engineer, "/desk/timesheet/")


def test_an_empty_week_cannot_be_handed_in(engineer: Client) -> None:
    assert "Hand in week" not in text_of(engineer, "/desk/timesheet/")
    assert "No time is logged in this week yet" in handed_in(engineer)


def test_leads_see_whose_last_week_is_missing(
    desk: Desk, engineer: Client, lead: Client, ticket: Ticket
) -> None:
    logged(desk, ticket, on=today() - timedelta(days=today().weekday() + 7))
    assert "Last week, not handed in" in text_of(lead, "/desk/hours/")
    assert "Last week, not handed in" not in text_of(engineer, "/desk/hours/")
