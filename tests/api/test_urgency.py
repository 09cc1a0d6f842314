"""Proposed urgencies by API: staff propose, the client answers, and both views stand."""

from __future__ import annotations

from tests.api.conftest import Caller
from tests.factories import Desk
from tickets.models import Ticket

LOW = {"urgency": "low", "reason": "One user, and there is a way round."}


def test_it_is_proposed_declined_with_a_reason_and_proposed_anew(
    ticket: Ticket, engineer: Caller, jira: Caller
) -> None:
    place = f"tickets/{ticket.key}/urgency-proposals"
    made = engineer.post(place, LOW)
    assert (made.status_code, made.json()["before"]) == (201, "critical")
    answer = f"{place}/{made.json()['id']}/answer"
    assert jira.post(answer, {"accept": False}).status_code == 422
    assert jira.post(answer, {"accept": False, "answer": "Payday."}).json()["state"] == "declined"
    again = engineer.post(place, {**LOW, "urgency": "high"}).json()
    assert jira.post(f"{place}/{again['id']}/answer", {"accept": True}).json()["state"] == "accepted"
    ticket.refresh_from_db()
    assert ticket.urgency == "high"
    assert [one["answer"] for one in jira.get(place).json()["results"]] == ["Payday.", ""]


def test_the_client_does_not_propose_and_staff_do_not_answer(
    ticket: Ticket, engineer: Caller, jira: Caller
) -> None:
    place = f"tickets/{ticket.key}/urgency-proposals"
    assert jira.post(place, LOW).status_code in (403, 404)
    made = engineer.post(place, LOW).json()["id"]
    assert engineer.post(f"{place}/{made}/answer", {"accept": True}).status_code in (403, 404)
    assert engineer.post(place, {**LOW, "urgency": "high"}).status_code == 409


def test_a_proposal_is_found_on_its_own_ticket_alone(
    desk: Desk, ticket: Ticket, engineer: Caller, jira: Caller
) -> None:
    made = engineer.post(f"tickets/{ticket.key}/urgency-proposals", LOW).json()["id"]
    elsewhere = f"tickets/{desk.client.key}-99/urgency-proposals/{made}/answer"
    assert jira.post(elsewhere, {"accept": True}).status_code == 404
