"""Weekend engineers in the portal (E8)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from escalation.models import Booking
from escalation.queries import first_bookable
from escalation.services import confirm_booking
from tests.factories import Desk, actor_of, make_desk
from tests.web.portal.conftest import EnterAs


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Premier Support."""
    return make_desk("ACME", plan="premier-support")


@pytest.fixture
def start(desk: Desk) -> datetime:
    """Noon of the first Saturday that is surely in time, on the client's clock."""
    first = first_bookable(desk.contract, at=timezone.now() + timedelta(days=1))
    assert first is not None
    saturday = first.date() + timedelta(days=1 + (4 - first.weekday()) % 7)
    return datetime.combine(saturday, time(12), ZoneInfo(desk.client.zone))


def typed(desk: Desk, start: datetime, **facts: object) -> dict[str, object]:
    """What a point of contact fills in."""
    words = {"summary": "Upgrade <of> Jira", "hours": 3, "submission_id": "b1"}
    return {**words, "contract": desk.contract.pk, "starts_at": f"{start:%Y-%m-%dT%H:%M}", **facts}


def test_an_engineer_is_asked_for_named_and_withdrawn(desk: Desk, start: datetime, enter: EnterAs) -> None:
    poc = enter("poc")
    for _ in range(2):
        poc.post("bookings", typed(desk, start))
    one = Booking.objects.get()
    assert (one.starts_at, one.ends_at - one.starts_at) == (start, timedelta(hours=3))
    confirm_booking(actor=actor_of(desk.lead), at=timezone.now(), booking=one, engineer=desk.engineer)
    page = poc.page("bookings")
    assert f"{desk.engineer.name} is there." in page
    assert "Upgrade &lt;of&gt; Jira" in page
    assert "Upgrade &lt;of&gt; Jira" in poc.page("calendar", f"?month={start:%Y-%m}")
    poc.post("withdraw_booking", booking_id=one.pk)
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_too_late_says_the_earliest_start_and_keeps_what_was_typed(desk: Desk, enter: EnterAs) -> None:
    soon = timezone.now() + timedelta(days=5)
    reply = enter("poc").post("bookings", typed(desk, soon, detail="Bring coffee"))
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "the earliest start is now" in page
    assert "Bring coffee" in page
    assert not Booking.objects.exists()


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_slip_of_the_keyboard_is_said(desk: Desk, enter: EnterAs, year: str) -> None:
    slipped = {**typed(desk, timezone.now()), "starts_at": f"{year}-12-31T23:00"}
    reply = enter("poc").post("bookings", slipped)
    assert (reply.status_code, b"Choose a day within a year." in reply.content) == (422, True)


def test_an_observer_reads_and_a_member_finds_nothing(desk: Desk, start: datetime, enter: EnterAs) -> None:
    enter("poc").post("bookings", typed(desk, start))
    assert "Asked for" in enter("observer").page("bookings")
    assert enter("observer").post("bookings", typed(desk, start)).status_code == 403
    assert enter("member").get("bookings").status_code == 404


def test_under_another_plan_that_is_said(enter: EnterAs) -> None:
    other = make_desk("ORCA")
    door = enter(person=other.poc, slug="orca")
    assert "no weekend engineers" in door.page("bookings")
