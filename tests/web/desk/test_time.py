"""Logging time on a ticket: timer, entries, corrections, and the client's hours."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hours.models import OverageRequest, TimeEntry, Timer
from hours.services import log_time, open_account, start_timer
from tests.factories import Desk, actor_of, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket


@pytest.fixture(autouse=True)
def hours(desk: Desk) -> None:
    """The client's hours of this month."""
    open_account(contract=desk.contract, at=timezone.now())


def post(browser: Client, ticket: Ticket, place: str, **facts: object) -> int:
    """Send a form of the ticket's time; the status of the answer."""
    return int(browser.post(f"/desk/tickets/{ticket.key}/{place}/", facts).status_code)


def entry(**changes: object) -> dict[str, object]:
    """The form of an entry, filled in."""
    today = timezone.now().date()
    facts = {"minutes": "0:20", "note": "Read the logs", "worked_on": today, "activity": "requested_work"}
    return {**facts, "request_key": "key-1", **changes}


def logged(desk: Desk, ticket: Ticket, minutes: int = 20) -> TimeEntry:
    """An entry of the engineer, of today."""
    now = timezone.now()
    return log_time(
        actor=actor_of(desk.engineer),
        at=now,
        ticket=ticket,
        minutes=minutes,
        worked_on=now.date(),
        note="Read the logs",
    )


def test_the_hours_left_stand_before_anybody_starts(engineer: Client, ticket: Ticket) -> None:
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert "20:00 of 20:00 left" in page
    assert "Start timer" in page
    assert f'type="date" name="worked_on" value="{timezone.now().date()}"' in page


def test_a_timer_runs_and_its_page_counts(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "timer/start") == 302
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert "data-cd-timer" in page
    assert "Stop and log" in page


