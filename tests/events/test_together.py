"""Several lists in one statement: the same rows, in the same order, as each would read by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from events.models import Record
from events.together import read_together
from tests.factories import Desk, make_desk, make_ticket, reply
from tickets.models import Message, Ticket


@pytest.fixture
def desk(db: None) -> Desk:
    """A client with a contract and people."""
    return make_desk("HAL")


@pytest.fixture
def lists(desk: Desk) -> list[QuerySet[Any]]:
    """Lists of every sort, over two tickets with a message each."""
    for subject in ("Zürich \u05e9\u05dc\u05d5\u05dd", 'It says "no"\nand stops'):
        reply(make_ticket(desk.contract, requester=desk.poc, subject=subject), desk.engineer)
    return [
        Ticket.objects.select_related("client", "contract", "requester").order_by("-id"),
        Message.objects.select_related("ticket", "author").order_by("at", "-id")[:3],
        Record.objects.order_by("id"),
        Ticket.objects.order_by("key").values("key", "opened_at"),
        Ticket.objects.order_by().values_list("status").annotate(many=Count("id")),
        Ticket.objects.filter(pk__in=[]),
    ]


def test_lists_read_together_are_what_each_reads_by_itself(lists: list[QuerySet[Any]]) -> None:
    alone = [list(one.all()) for one in lists]
    with CaptureQueriesContext(connection) as seen:
        read_together(*lists)
        assert [list(one) for one in lists] == alone
    assert len(seen) == 1


def test_every_column_keeps_its_kind(lists: list[QuerySet[Any]]) -> None:
    alone = [dict(vars(row)) for found in lists[:3] for row in found.all()]
    read_together(*lists)
    together = [dict(vars(row)) for found in lists[:3] for row in found]
    for one, other in zip(alone, together, strict=True):
        assert {**one, "_state": None} == {**other, "_state": None}
    contract = lists[0][0].contract
    assert isinstance(contract.starts_on, date)
    assert lists[0][0].client.name


def test_a_list_can_be_narrowed_afterwards(lists: list[QuerySet[Any]]) -> None:
    read_together(*lists)
    key = lists[0][0].key
    assert [one.pk for one in lists[0].filter(key=key)] == [lists[0][0].pk]


def test_what_is_prefetched_comes_along(desk: Desk) -> None:
    reply(make_ticket(desk.contract, requester=desk.poc), desk.engineer, "We look into it.")
    found = Ticket.objects.prefetch_related("messages")
    read_together(found)
    assert "We look into it." in [one.body for one in found[0].messages.all()]
