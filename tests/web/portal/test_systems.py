"""The client's systems: calm words about how they are, and maintenance announced by the client."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contracts.models import Environment, MaintenanceWindow
from events.domain.actor import SYSTEM
from proactive.models import Probe
from proactive.services.probes import Answer, note_answer
from proactive.services.watching import start_watching
from tests.factories import Desk, make_environment
from tests.proactive.monitoring.steps import announce, hear, signal
from tests.web.portal.conftest import EnterAs
from tickets.models import Ticket


@pytest.fixture
def environment(desk: Desk) -> Environment:
    """A system that is watched."""
    made = make_environment(desk.contract, "Shop", public_urls=["https://shop.acme.example/"])
    start_watching(actor=SYSTEM, at=timezone.now(), environment=made)
    return made


def test_a_system_that_is_well_says_so(enter: EnterAs, environment: Environment) -> None:
    page = enter().page("systems")
    assert "Shop" in page
    assert ">Well<" in page


def test_a_problem_is_told_calmly_with_its_ticket(enter: EnterAs, environment: Environment) -> None:
    hear(environment, signal(), at=timezone.now())
    page = enter().page("systems")
    assert "We are looking into something" in page
    assert Ticket.objects.get().key in page


def test_a_member_reads_that_something_is_on_but_not_a_ticket_of_others(
    enter: EnterAs, desk: Desk, environment: Environment
) -> None:
    hear(environment, signal(), at=timezone.now())
    page = enter(person=desk.member).page("systems")
    assert "We are looking into something" in page
    assert Ticket.objects.get().key not in page


def test_what_was_measured_is_shown_as_a_share_of_calls(enter: EnterAs, environment: Environment) -> None:
    probe = Probe.objects.get()
    for is_up in (True, True, True, False):
        note_answer(at=timezone.now(), probe=probe, answer=Answer(is_up=is_up, status=200 if is_up else 503))
    assert "75.00 %" in enter().page("systems")


def ahead(hours: int) -> dict[str, str]:
    """A form for maintenance so many hours ahead."""
    start = timezone.now() + timedelta(hours=hours)
    shown = "%Y-%m-%dT%H:%M"
    return {
        "starts_at": start.strftime(shown),
        "ends_at": (start + timedelta(hours=3)).strftime(shown),
        "summary": f"Upgrade in {hours}",
        "told": "Ann, Ben",
    }


def test_a_point_of_contact_announces_maintenance_and_it_stands_everywhere(
    enter: EnterAs, environment: Environment
) -> None:
    door = enter()
    door.post("announce", ahead(30), environment_id=environment.pk)
    window = MaintenanceWindow.objects.get()
    assert (window.told, window.excludes) == (["Ann", "Ben"], True)
    month = f"?month={window.starts_at:%Y-%m}"
    for page in (door.page("systems"), door.page("home"), door.page("calendar", month)):
        assert "Upgrade in 30" in page
    assert "told: Ann, Ben" in door.page("systems")


def test_an_overlap_is_said_clearly_and_both_stand(enter: EnterAs, environment: Environment) -> None:
    door = enter()
    door.post("announce", ahead(30), environment_id=environment.pk)
    door.post("announce", ahead(31), environment_id=environment.pk)
    page = door.page("systems")
    assert "It overlaps with Upgrade in 30" in page
    assert "Overlaps with Upgrade in 31" in page
    assert MaintenanceWindow.objects.count() == 2


def test_maintenance_that_ends_before_it_begins_comes_back_with_words(
    enter: EnterAs, environment: Environment
) -> None:
    typed = ahead(30)
    typed["ends_at"] = typed["starts_at"]
    answer = enter().post("announce", typed, environment_id=environment.pk)
    assert answer.status_code == 422
    assert "Choose a later moment." in answer.content.decode()
    assert MaintenanceWindow.objects.count() == 0


def test_a_window_is_called_off(enter: EnterAs, environment: Environment) -> None:
    now = timezone.now()
    announce(environment, start=now + timedelta(hours=1), end=now + timedelta(hours=2), at=now)
    window = MaintenanceWindow.objects.get()
    enter().post("call_off", window_id=window.pk)
    window.refresh_from_db()
    assert window.cancelled_at is not None
    assert "Upgrade" not in enter().page("systems")


def test_members_neither_announce_nor_call_off(enter: EnterAs, desk: Desk, environment: Environment) -> None:
    now = timezone.now()
    announce(environment, start=now + timedelta(hours=1), end=now + timedelta(hours=2), at=now)
    door = enter(person=desk.member)
    assert door.post("announce", ahead(30), environment_id=environment.pk).status_code == 404
    door.post("call_off", window_id=MaintenanceWindow.objects.get().pk)
    assert list(MaintenanceWindow.objects.values_list("cancelled_at", flat=True)) == [None]


def test_another_client_sees_none_of_it(enter: EnterAs, other: Desk, environment: Environment) -> None:
    page = enter(person=other.poc, slug="orca").page("systems")
    assert "Shop" not in page


def test_an_affected_ticket_shows_the_maintenance_of_its_system(
    enter: EnterAs, environment: Environment
) -> None:
    now = timezone.now()
    announce(environment, start=now + timedelta(hours=1), end=now + timedelta(hours=2), at=now)
    hear(environment, signal(), at=now)
    page = enter().page("ticket", key=Ticket.objects.get().key)
    assert "Maintenance of this system" in page
