"""Calls, details, tags, ratings, drafts, and what the service-level floor leaves on a ticket."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_environment, make_ticket, refused
from tickets.models import Draft, Ticket
from tickets.queries import draft_of
from tickets.services import (
    change_details,
    change_status,
    discard_draft,
    log_call,
    note_next_due,
    rate_ticket,
    save_draft,
    set_tags,
)


class TestCalls:
    """Conversations by voice."""

    def test_a_call_is_a_message_of_its_own_kind(self, desk: Desk, ticket: Ticket) -> None:
        message = log_call(
            actor=actor_of(desk.engineer),
            at=MONDAY,
            ticket=ticket,
            body="We agreed to restart tonight.",
            people="Ann, Bob",
            minutes=12,
        )
        assert (message.kind, message.call_people, message.call_minutes) == ("call", "Ann, Bob", 12)
        assert Record.objects.get(kind="message.posted").data["message_kind"] == "call"

    @pytest.mark.parametrize("minutes", [-15, 0, 1441])
    def test_its_minutes_are_of_this_world(self, desk: Desk, ticket: Ticket, minutes: int) -> None:
        with refused(Invalid, field="minutes"):
            log_call(
                actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, body="x", people="y", minutes=minutes
            )

    def test_staff_log_calls(self, desk: Desk, ticket: Ticket) -> None:
        with refused(NotAllowed):
            log_call(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="x", people="y", minutes=1)


class TestDetails:
    """What a ticket says of itself."""

    def test_a_correction_is_recorded_with_before_and_after(self, desk: Desk, ticket: Ticket) -> None:
        row = change_details(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, subject="The board is slow")
        changes = Record.objects.get(kind="ticket.details_changed").data["changes"]
        assert row.subject == "The board is slow"
        assert changes == {"subject": ["The board does not load", "The board is slow"]}

    def test_saying_the_same_changes_nothing(self, desk: Desk, ticket: Ticket) -> None:
        row = change_details(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, subject=ticket.subject)
        assert row.version == 1

    def test_the_category_is_for_staff(self, desk: Desk, ticket: Ticket) -> None:
        with refused(NotAllowed):
            change_details(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, category="reporting")
        row = change_details(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, category="reporting")
        assert row.category == "reporting"

    def test_observers_change_nothing(self, desk: Desk, ticket: Ticket) -> None:
        with refused(NotAllowed):
            change_details(actor=actor_of(desk.observer), at=MONDAY, ticket=ticket, subject="x")

    def test_an_environment_is_one_of_the_contract(
        self, desk: Desk, ticket: Ticket, other_desk: Desk
    ) -> None:
        own, foreign = make_environment(desk.contract), make_environment(other_desk.contract)
        poc = actor_of(desk.poc)
        with refused(Invalid, field="environment"):
            change_details(actor=poc, at=MONDAY, ticket=ticket, environment=foreign)
        assert change_details(actor=poc, at=MONDAY, ticket=ticket, environment=own).environment == own

    @pytest.mark.parametrize(("field", "value"), [("subject", " "), ("category", "cooking")])
    def test_nonsense_is_refused(self, desk: Desk, ticket: Ticket, field: str, value: str) -> None:
        facts: dict[str, Any] = {field: value}
        with refused(Invalid, field=field):
            change_details(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, **facts)


class TestTags:
    """Words that staff sort by."""

    def test_they_are_set_as_a_whole(self, desk: Desk, ticket: Ticket) -> None:
        engineer = actor_of(desk.engineer)
        set_tags(actor=engineer, at=MONDAY, ticket=ticket, tags=["VPN", "vpn"])
        row = set_tags(actor=engineer, at=MONDAY, ticket=ticket, tags=["access"])
        assert row.tags == ["access"]
        changes = Record.objects.filter(kind="ticket.details_changed").latest("id").data["changes"]
        assert changes == {"tags": [["vpn"], ["access"]]}

    @pytest.mark.parametrize("tags", [["x" * 41], [str(number) for number in range(21)]])
    def test_there_are_not_too_many(self, desk: Desk, ticket: Ticket, tags: list[str]) -> None:
        with refused(Invalid, field="tags"):
            set_tags(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, tags=tags)

    def test_contacts_do_not_tag(self, desk: Desk, ticket: Ticket) -> None:
        with refused(NotAllowed):
            set_tags(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, tags=["x"])


class TestRating:
    """How it went."""

    @pytest.fixture
    def solved(self, desk: Desk, ticket: Ticket) -> Ticket:
        lead = actor_of(desk.lead)
        return change_status(actor=lead, at=MONDAY, ticket=ticket, to="resolved", summary="Done.")

    def test_the_client_rates_and_may_think_again(self, desk: Desk, solved: Ticket) -> None:
        poc = actor_of(desk.poc)
        rate_ticket(actor=poc, at=MONDAY, ticket=solved, rating=2)
        row = rate_ticket(actor=poc, at=MONDAY, ticket=solved, rating=4, comment="Good in the end")
        assert (row.rating, row.rating_comment) == (4, "Good in the end")

    @pytest.mark.parametrize("rating", [-1, 0, 6])
    def test_from_one_to_five(self, desk: Desk, solved: Ticket, rating: int) -> None:
        with refused(Invalid, field="rating"):
            rate_ticket(actor=actor_of(desk.poc), at=MONDAY, ticket=solved, rating=rating)

    def test_work_that_goes_on_is_not_rated(self, desk: Desk, ticket: Ticket) -> None:
        with refused(Conflict):
            rate_ticket(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, rating=5)

    @pytest.mark.parametrize("role", ["observer", "engineer", "lead", "administrator"])
    def test_nobody_else_rates(self, desk: Desk, solved: Ticket, role: str) -> None:
        with refused(NotAllowed):
            rate_ticket(actor=actor_of(desk.person(role)), at=MONDAY, ticket=solved, rating=5)


class TestDrafts:
    """What is typed and not sent."""

    def test_the_last_one_saved_is_kept(self, desk: Desk, ticket: Ticket) -> None:
        poc = actor_of(desk.poc)
        for body in ("It st", "It still happens"):
            save_draft(actor=poc, at=MONDAY, client=desk.client, ticket=ticket, body=body)
        assert Draft.objects.get().body == "It still happens"

    def test_one_on_a_new_ticket_stands_apart(self, desk: Desk, ticket: Ticket) -> None:
        poc = actor_of(desk.poc)
        for place in (ticket, None, None):
            save_draft(actor=poc, at=MONDAY, client=desk.client, ticket=place, body="x")
        assert Draft.objects.count() == 2

    def test_it_is_nobody_elses(self, desk: Desk, ticket: Ticket) -> None:
        save_draft(actor=actor_of(desk.poc), at=MONDAY, client=desk.client, ticket=ticket, body="x")
        assert draft_of(actor_of(desk.poc), client=desk.client, ticket=ticket) is not None
        assert draft_of(actor_of(desk.lead), client=desk.client, ticket=ticket) is None

    @pytest.mark.parametrize("body", ["", " \n"])
    def test_emptied_it_is_gone(self, desk: Desk, ticket: Ticket, body: str) -> None:
        poc = actor_of(desk.poc)
        save_draft(actor=poc, at=MONDAY, client=desk.client, ticket=ticket, body="x")
        assert save_draft(actor=poc, at=MONDAY, client=desk.client, ticket=ticket, body=body) is None
        assert not Draft.objects.exists()

    def test_it_is_discarded(self, desk: Desk, ticket: Ticket) -> None:
        poc = actor_of(desk.poc)
        save_draft(actor=poc, at=MONDAY, client=desk.client, ticket=ticket, body="x")
        discard_draft(actor=poc, client=desk.client, ticket=ticket)
        assert not Draft.objects.exists()

    def test_nobody_drafts_where_they_may_not_write(
        self, desk: Desk, ticket: Ticket, other_desk: Desk
    ) -> None:
        with refused(NotAllowed):
            save_draft(actor=actor_of(desk.observer), at=MONDAY, client=desk.client, ticket=ticket, body="x")
        with refused(NotHere):
            save_draft(
                actor=actor_of(other_desk.poc), at=MONDAY, client=other_desk.client, ticket=ticket, body="x"
            )


class TestNextDue:
    """What the service-level floor leaves on a ticket."""

    def test_it_is_no_change_of_the_ticket(self, desk: Desk, ticket: Ticket) -> None:
        due_at = MONDAY + timedelta(minutes=30)
        note_next_due(due={ticket.pk: (due_at, True)})
        row = Ticket.objects.get(pk=ticket.pk)
        assert (row.next_due_at, row.at_risk, row.version, row.updated_at) == (due_at, True, 1, MONDAY)

    def test_many_tickets_cost_one_statement(
        self, desk: Desk, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        others = [make_ticket(desk.contract, requester=desk.poc) for _ in range(3)]
        due = {row.pk: (MONDAY + timedelta(hours=row.number), row.number > 1) for row in (ticket, *others)}
        with django_assert_num_queries(1):
            note_next_due(due=due)
        rows = Ticket.objects.values_list("id", "next_due_at", "at_risk")
        assert {pk: (next_due_at, at_risk) for pk, next_due_at, at_risk in rows} == due

    def test_many_tickets_may_have_nothing_due(self, desk: Desk, ticket: Ticket) -> None:
        other = make_ticket(desk.contract, requester=desk.poc)
        note_next_due(due={ticket.pk: (MONDAY, True), other.pk: (MONDAY, True)})
        note_next_due(due={ticket.pk: (None, False), other.pk: (None, False)})
        assert not Ticket.objects.filter(next_due_at__isnull=False).exists()
        assert not Ticket.objects.filter(at_risk=True).exists()

    def test_tickets_that_are_not_named_stay_as_they_are(self, desk: Desk, ticket: Ticket) -> None:
        other = make_ticket(desk.contract, requester=desk.poc)
        before = Ticket.objects.values("next_due_at", "at_risk", "version", "updated_at").get(pk=other.pk)
        note_next_due(due={ticket.pk: (MONDAY, True)})
        assert Ticket.objects.values(*before).get(pk=other.pk) == before
