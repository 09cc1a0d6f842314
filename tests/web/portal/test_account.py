"""What a contact settles for themselves: the bell, name and zone, mails."""

from django.utils import timezone

from notify.models import Notice, Preference
from notify.routing import GROUPS
from notify.services import dispatch
from tests.factories import Desk, make_ticket, reply
from tests.web.portal.conftest import EnterAs


def told(desk: Desk) -> None:
    """Something of which the point of contact has a notice."""
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    reply(ticket, desk.engineer, at=timezone.now())
    dispatch(at=timezone.now())


def test_the_bell_lists_what_happened_and_is_emptied(desk: Desk, enter: EnterAs) -> None:
    told(desk)
    door = enter()
    assert "unread" in door.page("home")
    assert "ACME-1" in door.page("notices")
    door.post("read_notices")
    assert not Notice.objects.unread().filter(person=desk.poc).exists()
    assert "unread" not in door.page("home")


def test_the_bell_rings_for_this_client_alone(desk: Desk, other: Desk, enter: EnterAs) -> None:
    told(desk)
    desk.poc.memberships.create(client=other.client, role="poc", since=timezone.now())
    assert "ACME-1" not in enter("poc", slug="orca").page("notices")


def test_name_and_zone_are_saved(enter: EnterAs) -> None:
    about = {"part": "about", "name": "Ilse Verhoeven", "phone": "", "zone": "Europe/Amsterdam"}
    door = enter()
    assert door.post("profile", about).status_code == 302
    door.person.refresh_from_db()
    assert (door.person.name, door.person.zone) == ("Ilse Verhoeven", "Europe/Amsterdam")


def test_a_zone_that_is_none_is_refused(enter: EnterAs) -> None:
    about = {"part": "about", "name": "Ilse", "zone": "Mars/Olympus"}
    assert enter().post("profile", about).status_code == 422


def test_a_contact_chooses_only_among_mails_for_contacts(enter: EnterAs) -> None:
    page = enter().page("profile")
    assert "Support hours" in page
    assert "Tickets that I work on" not in page


def test_a_choice_of_mails_is_kept(enter: EnterAs) -> None:
    door = enter()
    mails = {**dict.fromkeys(GROUPS, "on"), "tickets": "digest", "proactive": "off"}
    assert door.post("profile", {"part": "mails", **mails}).status_code == 302
    chosen = Preference.objects.filter(person=door.person).values_list("group", "choice")
    assert dict(chosen)["tickets"] == "digest"
    assert dict(chosen)["proactive"] == "off"
