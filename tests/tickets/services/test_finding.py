"""The words of tickets and messages: written with them, put right from them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tickets.invariants import notes_are_found_by_staff_alone, what_is_written_can_be_found
from tickets.models import Message, Ticket, TicketWords, Visibility
from tickets.queries import found_by, visible_to
from tickets.services import post_message, rebuild_words


def found(desk: Desk, text: str) -> int:
    actor = actor_of(desk.lead)
    return found_by(actor, visible_to(actor), text).count()


def test_what_is_rolled_back_is_not_found(desk: Desk, ticket: Ticket) -> None:
    with transaction.atomic():
        reply(ticket, desk.engineer, "canary")
        assert found(desk, "canary") == 1
        transaction.set_rollback(True)
    assert found(desk, "canary") == 0


def test_rebuilding_a_true_index_changes_nothing(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, "Straße ½ 印刷")
    before = set(TicketWords.objects.values_list("pk", flat=True))
    assert rebuild_words() == []
    assert set(TicketWords.objects.values_list("pk", flat=True)) == before


def test_what_is_lost_false_or_too_much_is_put_right(desk: Desk, ticket: Ticket) -> None:
    other = make_ticket(desk.contract, requester=desk.poc, subject="Turbine")
    calm = make_ticket(desk.contract, requester=desk.poc, subject="Calm")
    TicketWords.objects.filter(ticket=ticket).delete()
    TicketWords.objects.filter(ticket=other, message__isnull=True).update(public=["wrong"])
    assert set(rebuild_words(check=True)) == {ticket.key, other.key}
    assert (found(desk, "wrong"), found(desk, "turbine")) == (1, 0), "checking writes nothing"
    assert set(rebuild_words()) == {ticket.key, other.key}
    assert (found(desk, "wrong"), found(desk, "turbine"), found(desk, "board")) == (0, 1, 3)
    assert calm.key not in rebuild_words()


def test_the_command_compares_and_repairs(ticket: Ticket) -> None:
    TicketWords.objects.all().delete()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rebuild_search", check=True, stdout=StringIO())
    said = StringIO()
    call_command("rebuild_search", stdout=said)
    assert "1 differences put right" in said.getvalue()
    call_command("rebuild_search", check=True, stdout=StringIO())


class TestDoctor:
    """What the doctor says of the index."""

    def test_a_true_index_is_healthy(self, desk: Desk, ticket: Ticket) -> None:
        reply(ticket, desk.engineer, "Hello")
        assert what_is_written_can_be_found() == notes_are_found_by_staff_alone() == []

    def test_a_note_among_the_public_words_is_found(self, desk: Desk, ticket: Ticket) -> None:
        actor = actor_of(desk.engineer)
        said = post_message(actor=actor, at=MONDAY, ticket=ticket, body="x", visibility=Visibility.INTERNAL)
        TicketWords.objects.filter(message=said).update(public=["x"])
        assert len(notes_are_found_by_staff_alone()) == 1

    def test_words_that_are_missing_or_redacted_are_found(self, desk: Desk, ticket: Ticket) -> None:
        reply(ticket, desk.engineer, "Hello")
        Message.objects.filter(body="Hello").update(redacted_at=MONDAY)
        TicketWords.objects.filter(message__isnull=True).delete()
        assert len(what_is_written_can_be_found()) == 2

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL needs no triggers")
    def test_a_lost_trigger_is_found(self, db: None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER tickets_ticketwords_found_anew")
        assert "2 triggers" in what_is_written_can_be_found()[0]
