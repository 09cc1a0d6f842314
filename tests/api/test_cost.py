"""What a call costs the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Caller, form
from tests.factories import Desk
from tickets.models import Ticket

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def cost(call: Callable[[], Any]) -> tuple[int, int]:
    """How many statements and commits the second of two such calls takes."""
    call()
    with CaptureQueriesContext(connection) as seen:
        assert call().status_code == 201
    statements = [one["sql"] for one in seen if not one["sql"].startswith(CONTROL)]
    return len(statements), sum(one["sql"] == "COMMIT" for one in seen)


@pytest.mark.django_db(transaction=True)
def test_opening_a_ticket_costs_twelve_statements_and_one_commit(desk: Desk, jira: Caller) -> None:
    statements, commits = cost(lambda: jira.post("tickets", form(desk)))
    assert (statements <= 12, commits) == (True, 1), statements


def test_the_answer_to_an_opening_tells_the_first_due_moment(desk: Desk, jira: Caller) -> None:
    told = jira.post("tickets", form(desk)).json()
    assert told["next_due_at"]
    assert told["next_due_at"] == jira.get(f"tickets/{told['key']}").json()["next_due_at"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("side", ["jira", "engineer"])
def test_a_reply_costs_twelve_statements_and_one_commit(
    side: str, ticket: Ticket, request: pytest.FixtureRequest
) -> None:
    caller: Caller = request.getfixturevalue(side)
    statements, commits = cost(
        lambda: caller.post(f"tickets/{ticket.key}/messages", {"body": "We look into it."})
    )
    assert (statements <= 12, commits) == (True, 1), statements
