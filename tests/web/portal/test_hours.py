"""The client's hours: what is left and where it went, deciding beyond, ordering, asking about a line."""

import pytest
from django.utils import timezone

from hours.models import OverageRequest, Question, TimeEntry, TopUp
from hours.services import log_time, request_overage
from tests.factories import Desk, actor_of, make_desk, make_ticket
from tests.web.portal.conftest import Door, EnterAs

STATEMENTS = ("statement", "statement_csv", "statement_pdf")


@pytest.fixture
def logged(desk: Desk) -> TimeEntry:
    """Twenty minutes of work, counted as thirty."""
    now = timezone.now()
    ticket = make_ticket(desk.contract, requester=desk.member, at=now)
    return log_time(
        actor=actor_of(desk.engineer),
        at=now,
        ticket=ticket,
        minutes=20,
        worked_on=now.date(),
        note="Read the log",
    )


@pytest.fixture
def asked(desk: Desk) -> OverageRequest:
    """A question for three and a half hours more."""
    now = timezone.now()
    ticket = make_ticket(desk.contract, requester=desk.member, at=now)
    return request_overage(
        actor=actor_of(desk.engineer), at=now, ticket=ticket, minutes=210, text="The whole move."
    )


def month() -> str:
    """This month as addresses write it."""
    return f"{timezone.now():%Y-%m}"


def decide(door: Door, request: OverageRequest, decision: str = "approved") -> str:
    """Answer the question; gives the state that it is in then."""
    door.post("decide_overage", {"decision": decision, "answer": "Go on."}, request_id=request.pk)
    request.refresh_from_db()
    return request.state


def test_the_balance_and_each_line_show(enter: EnterAs, logged: TimeEntry) -> None:
    page = enter().page("hours")
    for words in ("9:30", "of 10:00", "Read the log", "−0:30", "Granted"):
        assert words in page


def test_an_observer_reads_them_and_asks_nothing(enter: EnterAs, logged: TimeEntry) -> None:
    page = enter("observer").page("hours")
    assert "9:30" in page
    assert "Question this" not in page


def test_members_do_not_see_hours(enter: EnterAs, desk: Desk, logged: TimeEntry) -> None:
    door = enter("member")
    assert door.get("hours").status_code == 404
    for name in STATEMENTS:
        assert door.get(name, contract_id=desk.contract.pk, month=month()).status_code == 404
    assert "Hours</a>" not in door.page("home")


def test_a_statement_comes_as_page_csv_and_pdf(enter: EnterAs, desk: Desk, logged: TimeEntry) -> None:
    page, csv, pdf = (enter().get(one, contract_id=desk.contract.pk, month=month()) for one in STATEMENTS)
    assert b"Read the log" in page.content
    assert b"Read the log" in csv.content
    assert pdf.content.startswith(b"%PDF")


def test_the_statement_of_another_client_is_not_here(enter: EnterAs, other: Desk) -> None:
    for name in STATEMENTS:
        assert enter().get(name, contract_id=other.contract.pk, month=month()).status_code == 404
    assert enter().get("hours", f"?contract={other.contract.pk}").status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "soon", "1999-01"])
def test_a_month_that_is_none_is_not_here(enter: EnterAs, desk: Desk, month: str) -> None:
    assert enter().get("statement", contract_id=desk.contract.pk, month=month).status_code == 404


@pytest.mark.parametrize("decision", ["approved", "declined"])
def test_a_point_of_contact_decides_about_more_hours(
    enter: EnterAs, asked: OverageRequest, decision: str
) -> None:
    assert "Approve 3:30 beyond your hours?" in enter().page("hours")
    assert decide(enter(), asked, decision) == decision


def test_deciding_twice_says_that_it_is_decided(enter: EnterAs, asked: OverageRequest) -> None:
    door = enter()
    decide(door, asked)
    reply = door.post("decide_overage", {"decision": "declined"}, request_id=asked.pk)
    assert reply.status_code == 422
    assert "approved already" in reply.content.decode()


@pytest.mark.parametrize("role", ["member", "observer"])
def test_others_do_not_decide(enter: EnterAs, asked: OverageRequest, role: str) -> None:
    assert decide(enter(role), asked) == "asked"


def test_another_clients_question_is_not_here(enter: EnterAs, other: Desk, asked: OverageRequest) -> None:
    assert decide(enter(person=other.poc, slug="orca"), asked) == "asked"


def test_above_the_agreed_amount_one_signs_in_again(
    enter: EnterAs, desk: Desk, asked: OverageRequest
) -> None:
    desk.contract.overage_reauth_minutes = 60
    desk.contract.save(update_fields=["overage_reauth_minutes"])
    door = enter()
    reply = door.post("decide_overage", {"decision": "approved"}, request_id=asked.pk)
    assert reply.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_a_question_about_a_line_is_asked_once(enter: EnterAs, logged: TimeEntry) -> None:
    door = enter()
    assert "Question this" in door.page("hours")
    door.post("question", {"text": "Which log?"}, entry_id=logged.pk)
    assert "Question sent" in door.page("hours")
    assert door.post("question", {"text": "And again?"}, entry_id=logged.pk).status_code == 422
    assert Question.objects.get().text == "Which log?"


@pytest.mark.parametrize("role", ["member", "observer"])
def test_others_do_not_question_lines(enter: EnterAs, logged: TimeEntry, role: str) -> None:
    assert enter(role).post("question", {"text": "Why?"}, entry_id=logged.pk).status_code == 404
    assert not Question.objects.exists()


def test_another_clients_line_is_not_here(enter: EnterAs, other: Desk, logged: TimeEntry) -> None:
    door = enter(person=other.poc, slug="orca")
    assert door.get("question", entry_id=logged.pk).status_code == 404


def test_ordering_a_pack_that_is_not_offered_is_refused(enter: EnterAs, desk: Desk) -> None:
    reply = enter().post("order_pack", {"pack": "a-thousand"}, contract_id=desk.contract.pk)
    assert reply.status_code == 422
    assert not TopUp.objects.exists()


def test_a_plan_without_hours_says_so(enter: EnterAs) -> None:
    premier = make_desk("PREM", "premier-support")
    assert "Your plan counts no hours" in enter(person=premier.poc, slug="prem").page("hours")
