"""Who is on now: in the queue, while a ticket is filed, and on the client's path (E1, E6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from escalation.services import TierDetails, raise_escalation, set_path
from events.domain.actor import SYSTEM
from tests.escalation.handed import Sun, make_sun, shifts_of_now
from tests.factories import actor_of, make_staff, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.services import assign


@pytest.fixture
def sun(db: None) -> Sun:
    """Sydney ends in half an hour, Brussels has come on, Los Angeles is off."""
    sun = make_sun("HAL")
    shifts_of_now(sun, timezone.now())
    return sun


def test_the_queue_is_narrowed_to_the_teams_that_are_on(sun: Sun, sign_in: SignIn) -> None:
    for region in ("brussels", "los-angeles"):
        ticket = make_ticket(sun.desk.contract, requester=sun.desk.poc, subject=f"For {region}")
        assign(actor=actor_of(sun.desk.lead), at=timezone.now(), ticket=ticket, team=sun.teams[region])
    page = text_of(sign_in(sun.desk.lead), "/desk/?team=on-now")
    assert "For brussels" in page
    assert "For los-angeles" not in page
    assert "Team: on now" in page


def test_the_team_that_is_on_is_said_while_filing(sun: Sun, sign_in: SignIn) -> None:
    asked = "?request_type=incident&urgency=level-1"
    poc = sign_in(sun.desk.poc)
    assert " is on now" in text_of(poc, f"/p/hal/new/answer/{asked}")
    engineer = sign_in(sun.people["brussels"])
    where = f"/desk/new/answer/{asked}&client=hal&contract={sun.desk.contract.pk}"
    assert " is on now" in text_of(engineer, where)


def test_the_client_reads_that_the_deputy_is_asked(sun: Sun, sign_in: SignIn) -> None:
    desk, deputy = sun.desk, make_staff("lead", name="Dana Deputy")
    tier = TierDetails(
        level=1, label="Duty manager", acknowledge_seconds=3600, person=desk.lead, deputy=deputy
    )
    set_path(actor=SYSTEM, at=timezone.now(), contract=desk.contract, tiers=[tier])
    desk.lead.away_until = timezone.now() + timedelta(days=3)
    desk.lead.save(update_fields=["away_until"])
    ticket = make_ticket(desk.contract, requester=desk.poc)
    raise_escalation(actor=actor_of(desk.poc), at=timezone.now(), ticket=ticket, ground="late_response")
    page = text_of(sign_in(desk.poc), f"/p/hal/tickets/{ticket.key}/")
    assert f"Dana Deputy, for {desk.lead.name}" in page
    assert "the deputy is asked" in page
