"""Searching: what is found, by whom, and that nobody finds by words that they may not read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.actor import Actor
from tests.factories import MONDAY, Desk, actor_of, make_staff, make_ticket, reply
from tickets.models import Message, Ticket, Visibility
from tickets.queries import finding, found_by, snippets_for, visible_to
from tickets.services import (
    add_participant,
    change_details,
    post_message,
    redact_message,
    set_tags,
)

HOSTILE = [
    "'",
    '"',
    "a' OR 1",
    '" OR public:x',
    "NEAR(a b)",
    "a & ! | b",
    "*",
    ":*",
    "\\",
    "{public}: a",
    "()",
]


def keys(actor: Actor, text: str) -> set[str]:
    return set(found_by(actor, visible_to(actor), text).values_list("key", flat=True))


def note(desk: Desk, ticket: Ticket, body: str) -> Message:
    """An internal note of the engineer's."""
    return post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body=body, visibility=Visibility.INTERNAL
    )


@pytest.fixture
def engineer(desk: Desk) -> Actor:
    """The engineer who serves the client."""
    return actor_of(desk.engineer)


@pytest.fixture
def poc(desk: Desk) -> Actor:
    """The client's point of contact."""
    return actor_of(desk.poc)


def test_words_of_key_subject_reference_and_messages_find_a_ticket(
    desk: Desk, ticket: Ticket, poc: Actor
) -> None:
    change_details(actor=poc, at=MONDAY, ticket=ticket, external_reference="INC/99182")
    reply(ticket, desk.engineer, "The Gerät was restarted.")
    make_ticket(desk.contract, requester=desk.poc, subject="Another matter", description="Quiet.")
    for text in (ticket.key.lower(), "board", "99182", "gerat", "GERÄT resta", "morning board"):
        assert keys(poc, text) == {ticket.key}, text


def test_every_word_must_stand_somewhere_on_the_ticket(desk: Desk, ticket: Ticket, poc: Actor) -> None:
    reply(ticket, desk.engineer, "A turbine")
    assert keys(poc, "board turbine") == {ticket.key}
    assert keys(poc, "board unicorn") == set()


def test_tags_and_the_maker_s_reference_are_found_by_staff_alone(
    ticket: Ticket, engineer: Actor, poc: Actor
) -> None:
    set_tags(actor=engineer, at=MONDAY, ticket=ticket, tags=["difficult"])
    change_details(actor=engineer, at=MONDAY, ticket=ticket, vendor_reference="VEN-77123")
    assert keys(engineer, "difficult 77123") == {ticket.key}
    assert keys(poc, "difficult") == keys(poc, "77123") == set()


@pytest.mark.parametrize("role", ["poc", "member", "observer", "account_executive"])
def test_internal_notes_are_found_by_those_alone_who_read_them(
    desk: Desk, ticket: Ticket, engineer: Actor, role: str
) -> None:
    add_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=desk.member)
    note(desk, ticket, "The canary is cross")
    reader = actor_of(desk.person(role))
    assert keys(engineer, "canary") == {ticket.key}
    assert keys(reader, "board") == {ticket.key}
    assert keys(reader, "canary") == set()
    assert snippets_for(reader, [ticket.pk], "canary cross") == {}


def test_a_note_does_not_help_a_public_word_to_a_hit(desk: Desk, ticket: Ticket, poc: Actor) -> None:
    note(desk, ticket, "canary")
    assert keys(poc, "board canary") == set()


def test_nothing_of_other_clients_is_found(
    desk: Desk, ticket: Ticket, other_desk: Desk, engineer: Actor
) -> None:
    foreign = make_ticket(other_desk.contract, requester=other_desk.poc, subject="A foreign canary")
    for reader in (engineer, actor_of(desk.poc), actor_of(make_staff("engineer"))):
        assert keys(reader, "canary") == set()
        assert snippets_for(reader, [ticket.pk, foreign.pk], "since morning").keys() <= {ticket.pk}
    assert keys(actor_of(desk.lead), "canary") == {foreign.key}


def test_members_find_among_their_own_tickets(desk: Desk, ticket: Ticket) -> None:
    mine = make_ticket(desk.contract, requester=desk.member)
    assert keys(actor_of(desk.member), "board") == {mine.key}


def test_new_words_replace_the_old_ones(ticket: Ticket, poc: Actor) -> None:
    change_details(actor=poc, at=MONDAY, ticket=ticket, subject="Turbines stand still")
    assert keys(poc, "turbines") == {ticket.key}
    assert keys(poc, "load") == set()


@pytest.mark.parametrize("visibility", ["public", "internal"])
def test_a_redacted_text_is_found_no_more(
    desk: Desk, ticket: Ticket, engineer: Actor, visibility: str
) -> None:
    said = post_message(
        actor=engineer, at=MONDAY, ticket=ticket, body="hunter2 secret", visibility=visibility
    )
    assert keys(engineer, "hunter2") == {ticket.key}
    redact_message(actor=actor_of(desk.administrator), at=MONDAY, message=said, reason="A password")
    assert keys(engineer, "hunter2") == set()
    assert snippets_for(engineer, [ticket.pk], "hunter2") == {}


@pytest.mark.parametrize("text", HOSTILE)
def test_operators_are_words_or_nothing(ticket: Ticket, engineer: Actor, text: str) -> None:
    assert keys(engineer, text) <= {ticket.key}
    snippets_for(engineer, [ticket.pk], text)


def test_text_without_a_word_finds_nothing(ticket: Ticket, engineer: Actor) -> None:
    assert keys(engineer, "  !? 🔥") == set()


def test_the_latest_message_with_a_word_is_shown(desk: Desk, ticket: Ticket, engineer: Actor) -> None:
    reply(ticket, desk.engineer, "The board was here")
    last = note(desk, ticket, "That board again")
    found = snippets_for(engineer, [ticket.pk], "board")[ticket.pk]
    assert (found.message_id, found.is_internal) == (last.pk, True)
    assert [part.text for part in found.parts if part.is_hit] == ["board"]
    assert not snippets_for(actor_of(desk.poc), [ticket.pk], "board")[ticket.pk].is_internal


def test_a_page_of_snippets_costs_one_statement(desk: Desk, engineer: Actor) -> None:
    ids = [make_ticket(desk.contract, requester=desk.poc).pk for _ in range(5)]
    with CaptureQueriesContext(connection) as made:
        assert len(snippets_for(engineer, ids, "board empty")) == 5
    assert len(made) == 1


@pytest.mark.parametrize("few", [0, 2])
def test_rare_and_common_words_find_the_same(
    desk: Desk, engineer: Actor, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_ticket(desk.contract, requester=desk.poc, subject=f"Pump {n}") for n in range(4)]
    reply(made[2], desk.engineer, "The turbine")
    monkeypatch.setattr(finding, "_FEW", few)
    assert keys(engineer, "pump") == {one.key for one in made}
    assert keys(engineer, "pump turbine") == {made[2].key}
    assert keys(engineer, "pump unicorn") == set()
