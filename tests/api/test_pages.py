"""Long lists, page by page."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Caller, caller_of_client
from tests.factories import Desk, make_ticket
from tests.hours.conftest import direct_ticket
from tickets.models import Ticket


@pytest.fixture
def seven(desk: Desk) -> None:
    """Seven tickets; every other one has no due clock."""
    for _ in range(7):
        make_ticket(desk.contract, requester=desk.poc)
    Ticket.objects.filter(number__in=(2, 4, 6)).update(next_due_at=None)


def walked(caller: Caller, address: str) -> list[list[str]]:
    """The keys of all pages."""
    pages, following = [], address
    while following:
        told = caller.get(following).json()
        pages.append([one["key"] for one in told["results"]])
        following = told["next"]
    return pages


@pytest.mark.parametrize("order", ["next_due", "updated", "created"])
def test_pages_give_every_row_once_and_in_order(seven: None, jira: Caller, order: str) -> None:
    whole = [one["key"] for one in jira.get(f"tickets?order={order}").json()["results"]]
    pages = walked(jira, f"tickets?order={order}&limit=2")
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert list(chain(*pages)) == whole
    assert len(set(whole)) == 7


def test_what_has_no_due_clock_stands_last(seven: None, jira: Caller) -> None:
    keys = list(chain(*walked(jira, "tickets?order=next_due&limit=3")))
    assert keys[4:] == ["ACME-2", "ACME-4", "ACME-6"]


def test_a_cursor_is_bound_to_its_list_and_its_caller(
    seven: None, desk: Desk, other_desk: Desk, jira: Caller
) -> None:
    following = jira.get("tickets?limit=2&urgency=critical").json()["next"]
    other_filter = following.replace("urgency=critical", "urgency=high")
    for caller, address in ((jira, other_filter), (caller_of_client(other_desk), following)):
        answer = caller.get(address)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")
    assert jira.get(following).status_code == 200


def statements(caller: Caller, address: str) -> int:
    caller.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = caller.get(address)
    assert answer.status_code == 200
    return len(seen)


def test_lists_cost_the_same_with_one_row_and_with_many(desk: Desk, ticket: Ticket, engineer: Caller) -> None:
    addresses = (
        "tickets?order=next_due",
        "events",
        "time-entries",
        "contracts",
        f"tickets/{ticket.key}/messages",
    )
    few = {address: statements(engineer, address) for address in addresses}
    for number in range(2, 40):
        direct_ticket(desk.contract, number=number)
    many = {address: statements(engineer, address) for address in addresses}
    assert many == few
    assert max(many.values()) <= 6


def test_everything_at_a_client_is_paged_alike(ticket: Ticket, jira: Caller, desk: Desk) -> None:
    for part in ("contracts", f"tickets/{ticket.key}/messages", f"contracts/{desk.contract.pk}/environments"):
        told: dict[str, Any] = jira.get(part).json()
        assert told.keys() == {"results", "next"}
