"""Filing a ticket: once, within the plan, with nothing typed ever lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from contracts.queries import effective_plan
from tests.factories import Desk, make_contract, make_environment, name_contact
from tests.web.portal.conftest import EnterAs
from tickets.models import Attachment, Draft, Participant, Ticket


def typed(**changes: object) -> dict[str, Any]:
    """A complete form, with what is to be different."""
    form = {
        "request_type": "incident",
        "subject": "Nobody can sign in",
        "urgency": "critical",
        "description": "Since nine the page stays white.",
        "submission_id": "a-form-of-its-own",
    }
    return {**form, **changes}


def test_filing_leads_to_the_ticket_with_its_next_moment(enter: EnterAs) -> None:
    door = enter("member")
    reply = door.post("new_ticket", typed())
    assert reply.headers["Location"] == door.address("ticket", key="ACME-1")
    page = door.page("ticket", key="ACME-1")
    assert "You will hear from an engineer by" in page
    assert "Since nine the page stays white." in page


def test_a_double_click_files_one_ticket(enter: EnterAs) -> None:
    door = enter()
    first, second = (door.post("new_ticket", typed()) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(enter: EnterAs) -> None:
    reply = enter().post("new_ticket", typed(subject=""))
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "<title>Error: New ticket" in page
    assert "Since nine the page stays white." in page
    assert not Ticket.objects.exists()


@override_settings(ATTACHMENT_MAX_BYTES=10)
def test_a_file_too_large_is_refused_by_name_and_the_text_is_kept(enter: EnterAs) -> None:
    big = SimpleUploadedFile("dump.log", b"more than ten bytes")
    reply = enter().post("new_ticket", typed(files=[big]))
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "dump.log: Files up to" in page
    assert "Since nine the page stays white." in page
    assert not Ticket.objects.exists()


def test_files_come_with_the_ticket_and_are_fetched_as_files(enter: EnterAs) -> None:
    door = enter()
    door.post("new_ticket", typed(files=[SimpleUploadedFile("<b>.html", b"<script>1</script>")]))
    found = Attachment.objects.get()
    reply = door.get("file", attachment_id=found.pk)
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_a_file_of_another_client_is_not_there(other: Desk, enter: EnterAs) -> None:
    door = enter(person=other.poc, slug="orca")
    door.post("new_ticket", typed(files=[SimpleUploadedFile("secret.txt", b"theirs")]))
    found = Attachment.objects.get()
    assert enter().get("file", attachment_id=found.pk).status_code == 404
    assert enter().get("file", attachment_id=99_999).status_code == 404


def test_colleagues_asked_along_take_part(desk: Desk, enter: EnterAs) -> None:
    enter().post("new_ticket", typed(participants=[desk.member.pk]))
    assert Participant.objects.get().person == desk.member


def test_nobody_of_another_client_can_be_asked_along(other: Desk, enter: EnterAs) -> None:
    assert enter().post("new_ticket", typed(participants=[other.poc.pk])).status_code == 422
    assert not Ticket.objects.exists()


def test_an_environment_of_another_client_is_refused(other: Desk, enter: EnterAs) -> None:
    theirs = make_environment(other.contract, "Their production")
    assert enter().post("new_ticket", typed(environment=theirs.pk)).status_code == 422
    assert "Their production" not in enter().page("new_ticket")
    assert not Ticket.objects.exists()


def test_an_observer_is_told_whom_to_ask(enter: EnterAs) -> None:
    assert "Ask a point of contact to open it for you." in enter("observer").page("new_ticket")
    enter("observer").post("new_ticket", typed())
    assert not Ticket.objects.exists()


def test_who_is_not_named_is_told_and_files_nothing(desk: Desk, enter: EnterAs) -> None:
    premier = make_contract(desk.client, "premier-support", name="Premier")
    name_contact(premier, desk.poc)
    door, form = enter("member"), typed(request_type="support", urgency="level-1")
    assert "Only named contacts open tickets" in door.page("new_ticket", f"?contract={premier.pk}")
    reply = door.browser.post(f"{door.address('new_ticket')}?contract={premier.pk}", form)
    assert reply.status_code == 403
    assert not Ticket.objects.exists()


def test_the_contract_of_another_client_is_not_there(other: Desk, enter: EnterAs) -> None:
    assert enter().get("new_ticket", f"?contract={other.contract.pk}").status_code == 404
    assert enter().get("new_ticket_answer", f"?contract={other.contract.pk}").status_code == 404


@pytest.mark.parametrize("urgency", ["critical", "low"])
def test_the_fragment_tells_by_when_an_engineer_answers(enter: EnterAs, urgency: str) -> None:
    page = enter().page("new_ticket_answer", f"?request_type=incident&urgency={urgency}")
    assert "An engineer will answer by" in page
    assert "<html" not in page


def test_the_fragment_says_when_a_service_is_not_in_the_plan(enter: EnterAs) -> None:
    page = enter().page("new_ticket_answer", "?request_type=incident&urgency=low&category=licensing")
    assert "Not in your plan" in page
    assert "You can file it anyway" in page


def test_the_fragment_survives_any_choice(enter: EnterAs) -> None:
    assert "Choose what it is" in enter().page("new_ticket_answer", "?request_type=x&urgency=y&environment=z")


def test_hours_left_are_told_to_those_who_may_see_them(enter: EnterAs) -> None:
    asked = "?request_type=incident&urgency=low"
    assert "10:00 left" in enter().page("new_ticket_answer", asked)
    assert "10:00" not in enter("member").page("new_ticket_answer", asked)


def test_a_draft_is_kept_on_the_server_and_gone_once_sent(enter: EnterAs) -> None:
    door = enter()
    door.post("keep_draft", {"description": "Half a thought"})
    assert "Half a thought" in door.page("new_ticket")
    door.post("new_ticket", typed())
    assert "Half a thought" not in door.page("new_ticket")
    assert not Draft.objects.exists()


def test_a_draft_saved_without_script_leads_back_to_the_form(enter: EnterAs) -> None:
    door = enter()
    reply = door.post("keep_draft", {"description": "Half a thought"})
    assert reply.headers["Location"] == door.address("new_ticket")


def test_a_description_can_be_looked_at_before_it_is_sent(desk: Desk, enter: EnterAs) -> None:
    typed = {"description": "It is **down**.", "subject": "Boards", "preview": "1"}
    page = enter().post("new_ticket", typed).content.decode()
    assert "<strong>down</strong>" in page
    assert 'value="Boards"' in page
    assert not Ticket.objects.exists()


def test_a_service_named_in_the_address_is_chosen(desk: Desk, enter: EnterAs) -> None:
    service = effective_plan(desk.contract).services[0].key
    assert f'value="{service}" selected' in enter().page("new_ticket", f"?category={service}")
    assert "selected" in enter().page("new_ticket", "?category=<nothing>")


def test_a_form_outlives_the_session_in_which_it_was_filled(desk: Desk, enter: EnterAs) -> None:
    door = enter()
    address = door.address("new_ticket")
    door.browser.session.flush()
    sent = door.browser.post(address, {"subject": "Boards", "description": "All of them", "urgency": "high"})
    assert sent.headers["Location"].endswith(f"?next={address}")
    door.browser.force_login(desk.poc)
    page = door.page("new_ticket")
    assert 'value="Boards"' in page
    assert "All of them</textarea>" in page


def test_what_a_browser_without_a_session_sends_is_not_kept(desk: Desk, enter: EnterAs) -> None:
    door = enter()
    door.browser.cookies.clear()
    door.browser.post(door.address("new_ticket"), {"subject": "Boards"})
    door.browser.force_login(desk.poc)
    assert "Boards" not in door.page("new_ticket")
