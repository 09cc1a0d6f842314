"""Commercial questions by API (E4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from escalation.models import CommercialQuestion
from tests.api.conftest import Caller, caller_of_client
from tests.factories import Desk, make_contract
from tickets.models import Ticket


def fields_of(answer: Any) -> set[str]:  # noqa: ANN401
    """The fields that a problem document puts words to."""
    return {one["field"] for one in answer.json()["errors"]}


NEW = {"topic": "pricing", "subject": "Fifty more users", "text": "What would they cost?"}


def test_it_is_asked_answered_asked_back_and_closed(jira: Caller, staff: Callable[[str], Caller]) -> None:
    made = jira.post("questions", NEW)
    assert (made.status_code, made.json()["state"]) == (201, "asked")
    place = f"questions/{made.json()['id']}"
    ours = staff("account_executive")
    assert ours.post(f"{place}/closure").status_code == 409
    answered = ours.post(f"{place}/lines", {"text": "900 a year."}).json()
    assert (answered["state"], len(answered["lines"])) == ("answered", 2)
    assert jira.post(f"{place}/lines", {"text": "Each?"}).json()["state"] == "asked"
    assert jira.post(f"{place}/closure").json()["state"] == "closed"
    assert jira.post(f"{place}/lines", {"text": "And?"}).status_code == 409
    assert [row["subject"] for row in ours.get("questions").json()["results"]] == [NEW["subject"]]


def test_staff_do_not_ask_and_engineers_read_nothing(jira: Caller, staff: Callable[[str], Caller]) -> None:
    place = f"questions/{jira.post('questions', NEW).json()['id']}"
    assert staff("account_executive").post("questions", NEW).status_code in (403, 404)
    assert staff("engineer").get("questions").json()["results"] == []
    assert staff("engineer").get(place).status_code == 404
    assert staff("csm").post(f"{place}/lines", {"text": "Ten."}).status_code == 403


def test_what_is_wrong_is_said_at_its_field(jira: Caller, other_desk: Desk) -> None:
    wrong = jira.post("questions", {**NEW, "topic": "weather", "subject": 7})
    assert (wrong.status_code, fields_of(wrong)) == (400, {"topic", "subject"})
    foreign = jira.post("questions", {**NEW, "contract": other_desk.contract.pk})
    assert (foreign.status_code, fields_of(foreign)) == (422, {"contract"})
    assert not CommercialQuestion.objects.exists()


def test_a_key_of_one_contract_asks_under_it_and_reads_no_other(desk: Desk, jira: Caller) -> None:
    jira.post("questions", NEW)
    packs = make_contract(desk.client, "pay-as-you-go")
    bound = caller_of_client(desk, contract=packs)
    assert bound.post("questions", NEW).json()["contract"] == packs.pk
    assert len(bound.get("questions").json()["results"]) == 1


def test_a_ticket_may_be_named(ticket: Ticket, jira: Caller) -> None:
    assert jira.post("questions", {**NEW, "ticket": ticket.key}).json()["ticket"] == ticket.key
