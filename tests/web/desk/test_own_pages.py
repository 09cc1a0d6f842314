"""What belongs to the reader: notices, settings, files, and the frame around every page."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from events.models import Record
from hours.services import start_timer
from notify.models import Delivery, Notice, Preference
from notify.queries import preferences_of
from tests.factories import Desk, actor_of, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Attachment, Ticket
from tickets.services import post_message, store_attachment


def notice(desk: Desk, ticket: Ticket, text: str = "Ilse wrote") -> Notice:
    """A line under the engineer's bell."""
    record = Record.objects.filter(subject_type="ticket", subject_id=ticket.pk).earliest("id")
    Notice.objects.filter(person=desk.engineer).delete()
    return Notice.objects.create(
        person=desk.engineer,
        client=desk.client,
        record=record,
        text=text,
        link=f"/desk/tickets/{ticket.key}/",
        at=timezone.now(),
    )


def file_on(desk: Desk, ticket: Ticket, *, visibility: str = "public") -> Attachment:
    """A file on a message of the engineer."""
    by, now = actor_of(desk.engineer), timezone.now()
    kept = store_attachment(
        actor=by, at=now, client=desk.client, name="page.html", content=ContentFile(b"<h1>hi</h1>")
    )
    post_message(actor=by, at=now, ticket=ticket, body="See here", visibility=visibility, attachments=[kept])
    kept.refresh_from_db()
    return kept


