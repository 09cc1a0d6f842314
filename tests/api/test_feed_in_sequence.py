"""Nobody who follows the feed by its numbers misses what a slower transaction recorded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from api.queries import feed
from events.domain.actor import SYSTEM
from events.queries import settled_sequence
from events.services import record
from tests.factories import MONDAY, Desk, make_desk, make_ticket
from tickets.events import TicketRated
from tickets.models import Ticket

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer"),
]


@pytest.fixture
def tickets(transactional_db: None) -> list[Ticket]:
    """Two tickets, so that neither transaction waits for the other's."""
    desk: Desk = make_desk()
    return [make_ticket(desk.contract, requester=desk.poc) for _ in range(2)]


def rate(ticket: Ticket, rating: int) -> int:
    """Record something that the client may read; gives its number."""
    rated = TicketRated(client_id=ticket.client_id, subject_id=ticket.pk, key=ticket.key, rating=rating)
    return record(rated, at=MONDAY, actor=SYSTEM).pk


def ratings(after: int) -> list[int]:
    """What a caller gets who goes on from there."""
    return [row.pk for row in feed(SYSTEM, after=after)]


def test_a_lower_number_that_is_committed_later_is_not_passed_by(tickets: list[Ticket]) -> None:
    slow, fast = tickets
    taken, go_on = Event(), Event()
    numbers: list[int] = []

    def slowly() -> None:
        try:
            with transaction.atomic():
                numbers.append(rate(slow, 1))
                taken.set()
                go_on.wait(20)
        finally:
            connection.close()

    start = max(ratings(0))
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(slowly)
        assert taken.wait(20)
        with transaction.atomic():
            later = rate(fast, 2)
        assert ratings(start) == []
        go_on.set()
        running.result()
    assert ratings(start) == [numbers[0], later]
    assert numbers[0] < later


def test_who_records_sees_its_own(tickets: list[Ticket]) -> None:
    with transaction.atomic():
        number = rate(tickets[0], 1)
        assert settled_sequence() == number
        assert ratings(number - 1) == [number]


def test_what_is_taken_back_holds_nobody_up(tickets: list[Ticket]) -> None:
    with transaction.atomic():
        rate(tickets[0], 1)
        transaction.set_rollback(True)
    with transaction.atomic():
        number = rate(tickets[1], 2)
    assert ratings(number - 1) == [number]
