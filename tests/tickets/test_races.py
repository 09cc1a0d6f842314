"""Several people at the same moment, with real commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from events.domain.errors import DomainError
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket
from tickets.models import Approval, Message, Ticket
from tickets.services import (
    ask_approval,
    change_status,
    close_due,
    decide_approval,
    post_message,
    propose_urgency,
    store_attachment,
)

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return make_desk()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let the acts begin together, each on a connection of its own; refusals come back as values."""
    barrier = Barrier(len(acts))

    def perform(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=90)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(perform, acts))


def refusals_in(results: list[object]) -> int:
    return sum(isinstance(result, DomainError) for result in results)


def test_tickets_opened_together_get_numbers_without_gap_or_double(desk: Desk) -> None:
    at_once(*[lambda: make_ticket(desk.contract, requester=desk.poc)] * PEOPLE)
    numbers = sorted(Ticket.objects.values_list("number", flat=True))
    assert numbers == list(range(1, PEOPLE + 1))


def test_one_form_sent_many_times_at_once_is_one_ticket(desk: Desk) -> None:
    results = at_once(
        *[lambda: make_ticket(desk.contract, requester=desk.poc, submission_id="form-1")] * PEOPLE
    )
    assert len({ticket.pk for ticket in results if isinstance(ticket, Ticket)}) == 1
    assert (Ticket.objects.count(), Record.objects.filter(kind="ticket.opened").count()) == (1, 1)
    assert make_ticket(desk.contract, requester=desk.poc).number == 2


def test_one_reply_sent_many_times_at_once_is_one_message(desk: Desk) -> None:
    ticket, poc = make_ticket(desk.contract, requester=desk.poc), actor_of(desk.poc)
    at_once(
        *[lambda: post_message(actor=poc, at=MONDAY, ticket=ticket, body="Hi", submission_id="f")] * PEOPLE
    )
    assert Message.objects.filter(kind="reply").count() == 1


def test_of_approve_and_decline_together_one_wins(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    approval = ask_approval(
        actor=actor_of(desk.lead),
        at=MONDAY,
        ticket=ticket,
        kind="other",
        question="Go?",
        asked_of_role="poc",
    )
    poc = actor_of(desk.poc)
    acts = [
        lambda: decide_approval(actor=poc, at=MONDAY, approval=approval, approve=True),
        lambda: decide_approval(actor=poc, at=MONDAY, approval=approval, approve=False, comment="No"),
    ]
    assert refusals_in(at_once(*acts)) == 1
    decided = Record.objects.get(kind="approval.decided")
    assert decided.data["state"] == Approval.objects.get().state


def test_two_proposals_together_leave_one(desk: Desk) -> None:
    ticket, engineer = make_ticket(desk.contract, requester=desk.poc), actor_of(desk.engineer)
    acts = [
        lambda: propose_urgency(actor=engineer, at=MONDAY, ticket=ticket, urgency="low", reason="Small")
    ] * 2
    assert refusals_in(at_once(*acts)) == 1
    assert Record.objects.filter(kind="urgency.proposed").count() == 1


def test_a_file_sent_with_two_messages_at_once_goes_with_one(desk: Desk) -> None:
    poc = actor_of(desk.poc)
    tickets = [make_ticket(desk.contract, requester=desk.poc) for _ in range(2)]
    file = store_attachment(actor=poc, at=MONDAY, client=desk.client, name="a.txt", content=ContentFile(b"x"))
    acts = [
        lambda ticket=ticket: post_message(
            actor=poc, at=MONDAY, ticket=ticket, body="Here", attachments=[file]
        )
        for ticket in tickets
    ]
    assert refusals_in(at_once(*acts)) == 1


def test_many_sweeps_and_the_client_close_a_ticket_once(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    solved = change_status(
        actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, to="resolved", summary="Done."
    )
    due_at, poc = solved.close_due_at, actor_of(desk.poc)
    assert due_at is not None
    at_once(
        lambda: close_due(at=due_at),
        lambda: close_due(at=due_at),
        lambda: change_status(actor=poc, at=due_at, ticket=ticket, to="closed"),
    )
    assert Record.objects.filter(kind="ticket.status_changed", data__after="closed").count() == 1
