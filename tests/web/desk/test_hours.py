"""What waits about hours: who sees it, who settles it, and where it leads."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.models import Contract
from hours.models import OverageRequest, Question, TimeEntry, TopUp
from hours.services import (
    decide_overage,
    log_time,
    open_account,
    question_line,
    request_top_up,
    reverse_entry,
)
from tests.factories import Desk, actor_of, make_contract, make_ticket
from tests.web.desk.conftest import LATELY, SignIn, text_of
from tickets.models import Ticket

ADDRESS = "/desk/hours/"


@pytest.fixture(autouse=True)
def hours(desk: Desk) -> None:
    """The client's hours of this month."""
    open_account(contract=desk.contract, at=timezone.now())


def logged(desk: Desk, ticket: Ticket, minutes: int = 20, note: str = "Read the logs") -> TimeEntry:
    """An entry of the engineer, of today."""
    now = timezone.now()
    work: dict[str, Any] = {"worked_on": now.date(), "note": note}
    return log_time(actor=actor_of(desk.engineer), at=now, ticket=ticket, minutes=minutes, **work)


@pytest.fixture
def question(desk: Desk, ticket: Ticket) -> Question:
    """The client asks about twenty minutes."""
    entry = logged(desk, ticket)
    return question_line(actor=actor_of(desk.poc), at=timezone.now(), entry=entry, text="Which logs?")


@pytest.fixture
def held(desk: Desk, ticket: Ticket) -> TimeEntry:
    """Twenty hours were reserved and used; half an hour more is held."""
    logged(desk, ticket, minutes=1200, note="The great move")
    return logged(desk, ticket, minutes=30, note="The last step")


@pytest.fixture
def declined(desk: Desk, held: TimeEntry) -> TimeEntry:
    """The client declined what was held."""
    request = OverageRequest.objects.get()
    decide_overage(actor=actor_of(desk.poc), at=timezone.now(), overage=request, approve=False)
    held.refresh_from_db()
    return held


@pytest.fixture
def order(desk: Desk) -> TopUp:
    """A pack that was ordered under a second contract."""
    payg: Contract = make_contract(desk.client, "pay-as-you-go", starts_on=LATELY, currency="GBP")
    now, poc = timezone.now(), actor_of(desk.poc)
    return request_top_up(actor=poc, at=now, contract=payg, pack="20-hours", note="For the spring")


def count_of(page: str) -> str:
    """The number beside "Hours" in the navigation; empty without one."""
    item = page.partition('href="/desk/hours/"')[2].partition("</a>")[0]
    return item.partition('cd-count">')[2].partition("<")[0]


def test_nothing_waits_at_first(engineer: Client) -> None:
    page = text_of(engineer, ADDRESS)
    assert "Nothing waits" in page
    assert count_of(page) == ""


def test_a_question_waits_with_its_entry_and_is_counted(engineer: Client, question: Question) -> None:
    page = text_of(engineer, ADDRESS)
    assert "Which logs?" in page
    assert "Read the logs" in page
    assert count_of(page) == "1"


def test_an_answer_in_words_reaches_the_client(
    desk: Desk, engineer: Client, sign_in: SignIn, question: Question
) -> None:
    answer = {"answer": "Those of the proxy.", "correction": "keep"}
    engineer.post(f"{ADDRESS}questions/{question.pk}/", answer)
    question.refresh_from_db()
    assert (question.state, question.correction) == ("answered", None)
    entry = question.time_entry_id
    assert "Those of the proxy." in text_of(sign_in(desk.poc), f"/p/hal/hours/entries/{entry}/question/")


def test_an_answer_corrects_the_entry_and_links_it(
    desk: Desk, engineer: Client, sign_in: SignIn, question: Question
) -> None:
    told = {"answer": "It was ten minutes.", "correction": "rewrite", "minutes": "10m"}
    engineer.post(f"{ADDRESS}questions/{question.pk}/", told)
    question.refresh_from_db()
    assert question.state == "corrected"
    assert question.correction is not None
    assert (question.correction.worked_minutes, question.correction.corrects_id) == (
        10,
        question.time_entry_id,
    )
    page = text_of(sign_in(desk.poc), f"/p/hal/hours/entries/{question.time_entry_id}/question/")
    assert "Corrected to 0:10" in page


def test_an_answer_takes_the_entry_back(engineer: Client, question: Question) -> None:
    engineer.post(
        f"{ADDRESS}questions/{question.pk}/", {"answer": "You are right.", "correction": "take_back"}
    )
    question.refresh_from_db()
    assert question.correction is not None
    assert question.correction.state == "reversal"


def test_a_correction_made_before_is_linked_to_the_answer(
    desk: Desk, engineer: Client, question: Question
) -> None:
    facts: dict[str, Any] = {"actor": actor_of(desk.engineer), "at": timezone.now()}
    reversal = reverse_entry(entry=question.time_entry, reason="Wrong ticket", **facts)
    assert "It was taken back" in text_of(engineer, f"{ADDRESS}questions/{question.pk}/")
    engineer.post(f"{ADDRESS}questions/{question.pk}/", {"answer": "It was on the wrong ticket."})
    question.refresh_from_db()
    assert (question.state, question.correction) == ("corrected", reversal)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"answer": "", "correction": "keep"}, "This field is required"),
        ({"answer": "So.", "correction": "rewrite", "minutes": ""}, "Say how long it really took."),
        ({"answer": "So.", "correction": "rewrite", "minutes": "soon"}, "is no amount of time"),
    ],
)
def test_an_answer_that_does_not_do_keeps_what_was_typed(
    engineer: Client, question: Question, told: dict[str, str], words: str
) -> None:
    answer = engineer.post(f"{ADDRESS}questions/{question.pk}/", told)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    question.refresh_from_db()
    assert (question.state, TimeEntry.objects.count()) == ("open", 1)


