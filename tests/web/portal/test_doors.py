"""Who gets in, and that nothing of another client or of staff does."""

import pytest
from django.test import Client as Browser
from django.utils import timezone

from tests.factories import Desk, actor_of, make_contact, make_ticket
from tests.web.portal.conftest import EnterAs
from tickets.models import Message, Visibility
from tickets.services import post_message

PAGES = (
    "home",
    "tickets",
    "new_ticket",
    "hours",
    "plan",
    "report",
    "report_clocks",
    "notices",
    "profile",
    "people",
    "sops",
    "calendar",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(desk: Desk, enter: EnterAs, name: str) -> None:
    address = enter().address(name)
    assert Browser().get(address).headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("name", PAGES)
def test_the_portal_of_another_client_is_not_there(
    desk: Desk, other: Desk, enter: EnterAs, name: str
) -> None:
    assert enter("poc", slug=other.client.slug).get(name).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_staff_have_no_portal(desk: Desk, enter: EnterAs, name: str) -> None:
    assert enter("engineer").get(name).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_point_of_contact_reads_every_page(desk: Desk, enter: EnterAs, name: str) -> None:
    make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    assert enter("poc").page(name).count("<h1") == 1


def test_a_colleague_who_left_is_out_at_once(desk: Desk, enter: EnterAs) -> None:
    door = enter("member")
    door.person.memberships.update(ended_at=timezone.now())
    assert door.get("home").status_code == 404


def test_the_front_door_leads_to_the_only_client(desk: Desk, enter: EnterAs) -> None:
    assert enter("member").browser.get("/").headers["Location"] == "/p/acme/"


def test_somebody_of_two_clients_chooses_and_switches(desk: Desk, other: Desk, enter: EnterAs) -> None:
    both = make_contact(desk.client, "member")
    both.memberships.create(client=other.client, role="poc", since=timezone.now())
    door = enter(person=both)
    assert "Which company?" in door.browser.get("/").content.decode()
    assert "Go to Orca Ltd" in door.page("home")
    assert "Orca" not in door.page("tickets").partition("<main")[2]


def test_a_note_of_staff_is_nowhere_in_the_portal(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    post_message(
        actor=actor_of(desk.engineer),
        at=timezone.now(),
        ticket=ticket,
        body="canary-7f3 of the aviary",
        visibility=Visibility.INTERNAL,
    )
    assert Message.objects.filter(body__contains="canary-7f3").exists()
    shown = [enter("poc").page(name) for name in PAGES] + [enter("poc").page("ticket", key=ticket.key)]
    assert not [page for page in shown if "canary-7f3" in page]
