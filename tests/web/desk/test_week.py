"""The grid of a week: typed in quarter hours, logged all or nothing, without script."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hours.models import TimeEntry
from hours.services import log_time, open_account
from tests.factories import Desk, actor_of, make_ticket
from tests.web.desk.conftest import text_of
from tickets.models import Ticket

ADDRESS = "/desk/timesheet/fill/"


@pytest.fixture(autouse=True)
def hours(desk: Desk) -> None:
    """The client's hours of this month."""
    open_account(contract=desk.contract, at=timezone.now())


def today() -> date:
    """Today where everybody is."""
    return timezone.now().date()


def sent(*rows: tuple[str, str, str], day: date | None = None) -> dict[str, str]:
    """The grid with so many rows: ticket, time, note; all on the day, today unless stated."""
    on = day or today()
    typed = {"request_key": "week", "day": f"{on}"}
    for number, (key, time, note) in enumerate(rows):
        typed |= {f"r{number}-ticket": key, f"r{number}-d{on.weekday()}": time, f"r{number}-note": note}
    return typed


def told(answer: object) -> str:
    """What an answer says."""
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_what_is_typed_is_logged_at_once(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    second = make_ticket(desk.contract, requester=desk.poc)
    answer = engineer.post(
        ADDRESS, sent((ticket.key, "1", "Moved it"), (second.key, ".75", "Read it")), follow=True
    )
    assert "2 entries, 1:45 logged." in told(answer)
    made = TimeEntry.objects.order_by("id").values_list("ticket_id", "worked_minutes", "worked_on", "note")
    assert list(made) == [(ticket.pk, 60, today(), "Moved it"), (second.pk, 45, today(), "Read it")]


def test_a_grid_sent_twice_logs_once(engineer: Client, ticket: Ticket) -> None:
    for _ in range(2):
        engineer.post(ADDRESS, sent((ticket.key, "1:00", "Moved it")))
    assert TimeEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("time", "note", "words"),
    [
        ("0:20", "Read it", "quarter hours"),
        ("25:00", "Read it", "24 hours at most"),
        ("-1", "Read it", "is no amount of time"),
        ("1.001", "Read it", "whole number of minutes"),
        ("１", "Read it", "is no amount of time"),
        ("1:00", "", "Say what was done"),
        ("", "Read it", "Change the time of at least one day."),
        ("0", "Read it", "Change the time of at least one day."),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_kept(
    engineer: Client, ticket: Ticket, time: str, note: str, words: str
) -> None:
    answer = engineer.post(ADDRESS, sent((ticket.key, time, note)))
    assert answer.status_code == 422
    assert words in told(answer)
    assert f'value="{time}"' in told(answer) or not time
    assert not TimeEntry.objects.exists()


def test_one_bad_cell_keeps_all_of_them_out(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    answer = engineer.post(ADDRESS, sent((ticket.key, "1", "Moved it"), ("HAL-999", "1", "Read it")))
    assert "There is no ticket HAL-999." in told(answer)
    assert not TimeEntry.objects.exists()


def test_a_refusal_of_the_ledger_stands_at_its_cell(engineer: Client, ticket: Ticket) -> None:
    ticket.contract.starts_on = today()
    ticket.contract.save(update_fields=["starts_on"])
    yesterday = today() - timedelta(days=1)
    answer = engineer.post(ADDRESS, sent((ticket.key, "1", "Moved it"), day=yesterday))
    assert "choose a later day" in told(answer)
    assert answer.context["week"].errors.keys() == {f"r0-d{yesterday.weekday()}"}


def test_the_ticket_of_another_client_is_no_ticket(other: Desk, engineer: Client) -> None:
    foreign = make_ticket(other.contract, requester=other.poc)
    answer = engineer.post(ADDRESS, sent((foreign.key, "1", "Moved it")))
    assert f"There is no ticket {foreign.key}." in told(answer)
    assert not TimeEntry.objects.exists()


def test_days_to_come_take_no_time(engineer: Client, ticket: Ticket) -> None:
    form = engineer.get(f"/desk/timesheet/?day={today() + timedelta(days=7)}").context["week"]
    assert all(field.disabled for name, field in form.fields.items() if "-d" in name)


def test_a_cell_says_what_is_logged_and_its_ticket_and_day(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    work = {"minutes": 20, "worked_on": today(), "note": "Read the log"}
    log_time(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, **work)  # type: ignore[arg-type]
    page = text_of(engineer, "/desk/timesheet/")
    label = f"{ticket.key}, {today():%a} {today().day}: 0:30 logged"
    assert f'aria-label="{label}"' in page
    assert 'value="0:30"' in page


def standing(desk: Desk, ticket: Ticket, minutes: int) -> TimeEntry:
    """An entry of the engineer, of today, that the grid shows."""
    work = {"minutes": minutes, "worked_on": today(), "note": "Read the log"}
    return log_time(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, **work)  # type: ignore[arg-type]


def changed(ticket: Ticket, time: str, *, seen: int, note: str = "Lunch was in it") -> dict[str, str]:
    """The grid with the ticket's own row, in which so many minutes stood today."""
    sums = ["0"] * 7
    sums[today().weekday()] = f"{seen}"
    return {**sent((ticket.key, time, note)), "r0-seen": ",".join(sums)}


def amounts() -> list[int]:
    """Billed minutes of everything logged, corrections too, in order."""
    return list(TimeEntry.objects.order_by("id").values_list("billed_minutes", flat=True))


def test_a_higher_sum_logs_the_difference_as_an_entry_of_its_own(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    standing(desk, ticket, 30)
    answer = engineer.post(ADDRESS, changed(ticket, "1:15", seen=30), follow=True)
    assert "1 entry, 0:45 logged." in told(answer)
    assert amounts() == [30, 45]


def test_a_lower_sum_is_a_correction_with_the_words_as_its_reason(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    standing(desk, ticket, 30)
    standing(desk, ticket, 60)
    answer = engineer.post(ADDRESS, changed(ticket, "0:45", seen=90), follow=True)
    assert "1 entry corrected; the earlier amount stays on record." in told(answer)
    assert amounts() == [30, 60, -60, 15]
    assert TimeEntry.objects.get(billed_minutes=-60).note == "Lunch was in it"


@pytest.mark.parametrize("time", ["0", ""])
def test_an_emptied_cell_takes_everything_back(
    desk: Desk, engineer: Client, ticket: Ticket, time: str
) -> None:
    for minutes in (30, 60):
        standing(desk, ticket, minutes)
    engineer.post(ADDRESS, changed(ticket, time, seen=90))
    assert sum(amounts()) == 0


def test_a_correction_needs_its_reason(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    standing(desk, ticket, 30)
    answer = engineer.post(ADDRESS, changed(ticket, "0:15", seen=30, note=""))
    assert "or why it is less" in told(answer)
    assert amounts() == [30]


def test_a_cell_left_alone_stays_also_when_it_is_no_quarter(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    second = make_ticket(desk.contract, requester=desk.poc)
    standing(desk, ticket, 30)
    both = {**changed(ticket, "0:30", seen=30), "r1-ticket": second.key, "r1-note": "Read it"}
    engineer.post(ADDRESS, {**both, f"r1-d{today().weekday()}": "1"})
    assert amounts() == [30, 60]


def test_what_was_logged_meanwhile_is_not_taken_back_unseen(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    standing(desk, ticket, 30)
    standing(desk, ticket, 60)
    answer = engineer.post(ADDRESS, changed(ticket, "0:15", seen=30))
    assert "Meanwhile 1:30 stands here." in told(answer)
    assert amounts() == [30, 60]


def test_a_change_sent_twice_is_made_once(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    standing(desk, ticket, 60)
    for _ in range(2):
        answer = engineer.post(ADDRESS, changed(ticket, "0:30", seen=60), follow=True)
    assert "The week stands like that already." in told(answer)
    assert sum(amounts()) == 30


def test_what_the_client_declined_is_for_a_lead(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    entry = standing(desk, ticket, 60)
    TimeEntry.objects.filter(pk=entry.pk).update(state="declined")
    answer = engineer.post(ADDRESS, changed(ticket, "0:30", seen=60))
    assert "The client declined this entry" in told(answer)
    assert amounts() == [60]


def test_own_open_tickets_stand_ready_to_be_filled(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(assignee=desk.engineer)
    rows = engineer.get("/desk/timesheet/").context["rows"]
    assert [row["ticket"] for row in rows] == [ticket, None]


def test_who_logs_no_time_fills_nothing(desk: Desk, sign_in: object, ticket: Ticket) -> None:
    browser = sign_in(desk.account_executive)  # type: ignore[operator]
    assert browser.post(ADDRESS, sent((ticket.key, "1", "Moved it"))).status_code == 403
    assert not TimeEntry.objects.exists()


def test_filling_is_sent_and_never_visited(engineer: Client) -> None:
    assert engineer.get(ADDRESS).status_code == 404
