"""A ticket tells what is owed on paper and the steps of its planned changes; lists stay short."""

from tests.api.conftest import Caller, caller_of_client
from tests.factories import MONDAY, actor_of, make_desk, make_ticket
from tickets.models import Ticket
from tickets.services import change_status, draft_document, plan_change, publish_document, tick_change_step


def test_a_document_is_told_with_its_due_time_and_never_as_a_draft(db: None) -> None:
    desk = make_desk("HOST", plan="managed-self-hosted")
    caller, by = caller_of_client(desk), actor_of(desk.engineer)
    ticket = make_ticket(desk.contract, requester=desk.poc, request_type="outage-incident")
    draft_document(actor=by, at=MONDAY, ticket=ticket, kind="root_cause", body="Only for us")
    assert caller.get(f"tickets/{ticket.key}").json()["documents"] == []
    change_status(actor=by, at=MONDAY, ticket=ticket, to="resolved", summary="Restarted.")
    (owed,) = caller.get(f"tickets/{ticket.key}").json()["documents"]
    assert (owed["kind"], owed["due_at"], owed["body"]) == ("root_cause", "2026-03-06T17:00:00Z", "")
    publish_document(actor=by, at=MONDAY, ticket=ticket, kind="root_cause", body="The disk.")
    (owed,) = caller.get(f"tickets/{ticket.key}").json()["documents"]
    assert (owed["edition"], owed["body"]) == (1, "The disk.")


def test_the_steps_of_a_change_are_told_to_both_sides(ticket: Ticket, jira: Caller, engineer: Caller) -> None:
    by = actor_of(engineer.key.person) if engineer.key.person else None
    assert by is not None
    steps = plan_change(actor=by, at=MONDAY, ticket=ticket, template="patch")
    tick_change_step(actor=by, at=MONDAY, step=steps[0], remark="Both nodes")
    for caller in (jira, engineer):
        told = caller.get(f"tickets/{ticket.key}").json()["change_steps"]
        assert len(told) == 7
        assert (told[0]["stage"], told[0]["remark"], told[0]["done_at"]) == (
            "plan",
            "Both nodes",
            "2026-03-02T09:00:00Z",
        )


def test_the_list_does_not_carry_them(ticket: Ticket, jira: Caller) -> None:
    (row,) = jira.get("tickets").json()["results"]
    assert "documents" not in row
    assert "change_steps" not in row
