"""Jumping to a ticket, a client or a page by a few letters."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import Desk, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket

PART = {"hx-request": "true"}


def labels(browser: Client, text: str) -> list[str]:
    return [target.code or target.label for target in browser.get(f"/desk/jump/?q={text}").context["targets"]]


def test_without_letters_every_page_of_one_s_own_is_offered(
    desk: Desk, engineer: Client, sign_in: SignIn
) -> None:
    assert {"Queue", "Timesheet", "New ticket"} <= set(labels(engineer, ""))
    assert "Outbox" not in labels(engineer, "")
    assert "Outbox" in labels(sign_in(desk.administrator), "")
    assert "New ticket" not in labels(sign_in(desk.account_executive), "")


def test_a_number_comes_first_then_pages_clients_and_words(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    talks = make_ticket(desk.contract, requester=desk.poc, subject=f"Goes with {ticket.key}")
    assert labels(engineer, ticket.key.lower()) == [ticket.key, talks.key]
    assert labels(engineer, "hal")[0] == "HAL"
    make_ticket(desk.contract, requester=desk.poc, subject="The queue is full")
    assert labels(engineer, "que")[0] == "Queue"


def test_enter_goes_to_the_first(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    assert engineer.get("/desk/jump/?q=board&go=1").headers["Location"] == f"/desk/tickets/{ticket.key}/"
    assert "Nothing that you may see" in text_of(engineer, "/desk/jump/?q=unicorn&go=1")


def test_the_dialog_gets_the_list_alone(engineer: Client, ticket: Ticket) -> None:
    part = text_of(engineer, "/desk/jump/?q=board", **PART)
    assert ticket.key in part
    assert "<h1>" not in part


@pytest.mark.parametrize("text", ["orr", "turbine", "ORR-1"])
def test_nothing_of_other_clients_is_offered(other: Desk, engineer: Client, text: str) -> None:
    make_ticket(other.contract, requester=other.poc, subject="Their turbine")
    assert labels(engineer, text) == []


def test_jumping_costs_the_same_for_one_and_many(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    with CaptureQueriesContext(connection) as for_one:
        text_of(engineer, "/desk/jump/?q=board", **PART)
    for _ in range(4):
        make_ticket(desk.contract, requester=desk.poc)
    with CaptureQueriesContext(connection) as for_many:
        text_of(engineer, "/desk/jump/?q=board", **PART)
    assert len(for_many) == len(for_one) <= 7
