"""Moving a ticket in its life cycle."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Person
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket, refused
from tickets.domain.lifecycle import Status, is_allowed
from tickets.models import Ticket
from tickets.services import change_status

LATER = MONDAY + timedelta(hours=1)
NEEDED: dict[str, dict[str, Any]] = {
    "resolved": {"summary": "Restarted the node."},
    "waiting_on_client": {"waiting_for": "Which version?"},
    "scheduled": {"scheduled_at": MONDAY + timedelta(days=3)},
    "closed": {"reason": "Confirmed by phone."},
}


def move(ticket: Ticket, by: Person, to: str, **facts: Any) -> Ticket:  # noqa: ANN401
    facts = {**NEEDED.get(to, {}), **facts}
    return change_status(actor=actor_of(by), at=LATER, ticket=ticket, to=to, **facts)


@pytest.mark.parametrize("after", list(Status))
@pytest.mark.parametrize("before", list(Status))
def test_staff_move_a_ticket_as_the_table_says(
    desk: Desk, ticket: Ticket, before: Status, after: Status
) -> None:
    Ticket.objects.update(status=before)
    if is_allowed(before, after):
        assert move(ticket, desk.engineer, after).status == after
    else:
        with refused(Conflict):
            move(ticket, desk.engineer, after)


@pytest.mark.parametrize("after", list(Status))
@pytest.mark.parametrize("before", list(Status))
def test_contacts_confirm_reopen_answer_and_withdraw(
    desk: Desk, ticket: Ticket, before: Status, after: Status
) -> None:
    Ticket.objects.update(status=before)
    theirs = {("resolved", "closed"), ("resolved", "in_progress"), ("waiting_on_client", "in_progress")}
    if (before, after) in theirs or (after == "cancelled" and is_allowed(before, after)):
        assert move(ticket, desk.poc, after).status == after
    else:
        with refused(NotAllowed if is_allowed(before, after) else Conflict):
            move(ticket, desk.poc, after, summary="")


@pytest.mark.parametrize("role", ["observer", "account_executive"])
def test_who_only_reads_moves_nothing(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed):
        move(ticket, desk.person(role), "in_progress")


@pytest.mark.parametrize("to", ["in_progress", "resolved", "cancelled"])
def test_a_foreign_ticket_is_not_there(ticket: Ticket, other_desk: Desk, to: str) -> None:
    for stranger in (other_desk.poc, other_desk.engineer, other_desk.csm):
        with refused(NotHere):
            move(ticket, stranger, to)


def test_the_event_says_from_where_to_where_and_by_whom(desk: Desk, ticket: Ticket) -> None:
    move(ticket, desk.engineer, "in_progress", reason="Starting")
    record = Record.objects.get(kind="ticket.status_changed")
    assert (record.at, record.actor_id) == (LATER, desk.engineer.pk)
    facts = (record.data["before"], record.data["after"], record.data["by"], record.data["reason"])
    assert facts == ("new", "in_progress", "staff", "Starting")


def test_what_no_database_takes_is_cleaned_from_every_word(desk: Desk, ticket: Ticket) -> None:
    words = {"reason": "a\x00b", "waiting_for": "c\x00d", "vendor_reference": "e\x00f"}
    row = move(ticket, desk.engineer, "waiting_on_vendor", **words)
    facts = Record.objects.get(kind="ticket.status_changed").data
    assert (row.waiting_for, row.vendor_reference, facts["reason"]) == ("cd", "ef", "ab")


def test_a_status_that_does_not_exist_is_refused(desk: Desk, ticket: Ticket) -> None:
    with refused(Invalid, field="to"):
        move(ticket, desk.engineer, "done")


class TestResolved:
    """The end of the work."""

    def test_it_needs_a_summary_for_the_client(self, desk: Desk, ticket: Ticket) -> None:
        with refused(Invalid, field="summary"):
            move(ticket, desk.engineer, "resolved", summary=" ")

    def test_the_summary_is_a_public_message(self, desk: Desk, ticket: Ticket) -> None:
        move(ticket, desk.engineer, "resolved")
        message = ticket.messages.latest("id")
        assert (message.kind, message.visibility, message.body) == (
            "resolution",
            "public",
            "Restarted the node.",
        )

    def test_it_closes_by_itself_after_the_plans_days(self, desk: Desk, ticket: Ticket) -> None:
        row = move(ticket, desk.engineer, "resolved")
        assert (row.resolved_at, row.close_due_at) == (LATER, LATER + timedelta(days=7))

    def test_taking_it_up_again_stops_that(self, desk: Desk, ticket: Ticket) -> None:
        move(ticket, desk.engineer, "resolved")
        row = move(ticket, desk.poc, "in_progress", reason="Still broken")
        assert (row.resolved_at, row.close_due_at) == (None, None)

    def test_the_client_confirms(self, desk: Desk, ticket: Ticket) -> None:
        move(ticket, desk.engineer, "resolved")
        row = move(ticket, desk.poc, "closed", reason="")
        assert (row.closed_at, row.close_due_at, row.resolved_at) == (LATER, None, LATER)

    def test_staff_close_only_with_a_word_on_who_confirmed(self, desk: Desk, ticket: Ticket) -> None:
        move(ticket, desk.engineer, "resolved")
        with refused(Invalid, field="reason"):
            move(ticket, desk.engineer, "closed", reason=" ")

    def test_a_contact_does_not_say_what_was_done(self, desk: Desk, ticket: Ticket) -> None:
        with refused(NotAllowed):
            move(ticket, desk.poc, "resolved")


class TestWaiting:
    """Who is waited for, and for what (S9)."""

    def test_the_requester_is_asked_unless_somebody_else_is(self, desk: Desk, ticket: Ticket) -> None:
        assert move(ticket, desk.engineer, "waiting_on_client").waiting_on == desk.poc
        move(ticket, desk.engineer, "in_progress")
        row = move(ticket, desk.engineer, "waiting_on_client", waiting_on=desk.member)
        assert row.waiting_on == desk.member

    def test_only_a_contact_of_the_client_is_asked(
        self, desk: Desk, ticket: Ticket, other_desk: Desk
    ) -> None:
        for stranger in (other_desk.poc, desk.lead):
            with refused(Invalid, field="waiting_on"):
                move(ticket, desk.engineer, "waiting_on_client", waiting_on=stranger)

    def test_where_clocks_pause_the_question_is_needed(self, db: None) -> None:
        desk = make_desk(plan="idalko-standard")
        ticket = make_ticket(desk.contract, requester=desk.poc)
        with refused(Invalid, field="waiting_for"):
            move(ticket, desk.engineer, "waiting_on_client", waiting_for="")
        assert move(ticket, desk.engineer, "waiting_on_client").waiting_for == "Which version?"

    def test_where_nothing_pauses_it_is_not(self, desk: Desk, ticket: Ticket) -> None:
        row = move(ticket, desk.engineer, "waiting_on_client", waiting_for="")
        assert row.status == "waiting_on_client"

    def test_whom_it_waited_for_is_forgotten_when_it_goes_on(self, desk: Desk, ticket: Ticket) -> None:
        move(ticket, desk.engineer, "waiting_on_client")
        row = move(ticket, desk.engineer, "in_progress")
        assert (row.waiting_on, row.waiting_for) == (None, "")

    def test_the_vendors_reference_stays(self, desk: Desk, ticket: Ticket) -> None:
        move(ticket, desk.engineer, "waiting_on_vendor", vendor_reference="PS-4711")
        assert move(ticket, desk.engineer, "in_progress").vendor_reference == "PS-4711"


@pytest.mark.parametrize("when", [None, LATER, LATER - timedelta(seconds=1)])
def test_planned_work_has_a_moment_in_the_future(desk: Desk, ticket: Ticket, when: datetime | None) -> None:
    with refused(Invalid, field="scheduled_at"):
        move(ticket, desk.engineer, "scheduled", scheduled_at=when)


def test_a_cancelled_ticket_is_over(desk: Desk, ticket: Ticket) -> None:
    row = move(ticket, desk.poc, "cancelled", reason="Not needed any more")
    assert (row.closed_at, row.is_open) == (LATER, False)


def test_what_the_caller_holds_may_be_stale(desk: Desk, ticket: Ticket) -> None:
    held = Ticket.objects.get(pk=ticket.pk)
    move(ticket, desk.engineer, "in_progress")
    with refused(Conflict, "already"):
        move(held, desk.engineer, "in_progress")


def test_every_change_counts_the_version_up(desk: Desk, ticket: Ticket) -> None:
    move(ticket, desk.engineer, "in_progress")
    row = move(ticket, desk.engineer, "waiting_on_vendor")
    assert (row.version, row.updated_at) == (3, LATER)


def test_the_system_may_put_a_ticket_back_to_work(ticket: Ticket) -> None:
    row = change_status(actor=SYSTEM, at=LATER, ticket=ticket, to="in_progress")
    assert row.status == "in_progress"
