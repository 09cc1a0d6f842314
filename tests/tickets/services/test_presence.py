"""Who is at a ticket now, and who is called in by a note."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.errors import NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, refused
from tickets.models import Presence, Ticket, Watcher
from tickets.queries import present_at
from tickets.queries.working import PRESENT_FOR
from tickets.services import forget_presence, note_presence, post_message, save_draft


def told(desk: Desk, ticket: Ticket, role: str, *, after: timedelta = timedelta()) -> list[tuple[str, bool]]:
    present = present_at(actor_of(desk.person(role)), ticket, at=MONDAY + after)
    return [(one.name, one.is_writing) for one in present]


class TestPresence:
    """Who has a ticket open."""

    def test_others_are_told_for_less_than_a_minute(self, desk: Desk, ticket: Ticket) -> None:
        note_presence(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket)
        assert told(desk, ticket, "lead") == [(desk.engineer.name, False)]
        assert told(desk, ticket, "engineer") == [], "nobody is told of themselves"
        assert told(desk, ticket, "lead", after=PRESENT_FOR) == []

    def test_a_fresh_draft_says_that_somebody_writes(self, desk: Desk, ticket: Ticket) -> None:
        actor = actor_of(desk.engineer)
        note_presence(actor=actor_of(desk.csm), at=MONDAY, ticket=ticket)
        note_presence(actor=actor, at=MONDAY, ticket=ticket)
        save_draft(actor=actor, at=MONDAY, client=desk.client, ticket=ticket, body="Dear")
        assert told(desk, ticket, "lead") == [(desk.engineer.name, True), (desk.csm.name, False)]

    def test_contacts_neither_say_nor_hear_it(self, desk: Desk, ticket: Ticket) -> None:
        note_presence(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket)
        assert told(desk, ticket, "poc") == []
        with refused(NotAllowed):
            note_presence(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket)

    def test_a_ticket_of_another_client_is_not_there(
        self, desk: Desk, ticket: Ticket, other_desk: Desk
    ) -> None:
        with refused(NotHere):
            note_presence(actor=actor_of(other_desk.engineer), at=MONDAY, ticket=ticket)

    def test_saying_it_again_keeps_one_row_and_the_sweep_clears_it(self, desk: Desk, ticket: Ticket) -> None:
        for _ in range(3):
            note_presence(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket)
        assert Presence.objects.count() == 1
        assert forget_presence(at=MONDAY + timedelta(minutes=5)) == 0
        assert forget_presence(at=MONDAY + timedelta(minutes=11)) == 1


class TestMentions:
    """An @ before a name in a note."""

    def note(self, desk: Desk, ticket: Ticket, body: str, visibility: str = "internal") -> None:
        actor = actor_of(desk.engineer)
        post_message(actor=actor, at=MONDAY, ticket=ticket, body=body, visibility=visibility)

    def test_who_is_named_watches_from_then_on_and_it_is_on_record(self, desk: Desk, ticket: Ticket) -> None:
        self.note(desk, ticket, f"@{desk.lead.name} please")
        self.note(desk, ticket, f"@{desk.lead.name} again")
        assert [one.person for one in Watcher.objects.all()] == [desk.lead]
        changed = Record.objects.get(kind="ticket.details_changed")
        assert changed.data["changes"] == {"watcher": [None, desk.lead.pk]}
        posted = Record.objects.filter(kind="message.posted").earliest("id")
        assert changed.pk < posted.pk, "so that the note is told to the new watcher too"

    @pytest.mark.parametrize("role", ["poc", "account_executive", "engineer"])
    def test_contacts_those_without_notes_and_oneself_are_not_called(
        self, desk: Desk, ticket: Ticket, role: str
    ) -> None:
        self.note(desk, ticket, f"@{desk.person(role).name} look")
        assert not Watcher.objects.exists()

    def test_staff_of_other_clients_are_not_called(
        self, desk: Desk, ticket: Ticket, other_desk: Desk
    ) -> None:
        self.note(desk, ticket, f"@{other_desk.engineer.name}")
        assert not Watcher.objects.filter(person=other_desk.engineer).exists()

    def test_a_public_reply_calls_nobody(self, desk: Desk, ticket: Ticket) -> None:
        self.note(desk, ticket, f"@{desk.lead.name}", visibility="public")
        assert not Watcher.objects.exists()

    def test_a_note_without_an_at_costs_nothing_more(self, desk: Desk, ticket: Ticket) -> None:
        with CaptureQueriesContext(connection) as made:
            self.note(desk, ticket, "Plain")
        assert not any("tickets_watcher" in one["sql"] for one in made)
