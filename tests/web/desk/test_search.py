"""Searching tickets, clients and people."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket
from tickets.services import change_status, post_message


def test_nothing_asked_shows_a_field(engineer: Client) -> None:
    assert 'id="search-q"' in text_of(engineer, "/desk/search/")


def test_a_number_leads_straight_to_its_ticket(engineer: Client, ticket: Ticket) -> None:
    answer = engineer.get(f"/desk/search/?q={ticket.key.lower()}")
    assert answer.headers["Location"] == f"/desk/tickets/{ticket.key}/"


def test_words_find_tickets_open_and_ended(desk: Desk, engineer: Client) -> None:
    made = make_ticket(desk.contract, requester=desk.poc, subject="The printer burns")
    change_status(actor=actor_of(desk.engineer), at=made.opened_at, ticket=made, to="cancelled")
    page = text_of(engineer, "/desk/search/?q=printer")
    assert made.key in page
    assert "Cancelled" in page


def test_the_client_s_own_number_finds_the_ticket(desk: Desk, engineer: Client) -> None:
    made = make_ticket(desk.contract, requester=desk.poc, external_reference="INC-9")
    assert made.key in text_of(engineer, "/desk/search/?q=inc-9")


def test_clients_and_their_people_are_found(desk: Desk, engineer: Client) -> None:
    assert "/desk/?client=hal" in text_of(engineer, "/desk/search/?q=hal")
    page = text_of(engineer, f"/desk/search/?q={desk.poc.email}")
    assert desk.poc.name in page


def test_nothing_of_other_clients_is_found(other: Desk, engineer: Client) -> None:
    foreign = make_ticket(other.contract, requester=other.poc, subject="Their printer")
    assert "No ticket fits" in text_of(engineer, "/desk/search/?q=printer")
    assert "No ticket fits" in text_of(engineer, f"/desk/search/?q={foreign.key}")
    assert other.poc.name not in text_of(engineer, f"/desk/search/?q={other.poc.email}")


def test_searching_costs_the_same_for_one_and_many(desk: Desk, engineer: Client) -> None:
    make_ticket(desk.contract, requester=desk.poc)
    text_of(engineer, "/desk/search/?q=board")
    with CaptureQueriesContext(connection) as for_one:
        text_of(engineer, "/desk/search/?q=board")
    for _ in range(6):
        make_ticket(desk.contract, requester=desk.poc)
    with CaptureQueriesContext(connection) as for_many:
        text_of(engineer, "/desk/search/?q=board")
    assert len(for_many) == len(for_one)


def test_words_of_messages_find_their_ticket_and_are_shown(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    said = reply(ticket, desk.engineer, "The <b>turbine</b> was oiled.")
    page = text_of(engineer, "/desk/search/?q=turb")
    assert ticket.key in page
    assert "&lt;b&gt;<mark>turbine</mark>&lt;/b&gt;" in page
    assert f"/desk/tickets/{ticket.key}/#m{said.pk}" in page


def test_a_note_is_marked_as_one_and_hidden_from_an_account_executive(
    desk: Desk, engineer: Client, ticket: Ticket, sign_in: SignIn
) -> None:
    post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="A canary", visibility="internal"
    )
    assert "Internal note" in text_of(engineer, "/desk/search/?q=canary")
    page = text_of(sign_in(desk.account_executive), "/desk/search/?q=canary")
    assert "No ticket fits" in page
    assert ticket.key not in page


def test_the_queue_s_words_find_messages_too(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, "Turbine")
    assert ticket.key in text_of(engineer, "/desk/?text=turbine")
    assert "Nothing fits" in text_of(engineer, "/desk/?text=unicorn")