def test_a_timer_pauses_goes_on_and_logs(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    began = timezone.now() - timedelta(minutes=20, seconds=20)
    start_timer(actor=actor_of(desk.engineer), at=began, ticket=ticket)
    assert post(engineer, ticket, "timer/pause") == 302
    assert Timer.objects.get().running_since is None
    assert post(engineer, ticket, "timer/resume") == 302
    assert post(engineer, ticket, "timer/stop", note="Published it") == 302
    made = TimeEntry.objects.get()
    assert (made.worked_minutes, made.billed_minutes, made.note) == (21, 30, "Published it")


def test_stopping_twice_logs_once(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now() - timedelta(minutes=5), ticket=ticket)
    assert post(engineer, ticket, "timer/stop", note="Once") == 302
    assert post(engineer, ticket, "timer/stop", note="Once") == 302
    assert TimeEntry.objects.count() == 1


def test_stopping_without_a_word_is_refused_and_the_timer_goes_on(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now() - timedelta(minutes=5), ticket=ticket)
    answer = engineer.post(f"/desk/tickets/{ticket.key}/timer/stop/", {"note": ""})
    assert answer.status_code == 422
    assert "Say what was done" in answer.content.decode()
    assert Timer.objects.running().exists()
    assert not TimeEntry.objects.exists()


def test_a_discarded_timer_logs_nothing(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket)
    assert post(engineer, ticket, "timer/discard") == 302
    assert not Timer.objects.open().exists()
    assert not TimeEntry.objects.exists()


def test_there_is_no_timer_to_stop_and_no_other_act(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "timer/stop", note="x") == 404
    start_timer(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket)
    assert post(engineer, ticket, "timer/explode") == 404


def test_a_timer_elsewhere_is_named_before_it_is_paused(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    elsewhere = make_ticket(desk.contract, requester=desk.poc)
    start_timer(actor=actor_of(desk.engineer), at=timezone.now(), ticket=elsewhere)
    assert elsewhere.key in text_of(engineer, f"/desk/tickets/{ticket.key}/").split("is paused when")[0]


def test_an_entry_is_logged_and_drawn(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "time", **entry()) == 302
    made = TimeEntry.objects.get()
    assert (made.worked_minutes, made.billed_minutes, made.state) == (20, 30, "drawn")
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert "Read the logs" in page
    assert "19:30 of 20:00 left" in page


def test_an_entry_sent_twice_is_one(engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "time", **entry()) == 302
    assert post(engineer, ticket, "time", **entry()) == 302
    assert TimeEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": "45 mins ish"}, "is no amount of time"),
        ({"note": ""}, "This field is required"),
        ({"worked_on": "2099-01-01"}, "That day is still to come"),
        ({"activity": "sleeping"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_where_it_was_typed(
    engineer: Client, ticket: Ticket, changes: dict[str, str], words: str
) -> None:
    answer = engineer.post(f"/desk/tickets/{ticket.key}/time/", entry(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TimeEntry.objects.exists()


def test_work_beyond_the_hours_is_held_and_warned_of(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    logged(desk, ticket, minutes=1200)
    assert "The hours are used up" in text_of(engineer, f"/desk/tickets/{ticket.key}/")
    answer = engineer.post(f"/desk/tickets/{ticket.key}/time/", entry(), follow=True)
    assert "the client is asked for 0:30" in answer.content.decode()
    assert TimeEntry.objects.latest("id").state == "held"


def test_hours_nearly_used_up_are_warned_of(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    logged(desk, ticket, minutes=1110)
    assert "nearly used up" in text_of(engineer, f"/desk/tickets/{ticket.key}/")


def test_more_hours_are_asked_for(engineer: Client, ticket: Ticket) -> None:
    facts = {"minutes": "3:30", "text": "Rebuild the index", "request_key": "k"}
    assert post(engineer, ticket, "hours", **facts) == 302
    assert OverageRequest.objects.get().minutes == 210
    assert post(engineer, ticket, "hours", **{**facts, "request_key": "k2"}) == 422


def test_an_entry_is_corrected_by_a_new_one(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    made = logged(desk, ticket)
    place = f"time/{made.pk}/correct"
    assert 'value="0:20"' in text_of(engineer, f"/desk/tickets/{ticket.key}/{place}/")
    assert post(engineer, ticket, place, **entry(minutes="0:50"), reason="Forgot the call") == 302
    states = list(TimeEntry.objects.order_by("id").values_list("state", "worked_minutes"))
    assert states == [("reversed", 20), ("reversal", -20), ("drawn", 50)]


def test_an_entry_is_taken_back(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    made = logged(desk, ticket)
    assert "Take 0:20 back?" in text_of(engineer, f"/desk/tickets/{ticket.key}/time/{made.pk}/take-back/")
    assert post(engineer, ticket, f"time/{made.pk}/take-back", reason="Wrong ticket") == 302
    assert "20:00 of 20:00 left" in text_of(engineer, f"/desk/tickets/{ticket.key}/")


def test_only_a_lead_bills_nobody(desk: Desk, engineer: Client, lead: Client, ticket: Ticket) -> None:
    made = logged(desk, ticket)
    place = f"time/{made.pk}/waive"
    assert post(engineer, ticket, place, reason="Our mistake") == 403
    assert post(lead, ticket, place, reason="Our mistake") == 302
    assert TimeEntry.objects.filter(state="not_billed").exists()


def test_a_lead_logs_work_that_nobody_pays_for(lead: Client, engineer: Client, ticket: Ticket) -> None:
    assert "not_billed_reason" not in text_of(engineer, f"/desk/tickets/{ticket.key}/")
    answer = lead.post(f"/desk/tickets/{ticket.key}/time/", entry(not_billed_reason="Goodwill"), follow=True)
    assert "0:20 logged, not billed." in answer.content.decode()


def test_entries_of_other_tickets_are_not_here(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    elsewhere = logged(desk, make_ticket(desk.contract, requester=desk.poc))
    for act in ("correct", "take-back", "waive"):
        assert engineer.get(f"/desk/tickets/{ticket.key}/time/{elsewhere.pk}/{act}/").status_code == 404


def test_an_account_executive_sees_the_lines_and_logs_nothing(
    desk: Desk, sign_in: SignIn, ticket: Ticket
) -> None:
    logged(desk, ticket)
    reader = sign_in(desk.account_executive)
    assert "Read the logs" in text_of(reader, f"/desk/tickets/{ticket.key}/")
    assert post(reader, ticket, "timer/start") == 403
