"""Replies, notes, drafts and calls: to whom they go, and that nothing typed is lost."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.factories import Desk, actor_of, reply
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Draft, Message, Ticket
from tickets.services import change_status


def write(browser: Client, ticket: Ticket, body: str, **fields: object) -> HttpResponse:
    """Send the composer of the ticket's page."""
    facts = {"mode": "public", "body": body, "after": "", "submission_id": "form-1", **fields}
    answer: HttpResponse = browser.post(f"/desk/tickets/{ticket.key}/write/", facts)  # type: ignore[assignment]
    return answer


def last(ticket: Ticket) -> Message:
    """The newest message of the ticket."""
    found = ticket.messages.order_by("-id").first()
    assert found is not None
    return found


def test_a_reply_goes_to_the_client(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    answer = write(engineer, ticket, "We look into it.")
    assert answer.headers["Location"].startswith(f"/desk/tickets/{ticket.key}/#m")
    assert (last(ticket).visibility, last(ticket).author) == ("public", desk.engineer)


def test_a_note_stays_with_staff(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    write(engineer, ticket, "Same as last month.", mode="note")
    assert (last(ticket).visibility, last(ticket).kind) == ("internal", "note")


def test_a_form_sent_twice_writes_once(engineer: Client, ticket: Ticket) -> None:
    write(engineer, ticket, "Once.")
    write(engineer, ticket, "Once.")
    assert ticket.messages.filter(body="Once.").count() == 1


def test_an_empty_message_comes_back_and_leaves_nothing(engineer: Client, ticket: Ticket) -> None:
    before = ticket.messages.count()
    answer = write(engineer, ticket, "  ", mode="note")
    assert answer.status_code == 422
    assert "Write a few words" in answer.content.decode()
    assert 'value="note" id="mode-note" checked' in answer.content.decode()
    assert ticket.messages.count() == before


def test_a_reply_can_wait_for_the_client_with_its_question(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    write(engineer, ticket, "Hello.\n\nWhich version do you run?\n\nRuth", after="waiting_on_client")
    ticket.refresh_from_db()
    assert ticket.status == "waiting_on_client"
    assert ticket.waiting_for == "Which version do you run?"
    assert ticket.waiting_on == desk.poc


def test_a_reply_can_be_the_last_word(engineer: Client, ticket: Ticket) -> None:
    write(engineer, ticket, "The disk is bigger now.", after="resolved")
    ticket.refresh_from_db()
    assert (ticket.status, last(ticket).kind) == ("resolved", "resolution")


def test_a_note_is_never_the_last_word(engineer: Client, ticket: Ticket) -> None:
    answer = write(engineer, ticket, "Done, I think.", mode="note", after="resolved")
    ticket.refresh_from_db()
    assert answer.status_code == 422
    assert ticket.status == "new"
    assert "Done, I think." in answer.content.decode()


def test_files_go_with_the_message(engineer: Client, ticket: Ticket) -> None:
    write(engineer, ticket, "See the list.", files=[SimpleUploadedFile("list.csv", b"a,b")])
    assert [one.name for one in last(ticket).attachments.all()] == ["list.csv"]


def test_who_wrote_meanwhile_is_read_first(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    seen = last(ticket).pk
    reply(ticket, desk.poc, "It works again, thank you.", at=timezone.now())
    answer = write(engineer, ticket, "Please try this.", seen=seen)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{desk.poc.name} wrote while you did" in page
    assert "It works again, thank you." in page
    assert "Please try this." in page
    assert not ticket.messages.filter(body="Please try this.").exists()
    write(engineer, ticket, "Please try this.", seen=last(ticket).pk)
    assert last(ticket).body == "Please try this."


def test_a_reply_on_a_finished_ticket_is_refused_with_the_way_out(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    change_status(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, to="cancelled")
    answer = write(engineer, ticket, "One more thing.")
    assert answer.status_code == 422
    assert "open a follow-up" in answer.content.decode()
    assert "One more thing." in answer.content.decode()


def test_a_draft_comes_back_as_what_it_would_become(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    address = f"/desk/tickets/{ticket.key}/draft/"
    assert engineer.post(address, {"mode": "note", "body": "Half a thought"}).status_code == 204
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert "Half a thought" in page
    assert 'value="note" id="mode-note" checked' in page
    engineer.post(address, {"mode": "public", "body": "Half a thought"})
    assert list(Draft.objects.values_list("visibility", flat=True)) == ["public"]


def test_sending_throws_the_draft_away(engineer: Client, ticket: Ticket) -> None:
    engineer.post(f"/desk/tickets/{ticket.key}/draft/", {"mode": "public", "body": "Soon"})
    write(engineer, ticket, "Now.")
    assert not Draft.objects.exists()


def test_a_draft_is_nobody_elses_business(desk: Desk, engineer: Client, lead: Client, ticket: Ticket) -> None:
    engineer.post(f"/desk/tickets/{ticket.key}/draft/", {"mode": "public", "body": "Not ready"})
    assert "Not ready" not in text_of(lead, f"/desk/tickets/{ticket.key}/")


def test_a_call_is_put_on_record(engineer: Client, ticket: Ticket) -> None:
    address = f"/desk/tickets/{ticket.key}/call/"
    assert "Log a call" in text_of(engineer, address)
    engineer.post(address, {"people": "Ilse and Bram", "minutes": "0:20", "body": "We try it tonight."})
    assert (last(ticket).kind, last(ticket).call_minutes) == ("call", 20)
    assert last(ticket).visibility == "public"


def test_a_call_can_stay_internal(engineer: Client, ticket: Ticket) -> None:
    facts = {"people": "Tomás", "minutes": "15m", "body": "We roll back.", "is_internal": "on"}
    engineer.post(f"/desk/tickets/{ticket.key}/call/", facts)
    assert last(ticket).visibility == "internal"


def test_only_an_administrator_removes_a_text(
    desk: Desk, engineer: Client, sign_in: SignIn, ticket: Ticket
) -> None:
    message = reply(ticket, desk.poc, "The password is hunter2", at=timezone.now())
    address = f"/desk/tickets/{ticket.key}/messages/{message.pk}/remove/"
    assert engineer.post(address, {"reason": "A password"}).status_code == 403
    administrator = sign_in(desk.administrator)
    assert "Remove this text?" in text_of(administrator, address)
    administrator.post(address, {"reason": "A password"})
    assert "hunter2" not in text_of(engineer, f"/desk/tickets/{ticket.key}/")


def test_messages_of_other_tickets_are_not_here(
    desk: Desk, other: Desk, sign_in: SignIn, ticket: Ticket
) -> None:
    address = f"/desk/tickets/{ticket.key}/messages/999999/remove/"
    assert sign_in(desk.administrator).get(address).status_code == 404


def test_acts_are_posts(engineer: Client, ticket: Ticket) -> None:
    for place in ("write", "draft", "take", "watch", "unwatch", "timer/start", "time"):
        assert engineer.get(f"/desk/tickets/{ticket.key}/{place}/").status_code == 404, place


def test_a_note_outlives_the_session_in_which_it_was_typed(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    address = f"/desk/tickets/{ticket.key}/"
    assert engineer.post(f"{address}write/", headers={"hx-request": "true"}).status_code != 401
    engineer.session.flush()
    assert engineer.post(f"{address}draft/", headers={"hx-request": "true"}).status_code == 401
    referer = {"referer": f"http://testserver{address}"}
    engineer.post(f"{address}write/", {"body": "Mind rule four", "mode": "note"}, headers=referer)
    engineer.force_login(desk.engineer)
    page = text_of(engineer, address)
    assert "Mind rule four</textarea>" in page
    assert 'value="note" id="mode-note" checked' in page


def test_the_letters_behind_an_at_offer_colleagues(
    desk: Desk, other: Desk, engineer: Client, ticket: Ticket
) -> None:
    address = f"/desk/tickets/{ticket.key}/colleagues/?q="
    everybody = text_of(engineer, address)
    assert desk.lead.name in everybody
    assert desk.csm.name in everybody
    for stranger in (desk.engineer, desk.account_executive, other.engineer, desk.poc):
        assert f'data-cd-name="{stranger.name}"' not in everybody
    assert "<li" not in text_of(engineer, f"{address}zzz")
