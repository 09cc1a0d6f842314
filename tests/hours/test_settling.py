"""What waits to be settled, counted for who may settle it; questions answered by corrections (H5, H9)."""

from __future__ import annotations

from typing import Any

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from hours import services
from hours.models import OverageRequest, Question, TimeEntry
from hours.queries import declined_entries, open_orders, open_overages, open_questions, waiting_of
from tests.factories import MONDAY, make_contract
from tests.hours.conftest import HOUR, Hours, make_hours
from tests.hours.test_refusals import refused


@pytest.fixture
def asked(hours: Hours) -> Question:
    """A question about an hour."""
    return question(hours, hours.log(60))


def question(hours: Hours, entry: TimeEntry) -> Question:
    """The point of contact asks about the entry."""
    return services.question_line(actor=hours.actor("poc"), at=MONDAY, entry=entry, text="So long?")


def correcting(hours: Hours, asked: Question, *, role: str = "engineer", **facts: Any) -> Question:  # noqa: ANN401
    """Answer with a correction."""
    told: dict[str, Any] = {"answer": "It was a slip.", **facts}
    return services.answer_by_correcting(actor=hours.actor(role), at=MONDAY, question=asked, **told)


def decline(hours: Hours) -> TimeEntry:
    """Half an hour that did not fit and was declined."""
    hours.log(hours.balance().available)
    entry = hours.log(30)
    request = OverageRequest.objects.get(state="asked")
    services.decide_overage(actor=hours.actor("poc"), at=MONDAY, overage=request, approve=False)
    return entry


def test_an_answer_that_corrects_writes_the_entry_anew_and_links_it(hours: Hours, asked: Question) -> None:
    made = correcting(hours, asked, minutes=20)
    assert made.state == "corrected"
    assert made.correction is not None
    assert (made.correction.billed_minutes, made.correction.corrects_id) == (30, asked.time_entry_id)
    assert hours.balance().available == 570


def test_an_answer_that_takes_back_returns_all_minutes(hours: Hours, asked: Question) -> None:
    made = correcting(hours, asked)
    assert made.correction is not None
    assert made.correction.note == "It was a slip."
    assert hours.balance().available == 600


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_a_correction_that_is_refused_leaves_the_question_open(
    hours: Hours, asked: Question, minutes: int
) -> None:
    with refused(Invalid, field="minutes"):
        correcting(hours, asked, minutes=minutes)
    asked.refresh_from_db()
    assert asked.state == "open"


def test_an_answer_without_words_corrects_nothing(hours: Hours, asked: Question) -> None:
    with refused(Invalid, field="answer"):
        correcting(hours, asked, answer="  ")


def test_a_question_is_answered_once(hours: Hours, asked: Question) -> None:
    correcting(hours, asked)
    with refused(Conflict, "answered already"):
        correcting(hours, asked)


@pytest.mark.parametrize("role", ["csm", "account_executive", "poc"])
def test_who_may_not_correct_the_entry_does_not_answer_by_it(
    hours: Hours, asked: Question, role: str
) -> None:
    with refused(NotAllowed):
        correcting(hours, asked, role=role)


def test_another_clients_question_is_not_there(hours: Hours, asked: Question) -> None:
    other = make_hours("OTHER")
    with refused(NotHere):
        correcting(other, asked)


@pytest.mark.parametrize(
    ("role", "counted"),
    [
        ("engineer", (1, 0, 0)),
        ("csm", (1, 0, 0)),
        ("lead", (1, 0, 1)),
        ("account_executive", (0, 1, 0)),
        ("administrator", (1, 1, 1)),
        ("poc", (0, 0, 0)),
        ("observer", (0, 0, 0)),
    ],
)
def test_each_role_counts_what_it_may_settle(hours: Hours, role: str, counted: tuple[int, int, int]) -> None:
    question(hours, hours.log(15))
    decline(hours)
    order(hours)
    found = waiting_of(hours.actor(role))
    assert (found.questions, found.orders, found.declined) == counted
    assert found.total == sum(counted)


def test_only_the_clients_that_one_sees_are_counted(hours: Hours) -> None:
    question(hours, hours.log(15))
    other = make_hours("OTHER")
    question(other, other.log(15))
    assert waiting_of(hours.actor("engineer")).questions == 1
    assert waiting_of(hours.actor("lead")).questions == 2
    assert waiting_of(hours.actor("lead"), client_id=other.desk.client.pk).questions == 1


def test_what_is_settled_waits_no_more(hours: Hours, asked: Question) -> None:
    entry, lead = decline(hours), hours.actor("lead")
    services.mark_not_billed(actor=lead, at=MONDAY, entry=entry, reason="Our mistake")
    correcting(hours, asked)
    assert waiting_of(lead).total == 0
    assert not open_questions(lead).exists()
    assert not declined_entries(lead).exists()


def test_what_is_asked_comes_with_the_work_that_is_held_for_it(hours: Hours) -> None:
    hours.log(10 * HOUR)
    held = [hours.log(30), hours.log(45)]
    (request,) = open_overages(hours.actor("engineer"))
    assert list(request.held) == held  # type: ignore[attr-defined]


def order(hours: Hours) -> None:
    """A pack under a second contract of the same client."""
    payg = make_contract(hours.desk.client, "pay-as-you-go", currency="GBP")
    services.request_top_up(actor=hours.actor("poc"), at=MONDAY, contract=payg, pack="20-hours")
    assert open_orders(hours.actor("account_executive")).count() == 1
