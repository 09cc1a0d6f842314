"""Who hears of weekend engineers and of overdue follow-ups (E5, E8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage

from escalation.events import BookingAsked, BookingConfirmed, BookingDeclined, FollowUpOverdue
from tests.factories import actor_of, make_ticket
from tests.notify.told import Desk, about, clear, happened, mailed, names, tell, ticket_facts
from tickets.services import assign


@pytest.fixture
def facts(desk: Desk) -> dict[str, Any]:
    """A booking for a Saturday in April."""
    clear()
    times = {"starts_at": "2026-04-11T08:00:00+00:00", "ends_at": "2026-04-11T12:00:00+00:00"}
    return about(desk.client, 1, booking_id=1, contract_id=desk.contract.pk, title="Upgrade", **times)


def test_a_wish_reaches_who_decides_and_the_answer_client_and_engineer(
    desk: Desk, facts: dict[str, Any], mailoutbox: list[EmailMessage]
) -> None:
    happened(BookingAsked(**facts), by=desk.poc)
    yes: dict[str, Any] = {"engineer": desk.engineer.name, "told_ids": [desk.engineer.pk]}
    happened(BookingConfirmed(**facts, **yes), by=desk.lead)
    tell()
    assert mailed("booking.asked") == names(desk.csm, desk.lead)
    assert mailed("booking.confirmed", "booking_yours") == names(desk.engineer)
    assert mailed("booking.confirmed", "booking_confirmed") == names(desk.poc)
    words = next(mail.body for mail in mailoutbox if mail.to == [desk.poc.email])
    assert f"{desk.engineer.name} is there for Upgrade, from Sat 11 Apr, 09:00 BST" in words


def test_a_no_says_why(desk: Desk, facts: dict[str, Any], mailoutbox: list[EmailMessage]) -> None:
    happened(BookingDeclined(**facts, reason="All are booked."), by=desk.lead)
    tell()
    assert mailed("booking.declined") == names(desk.poc)
    assert "All are booked." in mailoutbox[0].body


def test_an_overdue_follow_up_reaches_the_owner(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    assign(actor=actor_of(desk.lead), at=ticket.opened_at, ticket=ticket, assignee=desk.engineer)
    clear()
    happened(FollowUpOverdue(**ticket_facts(ticket, follow_up_on="2026-03-03")))
    tell()
    assert mailed("development.overdue") == names(desk.engineer)
