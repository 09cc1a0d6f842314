"""What is done on a ticket: messages, files, moves, clocks, history, people and relations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from api.resources import attachments
from escalation.services import set_default_path
from tests.api.conftest import ROOT, Caller, caller_of_client
from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tickets.models import Attachment, Link, Message, Participant, Ticket
from tickets.services import ask_approval, post_message, redact_message


@pytest.fixture
def at(ticket: Ticket) -> str:
    """The ticket's address."""
    return f"tickets/{ticket.key}"


def listed(caller: Caller, address: str) -> list[dict[str, Any]]:
    answer = caller.get(address)
    assert answer.status_code == 200, answer.content
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def upload(caller: Caller, address: str, content: bytes = b"log", **fields: str) -> Any:  # noqa: ANN401
    file = SimpleUploadedFile("../board.log", content)
    headers = {"Authorization": f"Bearer {caller.secret}"}
    return caller.browser.post(f"{ROOT}{address}/attachments", {"file": file, **fields}, headers=headers)


def test_a_client_writes_and_reads_what_is_public(desk: Desk, ticket: Ticket, jira: Caller, at: str) -> None:
    post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="canary", visibility="internal"
    )
    answer = jira.post(f"{at}/messages", {"body": "It is back."})
    assert (answer.status_code, answer.json()["author_kind"]) == (201, "integration")
    told = listed(jira, f"{at}/messages")
    assert [one["kind"] for one in told] == ["description", "reply"]
    assert "canary" not in str(told) + str(listed(jira, "events")) + str(listed(jira, f"{at}/events"))


def test_staff_write_among_themselves(engineer: Caller, jira: Caller, at: str) -> None:
    answer = engineer.post(f"{at}/messages", {"body": "Look at the log.", "visibility": "internal"})
    assert answer.json()["visibility"] == "internal"
    assert len(listed(engineer, f"{at}/messages")) == 2
    assert len(listed(jira, f"{at}/messages")) == 1
    assert jira.post(f"{at}/messages", {"body": "Hm", "visibility": "internal"}).status_code == 400


def test_an_account_executive_reads_no_internal_notes(
    desk: Desk, ticket: Ticket, staff: Callable[[str], Caller], at: str
) -> None:
    post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="canary", visibility="internal"
    )
    caller = staff("account_executive")
    assert len(listed(caller, f"{at}/messages")) == 1
    assert [one["kind"] for one in listed(caller, f"{at}/events")] == ["ticket.opened"]
    assert caller.post(f"{at}/messages", {"body": "Hello"}).status_code == 403


def test_a_redacted_message_keeps_its_place_alone(desk: Desk, ticket: Ticket, jira: Caller, at: str) -> None:
    message = reply(ticket, desk.engineer, "My password is canary")
    redact_message(actor=actor_of(desk.administrator), at=MONDAY, message=message, reason="A secret")
    told = listed(jira, f"{at}/messages")[1]
    assert (told["body"], told["attachments"]) == ("", [])
    assert told["redacted_at"] is not None


def test_a_file_waits_for_its_message(ticket: Ticket, jira: Caller, at: str) -> None:
    told = upload(jira, at).json()
    assert (told["name"], told["size"], told["message"]) == ("board.log", 3, None)
    assert listed(jira, f"{at}/attachments") == []
    message = jira.post(f"{at}/messages", {"body": "See the log.", "attachments": [told["id"]]}).json()
    assert [one["id"] for one in message["attachments"]] == [told["id"]]
    answer = jira.get(f"{at}/attachments/{told['id']}/content")
    assert b"".join(answer.streaming_content) == b"log"
    assert answer["Content-Disposition"] == 'attachment; filename="board.log"'


def test_a_file_can_come_with_its_message(ticket: Ticket, jira: Caller, at: str) -> None:
    told = upload(jira, at, message="See the log.").json()
    assert told["message"] == Message.objects.latest("id").pk
    assert listed(jira, f"{at}/attachments") == [told]


