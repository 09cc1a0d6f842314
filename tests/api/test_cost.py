"""What a call costs the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Caller, form
from tests.factories import Desk

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.mark.django_db(transaction=True)
def test_opening_a_ticket_costs_few_statements_and_one_commit(desk: Desk, jira: Caller) -> None:
    jira.post("tickets", form(desk))
    with CaptureQueriesContext(connection) as seen:
        assert jira.post("tickets", form(desk)).status_code == 201
    statements = [one["sql"] for one in seen if not one["sql"].startswith(CONTROL)]
    assert len(statements) <= 14, statements
    assert sum(one["sql"] == "COMMIT" for one in seen) == 1