def test_notices_are_read_one_by_one(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    line = notice(desk, ticket)
    assert "Ilse wrote" in text_of(engineer, "/desk/notices/")
    assert Notice.objects.unread().filter(person=desk.engineer).exists(), "looking reads nothing"
    engineer.post("/desk/notices/read/", {"notice": line.pk})
    assert not Notice.objects.unread().filter(person=desk.engineer).exists()


def test_all_notices_are_read_at_once(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    notice(desk, ticket)
    answer = engineer.post("/desk/notices/read/", follow=True)
    assert "1 notice is read." in answer.content.decode()


def test_notices_of_others_stay_unread(desk: Desk, lead: Client, ticket: Ticket) -> None:
    line = notice(desk, ticket)
    assert "Ilse wrote" not in text_of(lead, "/desk/notices/")
    lead.post("/desk/notices/read/", {"notice": line.pk})
    assert Notice.objects.unread().filter(pk=line.pk).exists()


def test_an_empty_bell_says_so(engineer: Client) -> None:
    assert "Nothing new" in text_of(engineer, "/desk/notices/")


def test_a_change_of_zone_moves_every_clock(desk: Desk, engineer: Client) -> None:
    facts = {"part": "about", "name": "Ruth Okafor", "phone": "+33 1", "zone": "Asia/Tokyo"}
    engineer.post("/desk/profile/", facts)
    desk.engineer.refresh_from_db()
    assert (desk.engineer.name, desk.engineer.zone) == ("Ruth Okafor", "Asia/Tokyo")
    assert "Tokyo time (JST)" in text_of(engineer, "/desk/")


def test_a_zone_that_does_not_exist_is_refused(desk: Desk, engineer: Client) -> None:
    answer = engineer.post("/desk/profile/", {"part": "about", "name": "Ruth", "zone": "Mars/Olympus"})
    desk.engineer.refresh_from_db()
    assert answer.status_code == 422
    assert desk.engineer.zone == "UTC"


def test_choices_of_mails_are_kept(desk: Desk, engineer: Client) -> None:
    names = engineer.get("/desk/profile/").context["mails"].fields
    choices = dict.fromkeys(names, "on") | {"part": "mails", "queue": "digest", "hours": "off"}
    engineer.post("/desk/profile/", choices)
    kept = preferences_of(desk.engineer)
    assert (kept["queue", "email"], kept["hours", "email"]) == ("digest", "off")


def test_a_choice_that_is_not_offered_leaves_nothing(engineer: Client) -> None:
    assert engineer.post("/desk/profile/", {"part": "mails", "queue": "never"}).status_code == 422
    assert not Preference.objects.exists()


def test_absence_is_told_and_taken_back(desk: Desk, engineer: Client) -> None:
    engineer.post("/desk/profile/away/", {"until": "2099-05-04T09:00"})
    desk.engineer.refresh_from_db()
    assert desk.engineer.away_until is not None
    assert "2099-05-04T09:00" in text_of(engineer, "/desk/profile/")
    engineer.post("/desk/profile/away/", {"until": ""})
    desk.engineer.refresh_from_db()
    assert desk.engineer.away_until is None


def test_single_keys_can_be_turned_off_in_this_browser(engineer: Client) -> None:
    assert 'data-cd-keys="off"' not in text_of(engineer, "/desk/")
    engineer.post("/desk/profile/keys/", {"keys": "off"})
    assert 'data-cd-keys="off"' in text_of(engineer, "/desk/")
    engineer.post("/desk/profile/keys/", {"keys": "on"})
    assert 'data-cd-keys="off"' not in text_of(engineer, "/desk/")


@pytest.mark.parametrize("visibility", ["public", "internal"])
def test_a_file_is_a_download_that_no_browser_runs(
    desk: Desk, engineer: Client, ticket: Ticket, visibility: str
) -> None:
    answer = engineer.get(f"/desk/files/{file_on(desk, ticket, visibility=visibility).pk}/")
    assert answer.getvalue() == b"<h1>hi</h1>"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_is_there_for_those_who_may_read_its_message(
    desk: Desk, other: Desk, sign_in: SignIn, ticket: Ticket
) -> None:
    hidden = f"/desk/files/{file_on(desk, ticket, visibility='internal').pk}/"
    assert sign_in(desk.account_executive).get(hidden).status_code == 404
    assert sign_in(other.engineer).get(hidden).status_code == 404
    assert sign_in(desk.poc).get(hidden).status_code == 404
    assert sign_in(desk.lead).get("/desk/files/999999/").status_code == 404


def test_the_running_timer_goes_along_on_every_page(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    start_timer(actor=actor_of(desk.engineer), at=timezone.now() - timedelta(minutes=22), ticket=ticket)
    assert f"Timer running on {ticket.key}: 22 minutes" in text_of(engineer, "/desk/notices/")


@pytest.mark.parametrize(
    ("role", "there", "absent"),
    [
        ("engineer", ("Queue", "Timesheet"), ("Portfolio", "Plans")),
        ("lead", ("Queue", "Portfolio"), ("Plans",)),
        ("administrator", ("Portfolio", "Plans"), ()),
    ],
)
def test_navigation_shows_what_a_role_uses(
    desk: Desk, sign_in: SignIn, role: str, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    page = text_of(sign_in(desk.person(role)), "/desk/")
    assert all(f"<span>{words}</span>" in page for words in there)
    assert not any(f"<span>{words}</span>" in page for words in absent)


def test_a_mail_is_sent_again_only_when_asked_twice(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    post_message(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, body="We look into it.")
    mail = Delivery.objects.filter(ticket=ticket, channel="email").latest("id")
    Delivery.objects.filter(pk=mail.pk).update(state="failed", due_at=None)
    address = f"/desk/tickets/{ticket.key}/mails/{mail.pk}/"
    assert "again?" in text_of(engineer, address)
    mail.refresh_from_db()
    assert mail.state == "failed"
    engineer.post(address)
    mail.refresh_from_db()
    assert (mail.state, mail.due_at is not None) == ("waiting", True)
    assert engineer.post(address).status_code == 422


def test_a_mail_of_another_ticket_is_not_here(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    second = make_ticket(desk.contract, requester=desk.poc)
    mail = Delivery.objects.filter(ticket=second, channel="email").latest("id")
    assert engineer.get(f"/desk/tickets/{ticket.key}/mails/{mail.pk}/").status_code == 404