def test_files_of_others_cannot_be_sent_or_read(
    desk: Desk, other_desk: Desk, jira: Caller, engineer: Caller, at: str
) -> None:
    theirs = make_ticket(other_desk.contract, requester=other_desk.poc)
    foreign = upload(caller_of_client(other_desk), f"tickets/{theirs.key}").json()["id"]
    unsent = upload(engineer, at).json()["id"]
    answers = [
        jira.post(f"{at}/messages", {"body": "x", "attachments": [one]}) for one in (foreign, unsent, 99)
    ]
    assert {one.status_code for one in answers} == {422}
    assert len({one.content for one in answers}) == 1
    assert jira.get(f"{at}/attachments/{foreign}/content").status_code == 404
    assert Message.objects.filter(ticket__key="ACME-1").count() == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    jira: Caller, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "ATTACHMENT_MAX_BYTES", 0)
    answer = upload(jira, at, content=b"x" * 70_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not Attachment.objects.exists()


def test_an_upload_sent_twice_under_a_key_is_one_file(jira: Caller, at: str) -> None:
    for _ in range(2):
        headers = {"Authorization": f"Bearer {jira.secret}", "Idempotency-Key": "up"}
        file = SimpleUploadedFile("a.log", b"log")
        answer = jira.browser.post(f"{ROOT}{at}/attachments", {"file": file}, headers=headers)
        assert answer.status_code == 201
    assert Attachment.objects.count() == 1


def test_staff_move_a_ticket_and_the_client_confirms(engineer: Caller, jira: Caller, at: str) -> None:
    refused = engineer.post(f"{at}/transitions", {"to": "resolved"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "summary")
    told = engineer.post(f"{at}/transitions", {"to": "resolved", "summary": "Restarted."})
    assert (told.status_code, told.json()["status"]) == (201, "resolved")
    assert jira.post(f"{at}/transitions", {"to": "closed"}).json()["status"] == "closed"
    assert jira.post(f"{at}/transitions", {"to": "in_progress"}).status_code == 409


def test_a_ticket_waits_for_somebody_of_the_client(desk: Desk, engineer: Caller, at: str) -> None:
    asked = {"to": "waiting_on_client", "waiting_on": desk.poc.email, "waiting_for": "The log"}
    told = engineer.post(f"{at}/transitions", asked).json()
    assert (told["waiting_on"]["id"], told["waiting_for"]) == (desk.poc.pk, "The log")


def test_clocks_say_when_and_why(desk: Desk, ticket: Ticket, jira: Caller, at: str) -> None:
    reply(ticket, desk.engineer, at=MONDAY.replace(minute=20))
    (clock,) = listed(jira, f"{at}/clocks")
    assert (clock["objective"], clock["state"], clock["target_seconds"]) == ("first_response", "met", 1800)
    assert (clock["started_at"], clock["due_at"]) == ("2026-03-02T09:00:00Z", "2026-03-02T09:30:00Z")
    assert clock["met_at"] == "2026-03-02T09:20:00Z"
    segments = clock["segments"]
    assert sum(one["seconds"] for one in segments) == clock["elapsed_seconds"] == 1200
    assert segments[0].keys() == {"from", "to", "kind", "seconds", "reason"}


def test_the_feed_goes_on_from_a_sequence_number(desk: Desk, ticket: Ticket, jira: Caller) -> None:
    for number in range(3):
        reply(ticket, desk.engineer, f"Message {number}")
    first = jira.get("events?limit=2").json()
    second = jira.get(first["next"]).json()
    told = [one["sequence"] for one in (*first["results"], *second["results"])]
    assert told == sorted(set(told))
    assert jira.get(f"events?after={told[-1]}").json() == {"results": [], "next": None} or second["next"]
    assert first["results"][0]["kind"] == "ticket.opened"


def test_the_feed_tells_a_client_of_itself_alone(desk: Desk, other_desk: Desk, jira: Caller) -> None:
    make_ticket(other_desk.contract, requester=other_desk.poc)
    assert listed(jira, "events") == []


def test_contacts_take_part_by_address(desk: Desk, other_desk: Desk, jira: Caller, at: str) -> None:
    told = jira.post(f"{at}/participants", {"email": desk.member.email})
    assert (told.status_code, told.json()["id"]) == (201, desk.member.pk)
    assert [one["email"] for one in listed(jira, f"{at}/participants")] == [desk.member.email]
    for address in (other_desk.poc.email, "nobody@acme.example"):
        assert jira.post(f"{at}/participants", {"email": address}).status_code == 422
    assert jira.delete(f"{at}/participants/{desk.member.pk}").status_code == 204
    assert jira.delete(f"{at}/participants/{desk.member.pk}").status_code == 404
    assert not Participant.objects.exists()


def test_an_escalation_goes_its_way(desk: Desk, engineer: Caller, jira: Caller, at: str) -> None:
    set_default_path(at=MONDAY, contract=desk.contract)
    told = jira.post(f"{at}/escalations", {"ground": "late_response"})
    assert (told.status_code, told.json()["state"]) == (201, "waiting")
    assert jira.post(f"{at}/escalations", {"ground": "late_response"}).status_code == 409
    own = f"{at}/escalations/{told.json()['id']}"
    assert jira.post(f"{own}/acknowledgement").status_code == 403
    assert engineer.post(f"{own}/acknowledgement").json()["state"] == "acknowledged"
    assert jira.post(f"{own}/not-satisfied", {"reason": "Too slow"}).json()["level"] == 2
    ended = engineer.post(f"{own}/outcome", {"outcome": "upheld", "text": "We were late."}).json()
    assert (ended["state"], len(ended["steps"])) == ("resolved", 4)
    assert listed(jira, f"{at}/escalations") == [ended]


def test_a_decision_is_for_people(
    desk: Desk, ticket: Ticket, engineer: Caller, jira: Caller, at: str
) -> None:
    asked = {"kind": "on_site", "question": "May we come on Friday?", "asked_of_role": "poc"}
    told = engineer.post(f"{at}/approvals", asked)
    assert (told.status_code, told.json()["state"]) == (201, "asked")
    decision = f"{at}/approvals/{told.json()['id']}/decision"
    assert jira.post(decision, {"approve": True}).status_code == 403
    assert [one["state"] for one in listed(jira, f"{at}/approvals")] == ["asked"]
    assert jira.post(f"{at}/approvals", asked).status_code == 403


def test_a_lead_decides_what_leads_are_asked(
    desk: Desk, ticket: Ticket, staff: Callable[[str], Caller], jira: Caller, at: str
) -> None:
    ask_approval(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, kind="unsupported", question="Do we?",
        asked_of_role="lead",
    )  # fmt: skip
    (asked,) = listed(staff("lead"), f"{at}/approvals")
    assert listed(jira, f"{at}/approvals") == []
    decided = staff("lead").post(f"{at}/approvals/{asked['id']}/decision", {"approve": True}).json()
    assert (decided["state"], decided["decided_by"]["id"]) == ("approved", desk.lead.pk)


def test_staff_relate_tickets_of_one_client(
    desk: Desk, other_desk: Desk, ticket: Ticket, staff: Callable[[str], Caller], jira: Caller, at: str
) -> None:
    second = make_ticket(desk.contract, requester=desk.poc)
    foreign = make_ticket(other_desk.contract, requester=other_desk.poc)
    lead = staff("lead")
    told = lead.post(f"{at}/links", {"ticket": second.key, "kind": "blocks"})
    assert (told.status_code, told.json()["words"]) == (201, "blocks")
    assert listed(jira, f"tickets/{second.key}/links")[0]["words"] == "is blocked by"
    assert lead.post(f"{at}/links", {"ticket": foreign.key, "kind": "blocks"}).status_code == 422
    assert lead.delete(f"{at}/links/{told.json()['id']}").status_code == 204
    assert lead.delete(f"{at}/links/{told.json()['id']}").status_code == 404
    assert not Link.objects.exists()
