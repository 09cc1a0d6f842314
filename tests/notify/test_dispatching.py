"""Deliveries are rows made with their cause or soon after, once, and never of what was rolled back."""

from datetime import timedelta

import pytest
from celery import current_app
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from events.models import Record
from notify import bell
from notify.models import Delivery, Notice
from notify.queries import oldest_due_at
from notify.reactions import route
from notify.services import deliver_due, dispatch, forget_history
from tests.factories import MONDAY, make_ticket, reply
from tests.notify.told import Desk, clear, tell
from tickets.models import Ticket


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


def test_a_receipt_is_in_the_outbox_with_its_ticket(desk: Desk) -> None:
    with transaction.atomic():
        make_ticket(desk.contract, requester=desk.member)
        assert Delivery.objects.filter(template="ticket_received", person=desk.member).exists()


def test_what_was_rolled_back_is_told_to_nobody(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    with transaction.atomic():
        reply(ticket, desk.engineer)
        transaction.set_rollback(True)
    tell()
    assert not Delivery.objects.exists()
    assert not Notice.objects.exists()
    assert mailoutbox == []


def test_the_mails_of_a_reply_cost_two_statements(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)
    record = Record.objects.filter(kind="message.posted").latest("id")
    Delivery.objects.all().delete()
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        route(record)
    assert len(queries) == 2
    assert Delivery.objects.count() == 1


def test_dispatching_many_records_costs_as_many_statements_as_one(desk: Desk) -> None:
    counts = []
    for tickets in (1, 8):
        clear()
        for _ in range(tickets):
            make_ticket(desk.contract, requester=desk.member)
        with CaptureQueriesContext(connection) as queries:
            dispatch(at=MONDAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_dispatching_twice_makes_nothing_twice(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)
    dispatch(at=MONDAY)
    before = (Delivery.objects.count(), Notice.objects.count())
    Record.objects.filter(kind="message.posted").update(dispatched_at=None)
    dispatch(at=MONDAY)
    assert (Delivery.objects.count(), Notice.objects.count()) == before


def test_a_record_that_concerns_nobody_is_done_with(desk: Desk) -> None:
    clear()
    Record.objects.update(dispatched_at=None)
    while dispatch(at=MONDAY, limit=3):
        continue
    assert not Record.objects.undispatched().exists()


def test_a_made_up_history_can_be_told_to_nobody(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    reply(ticket, desk.engineer)
    forget_history(before=MONDAY + timedelta(days=1), at=MONDAY)
    tell()
    assert mailoutbox == []
    assert set(Delivery.objects.values_list("state", flat=True)) <= {"withdrawn"}


def test_the_age_of_the_outbox_is_that_of_the_oldest_thing_to_tell(desk: Desk, ticket: Ticket) -> None:
    assert oldest_due_at() is None
    reply(ticket, desk.engineer)
    assert oldest_due_at() == MONDAY
    tell()
    assert oldest_due_at() is None


def test_a_commit_rings_once_however_many_records_it_holds(
    desk: Desk, ticket: Ticket, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    connection.run_on_commit.clear()
    with override_settings(WAKE_WORKER=True), django_capture_on_commit_callbacks() as callbacks:
        reply(ticket, desk.engineer)
        reply(ticket, desk.engineer)
    assert [callback.__name__ for callback in callbacks].count("_ring") == 1


def test_a_broker_that_is_away_costs_nothing_but_a_count(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(current_app, "send_task", away)
    before = bell.UNHEARD._value.get()  # the counter has no other way to be read
    bell._ring()  # what a commit calls
    assert bell.UNHEARD._value.get() == before + 1


def test_without_a_broker_nothing_rings(desk: Desk, ticket: Ticket) -> None:
    connection.run_on_commit.clear()
    with override_settings(WAKE_WORKER=False):
        reply(ticket, desk.engineer)
    assert "_ring" not in str(connection.run_on_commit)


def test_a_text_that_cannot_be_written_stops_no_other(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    reply(ticket, desk.engineer)
    Delivery.objects.update(template="no_such_template")
    make_ticket(desk.contract, requester=desk.poc)
    deliver_due(at=MONDAY)
    assert [mail.to for mail in mailoutbox if mail.to == [desk.poc.email]]
    assert Delivery.objects.get(template="no_such_template").state == "waiting"