def test_somebody_elses_entry_is_answered_but_not_corrected(
    desk: Desk, sign_in: SignIn, question: Question
) -> None:
    page = text_of(sign_in(desk.csm), f"{ADDRESS}questions/{question.pk}/")
    assert "Your answer" in page
    assert "Take it back" not in page


def test_an_account_executive_answers_no_question(desk: Desk, sign_in: SignIn, question: Question) -> None:
    browser = sign_in(desk.account_executive)
    assert browser.get(f"{ADDRESS}questions/{question.pk}/").status_code == 403
    assert count_of(text_of(browser, ADDRESS)) == ""


def test_an_order_is_confirmed_by_the_account_executive(desk: Desk, sign_in: SignIn, order: TopUp) -> None:
    browser = sign_in(desk.account_executive)
    page = text_of(browser, ADDRESS)
    assert "£3,500" in page
    assert count_of(page) == "1"
    browser.post(f"{ADDRESS}orders/{order.pk}/", {"decision": "confirm", "answer": "Thank you"})
    order.refresh_from_db()
    assert (order.state, order.answer) == ("approved", "Thank you")


def test_an_order_is_declined_with_a_word(desk: Desk, sign_in: SignIn, order: TopUp) -> None:
    browser = sign_in(desk.account_executive)
    browser.post(f"{ADDRESS}orders/{order.pk}/", {"decision": "decline", "answer": "Let us talk first"})
    order.refresh_from_db()
    assert (order.state, order.bucket) == ("declined", None)


def test_an_order_is_not_decided_by_sending_nothing(desk: Desk, sign_in: SignIn, order: TopUp) -> None:
    assert sign_in(desk.account_executive).post(f"{ADDRESS}orders/{order.pk}/", {}).status_code == 422
    order.refresh_from_db()
    assert order.state == "asked"


@pytest.mark.parametrize("role", ["engineer", "lead", "csm"])
def test_others_see_the_order_and_who_decides(desk: Desk, sign_in: SignIn, order: TopUp, role: str) -> None:
    browser = sign_in(desk.person(role))
    assert "The account executive decides" in text_of(browser, ADDRESS)
    assert browser.post(f"{ADDRESS}orders/{order.pk}/", {"decision": "confirm"}).status_code == 403


def test_held_work_stands_under_what_the_client_is_asked(engineer: Client, held: TimeEntry) -> None:
    page = text_of(engineer, ADDRESS)
    assert "is asked for 0:30" in page
    assert "The last step" in page
    assert count_of(page) == ""


def test_a_lead_asks_again_for_declined_work(lead: Client, declined: TimeEntry) -> None:
    page = text_of(lead, ADDRESS)
    assert "Declined by the client" in page
    assert count_of(page) == "1"
    again = f"/desk/tickets/{declined.ticket.key}/time/{declined.pk}/ask-again/"
    lead.post(again, {"reason": "It was agreed by phone"})
    declined.refresh_from_db()
    assert (declined.state, declined.settled_reason) == ("held", "It was agreed by phone")


def test_an_engineer_sees_declined_work_and_leaves_it_to_a_lead(
    engineer: Client, declined: TimeEntry
) -> None:
    assert "A lead decides" in text_of(engineer, ADDRESS)
    again = f"/desk/tickets/{declined.ticket.key}/time/{declined.pk}/ask-again/"
    assert engineer.post(again, {"reason": "Please"}).status_code == 403
    declined.refresh_from_db()
    assert declined.state == "declined"


def test_one_client_alone_is_shown_when_asked_for(other: Desk, lead: Client, question: Question) -> None:
    assert "Which logs?" in text_of(lead, f"{ADDRESS}?client=hal")
    assert "Which logs?" not in text_of(lead, f"{ADDRESS}?client=orr")
    assert lead.get(f"{ADDRESS}?client=nobody").status_code == 404


def test_contacts_find_none_of_it(desk: Desk, sign_in: SignIn, question: Question, order: TopUp) -> None:
    browser = sign_in(desk.poc)
    for address in (ADDRESS, f"{ADDRESS}questions/{question.pk}/", f"{ADDRESS}orders/{order.pk}/"):
        assert browser.get(address).status_code == 404


def test_another_clients_question_is_not_here(other: Desk, sign_in: SignIn, question: Question) -> None:
    assert sign_in(other.engineer).get(f"{ADDRESS}questions/{question.pk}/").status_code == 404


def test_many_things_cost_as_many_statements_as_one(desk: Desk, lead: Client, question: Question) -> None:
    text_of(lead, ADDRESS)
    with CaptureQueriesContext(connection) as few:
        text_of(lead, ADDRESS)
    for number in range(4):
        entry = logged(desk, make_ticket(desk.contract, requester=desk.poc), note=f"Work {number}")
        question_line(actor=actor_of(desk.poc), at=timezone.now(), entry=entry, text=f"Why {number}?")
    with CaptureQueriesContext(connection) as many:
        text_of(lead, ADDRESS)
    assert len(many) == len(few)
