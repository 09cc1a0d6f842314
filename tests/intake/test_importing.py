"""Another desk is taken over: each row once, with a report, whatever stops on the way."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Client, Membership
from contracts.models import Contract
from events.domain.actor import SYSTEM
from events.domain.errors import NotAllowed
from events.models import Record
from intake.models import ImportedRow
from intake.reading.tables import read_tables
from intake.services import import_rows
from notify.services import deliver_due, dispatch
from slo.models import Clock
from tests.factories import MONDAY, actor_of, make_plan_version, make_staff
from tickets.models import Message, Ticket

TABLES = {
    "clients": "key,name,zone\nACME,Acme Ltd,Europe/London\n",
    "contacts": (
        "client,email,name,role\nACME,ann@acme.example,Ann Fox,poc\nACME,bo@acme.example,Bo Lee,member\n"
    ),
    "contracts": "client,reference,plan,name,starts_on\nACME,C-1,total-care,Total Care,2026-01-01\n",
    "tickets": (
        "client,reference,subject,description,request_type,urgency,requester,status,opened_at\n"
        "ACME,ZD-17,Board is slow,Since Monday.,incident,high,ann@acme.example,in_progress,"
        "2026-02-27T08:30:00Z\n"
        "ACME,ZD-18,Please add a field,A field for teams.,request,low,bo@acme.example,,\n"
    ),
    "messages": (
        "client,ticket,reference,author,at,body,visibility\n"
        "ACME,ZD-17,1,Dana of the old desk,2026-02-27T09:00:00Z,We look into it.,public\n"
        'ACME,ZD-17,2,Dana of the old desk,,"The index, I think.",internal\n'
    ),
}


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """The files of another desk."""
    make_plan_version("total-care")
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> str:
    """Import the folder; gives what was said."""
    said = StringIO()
    call_command("import_desk", str(folder), "--source", "Old desk", *options, stdout=said, stderr=said)
    return said.getvalue()


def told(report: Path) -> list[dict[str, str]]:
    """The rows of a report."""
    with report.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add(folder: Path, name: str, line: str) -> None:
    """One more line in a file."""
    with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def test_everything_comes_over(folder: Path) -> None:
    assert "2 tickets: made" in run(folder)
    ticket = Ticket.objects.get(external_reference="ZD-17")
    assert (ticket.client.key, ticket.urgency, ticket.status) == ("ACME", "high", "in_progress")
    assert ticket.requester is not None
    assert ticket.requester.email == "ann@acme.example"
    assert ticket.contract.reference == "C-1"
    bodies = list(Message.objects.filter(ticket=ticket).order_by("id").values_list("body", "visibility"))
    assert bodies[0][0].startswith("Opened on 27 Feb 2026 08:30 UTC in Old desk as ZD-17.")
    assert bodies[1] == ("Dana of the old desk, 27 Feb 2026 09:00 UTC:\n\nWe look into it.", "public")
    assert bodies[2] == ("Dana of the old desk:\n\nThe index, I think.", "internal")


def test_twice_is_once(folder: Path) -> None:
    run(folder)
    counts = [model.objects.count() for model in (Client, Membership, Contract, Ticket, Message, Record)]
    run(folder)
    again = [model.objects.count() for model in (Client, Membership, Contract, Ticket, Message, Record)]
    assert again == counts
    assert ImportedRow.objects.count() == 8


def test_one_that_was_stopped_goes_on_where_it_stood(folder: Path) -> None:
    def stop_at(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    act: dict[str, Any] = {"actor": SYSTEM, "at": MONDAY, "source": "Old desk", "rows": read_tables(folder)}
    with pytest.raises(KeyboardInterrupt):
        import_rows(**act, progress=stop_at)
    assert (ImportedRow.objects.count(), Ticket.objects.count()) == (5, 1)
    run(folder)
    assert (ImportedRow.objects.count(), Ticket.objects.count(), Message.objects.count()) == (8, 2, 4)


def test_only_an_administrator_takes_another_desk_over(folder: Path) -> None:
    lead = actor_of(make_staff("lead"))
    with pytest.raises(NotAllowed):
        import_rows(actor=lead, at=MONDAY, source="x", rows=[], progress=lambda done, total: None)


def test_a_dry_run_says_it_all_and_writes_nothing(folder: Path) -> None:
    report = folder / "report.csv"
    assert "2 tickets: made" in run(folder, "--dry-run", "--report", str(report))
    assert not Client.objects.exists()
    assert not ImportedRow.objects.exists()
    rows = told(report)
    assert [row["outcome"] for row in rows] == ["made"] * 8
    assert (rows[5]["kind"], rows[5]["line"]) == ("ticket", "3")


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("clients", "A,Too short,UTC", "key"),
        ("contacts", "NONE,x@acme.example,X,member", "There is no client"),
        ("contacts", "ACME,x@acme.example,X,king", "The role is one of"),
        ("contracts", "ACME,C-2,no-plan,X,2026-01-01", "There is no plan"),
        ("contracts", "ACME,C-2,total-care,X,next week", "starts_on is a day"),
        ("tickets", "ACME,ZD-19,X,Y,incident,boiling,ann@acme.example,,", "urgency"),
        ("tickets", "ACME,ZD-19,X,Y,incident,high,who@acme.example,,", "is no contact"),
        ("tickets", "ACME,ZD-19,X,Y,incident,high,ann@acme.example,closed,", "Only open tickets"),
        ("messages", "ACME,ZD-99,3,Dana,,Hello,public", "was not taken over"),
        ("messages", "ACME,ZD-17,2,Dana,,Hello,public", "stands there twice"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_stops_no_other(
    folder: Path, name: str, line: str, words: str
) -> None:
    add(folder, name, line)
    report = folder / "report.csv"
    with pytest.raises(CommandError, match="1 rows are refused"):
        run(folder, "--report", str(report))
    refused = [row for row in told(report) if row["outcome"] == "refused"]
    assert words in refused[0]["detail"]
    assert Ticket.objects.count() == 2


def test_a_row_that_was_mended_comes_over_the_next_time(folder: Path) -> None:
    tickets = folder / "tickets.csv"
    tickets.write_text(TABLES["tickets"].replace(",high,", ",boiling,"), encoding="utf-8")
    with pytest.raises(CommandError):
        run(folder)
    assert not Ticket.objects.filter(external_reference="ZD-17").exists()
    tickets.write_text(TABLES["tickets"], encoding="utf-8")
    run(folder)
    assert Ticket.objects.get(external_reference="ZD-17").messages.count() == 3
    assert not ImportedRow.objects.filter(outcome="refused").exists()


@pytest.mark.parametrize("text", ["key\nACME\n", "key,name,colour\nACME,Acme,red\n", 'key,name\n"ACME,x\n'])
def test_a_file_that_cannot_be_read_is_named_before_anything_is_written(folder: Path, text: str) -> None:
    (folder / "clients.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"clients\.csv"):
        run(folder)
    assert not ImportedRow.objects.exists()


def test_nobody_is_told_and_old_answers_meet_no_promise(folder: Path, mailoutbox: list[EmailMessage]) -> None:
    run(folder)
    dispatch(at=MONDAY)
    deliver_due(at=MONDAY)
    assert mailoutbox == []
    clock = Clock.objects.get(ticket__external_reference="ZD-17", objective="first_response")
    assert clock.state == "running"
