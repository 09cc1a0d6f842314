"""The portal's page of services: how they stand, asking for one, giving one up (P1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from proactive.models import Occurrence, Programme, State
from proactive.services import make_programmes
from tests.factories import Desk, make_desk
from tests.web.portal.conftest import EnterAs

TODAY = timezone.now().date()


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Premier, whose health checks are asked for, since this year began."""
    found = make_desk(plan="premier-support")
    make_programmes(at=timezone.now(), contract=found.contract)
    return found


@pytest.fixture
def check(desk: Desk) -> Programme:
    """The health check of its plan."""
    return Programme.objects.get(contract=desk.contract, cadence_kind="on_request")


def asked(check: Programme) -> int:
    """How often it was asked for."""
    return Occurrence.objects.filter(programme=check, requested_on__isnull=False).count()


def test_every_service_shows_how_often_it_comes(desk: Desk, enter: EnterAs) -> None:
    page = enter("observer").page("services")
    assert "Health check" in page
    assert "On request, every quarter at most" in page
    assert "Ask for it" not in page


def test_a_point_of_contact_asks_for_a_check_once_a_quarter(check: Programme, enter: EnterAs) -> None:
    poc, wished = enter("poc"), {"on": TODAY.isoformat()}
    assert "Ask for it" in poc.page("services")
    assert poc.post("ask_service", wished, programme_id=check.pk).status_code == 302
    again = poc.post("ask_service", wished, programme_id=check.pk)
    assert (again.status_code, asked(check)) == (422, 1)
    assert "in that quarter already" in again.content.decode()


def test_a_day_that_has_passed_comes_back_with_what_was_typed(check: Programme, enter: EnterAs) -> None:
    answer = enter("poc").post("ask_service", {"on": "2026-01-02"}, programme_id=check.pk)
    assert (answer.status_code, asked(check)) == (422, 0)
    assert "2026-01-02" in answer.content.decode()


def test_a_member_reads_who_decides_and_asks_for_nothing(check: Programme, enter: EnterAs) -> None:
    member = enter("member")
    assert "point of contact of your company" in member.page("ask_service", programme_id=check.pk)
    answer = member.post("ask_service", {"on": TODAY.isoformat()}, programme_id=check.pk)
    assert (answer.status_code, asked(check)) == (403, 0)


def test_a_delivery_is_given_up_with_the_reason(check: Programme, enter: EnterAs) -> None:
    poc = enter("poc")
    poc.post("ask_service", {"on": (TODAY + timedelta(days=1)).isoformat()}, programme_id=check.pk)
    one = Occurrence.objects.get(programme=check, requested_on__isnull=False)
    assert poc.post("give_up", {"reason": ""}, occurrence_id=one.pk).status_code == 422
    poc.post("give_up", {"reason": "We upgrade first."}, occurrence_id=one.pk)
    one.refresh_from_db()
    assert (one.state, one.waived_by, one.reason) == (State.SKIPPED, poc.person.name, "We upgrade first.")


def test_another_clients_service_is_not_there(check: Programme, enter: EnterAs) -> None:
    other = make_desk("ORCA")
    stranger = enter(person=other.poc, slug="orca")
    assert stranger.get("ask_service", programme_id=check.pk).status_code == 404
