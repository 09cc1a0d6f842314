"""Weekend engineers and development escalations by API (E5, E8)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from escalation.queries import first_bookable
from events.domain.actor import SYSTEM
from tests.api.conftest import Caller, caller_of_client, caller_of_staff
from tests.factories import Desk, make_desk
from tickets.models import Ticket
from tickets.services import change_status


@pytest.fixture
def premier(db: None) -> Desk:
    """A client on Premier Support."""
    return make_desk("PREM", plan="premier-support")


@pytest.fixture
def start(premier: Desk) -> datetime:
    """A start that is in time."""
    first = first_bookable(premier.contract, at=timezone.now() + timedelta(hours=2))
    assert first is not None
    return first


def wanted(start: datetime) -> dict[str, str]:
    """What a client's system sends."""
    ends = start + timedelta(hours=3)
    return {"starts_at": start.isoformat(), "ends_at": ends.isoformat(), "summary": "Upgrade"}


def test_it_is_asked_for_confirmed_and_withdrawn(premier: Desk, start: datetime) -> None:
    jira, lead = caller_of_client(premier), caller_of_staff(premier.lead)
    place = f"contracts/{premier.contract.pk}/bookings"
    made = jira.post(place, wanted(start))
    assert (made.status_code, made.json()["state"]) == (201, "asked")
    one = f"{place}/{made.json()['id']}"
    assert lead.post(f"{one}/decision", {"confirm": True}).status_code == 422
    told = lead.post(f"{one}/decision", {"confirm": True, "engineer": premier.engineer.email}).json()
    assert (told["state"], told["engineer"]["name"]) == ("confirmed", premier.engineer.name)
    assert jira.post(f"{one}/withdrawal").json()["state"] == "withdrawn"
    assert jira.post(f"{one}/withdrawal").status_code == 409


def test_too_late_is_refused_with_the_earliest_start(premier: Desk) -> None:
    place = f"contracts/{premier.contract.pk}/bookings"
    answer = caller_of_client(premier).post(place, wanted(timezone.now() + timedelta(days=3)))
    assert answer.status_code == 422
    assert "the earliest start is now" in answer.json()["errors"][0]["detail"]


def test_an_engineer_does_not_decide(premier: Desk, start: datetime) -> None:
    place = f"contracts/{premier.contract.pk}/bookings"
    made = caller_of_client(premier).post(place, wanted(start)).json()["id"]
    answer = caller_of_staff(premier.engineer).post(f"{place}/{made}/decision", {"confirm": False})
    assert answer.status_code == 403


def test_a_script_of_staff_reads_the_queue_and_follows_up(
    desk: Desk, ticket: Ticket, engineer: Caller, jira: Caller
) -> None:
    step = {"note": "Case opened.", "follow_up_on": f"{timezone.now().date() + timedelta(days=9)}"}
    place = f"tickets/{ticket.key}/vendor-follow-ups"
    assert engineer.post(place, step).status_code == 409
    change_status(actor=SYSTEM, at=timezone.now(), ticket=ticket, to="waiting_on_vendor")
    assert engineer.post(place, {**step, "reference": "M-1"}).json()["reference"] == "M-1"
    (row,) = engineer.get("development-escalations").json()["results"]
    assert (row["ticket"], row["note"]) == (ticket.key, "Case opened.")
    assert jira.get("development-escalations").status_code in (403, 404)
