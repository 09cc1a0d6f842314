"""Deciding about weekend engineers at the desk, and where they are seen (E8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from escalation.models import Booking
from tests.factories import Desk
from tests.web.desk.conftest import SignIn, text_of

LIST = "/desk/bookings/"


@pytest.fixture
def booking(desk: Desk) -> Booking:
    """A wish for an engineer in ten days."""
    start = timezone.now() + timedelta(days=10)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=4), "asked_at": timezone.now()}
    facts = {"client": desk.client, "contract": desk.contract, "summary": "Upgrade", "asked_by_name": "Mara"}
    return Booking.objects.create(**times, **facts)


def test_a_lead_confirms_with_a_name_and_it_stands_on_the_coverage_page(
    desk: Desk, booking: Booking, sign_in: SignIn
) -> None:
    lead, where = sign_in(desk.lead), f"{LIST}{booking.pk}/"
    assert "Upgrade" in text_of(lead, LIST)
    assert lead.post(where, {"decision": "confirm"}).status_code == 422
    lead.post(where, {"decision": "confirm", "engineer": desk.engineer.pk})
    assert desk.engineer.name in text_of(lead, "/desk/coverage/")
    month = f"{booking.starts_at:%Y-%m}"
    assert "Upgrade" in text_of(lead, f"/success/proactive/?month={month}")


def test_a_lead_declines_with_a_reason(desk: Desk, booking: Booking, sign_in: SignIn) -> None:
    lead, where = sign_in(desk.lead), f"{LIST}{booking.pk}/"
    assert lead.post(where, {"decision": "decline"}).status_code == 422
    lead.post(where, {"decision": "decline", "answer": "All are booked."})
    assert "All are booked." in text_of(lead, where)


def test_an_engineer_reads_and_does_not_decide(desk: Desk, booking: Booking, sign_in: SignIn) -> None:
    browser, where = sign_in(desk.engineer), f"{LIST}{booking.pk}/"
    assert 'name="decision"' not in text_of(browser, where)
    told = {"decision": "confirm", "engineer": desk.engineer.pk}
    assert browser.post(where, told).status_code == 403
