"""`/tickets/{key}/clocks` tells every change of the due time with its reason (S15)."""

from datetime import timedelta

from tests.api.conftest import Caller
from tests.factories import MONDAY, Desk, actor_of
from tickets.models import Ticket
from tickets.services import reclassify


def test_a_change_of_due_time_is_told_with_before_after_and_why(
    desk: Desk, ticket: Ticket, jira: Caller
) -> None:
    at = MONDAY + timedelta(minutes=10)
    reclassify(actor=actor_of(desk.poc), at=at, ticket=ticket, urgency="low", reason="It can wait")
    (change,) = jira.get(f"tickets/{ticket.key}/clocks").json()["results"][0]["due_changes"]
    assert (change["at"], change["before"]) == ("2026-03-02T09:10:00Z", "2026-03-02T09:30:00Z")
    assert "It can wait" in change["reason"]


def test_a_clock_that_never_moved_tells_no_change(ticket: Ticket, jira: Caller) -> None:
    assert jira.get(f"tickets/{ticket.key}/clocks").json()["results"][0]["due_changes"] == []
