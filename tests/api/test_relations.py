"""Ratings, merging and splitting through the API; files that only their uploader sends; what mails quoted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import ROOT, Caller, caller_of_client
from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tickets.models import Message, Ticket
from tickets.services import ByMail, ask_approval, change_status, decide_approval, post_message

WORK = {"minutes": 20, "worked_on": f"{datetime.now(tz=UTC):%Y-%m-%d}", "note": "At their place."}


@pytest.fixture
def at(ticket: Ticket) -> str:
    """The ticket's address."""
    return f"tickets/{ticket.key}"


def upload(caller: Caller, at: str) -> Any:  # noqa: ANN401
    """Upload a file that waits for its message."""
    headers = {"Authorization": f"Bearer {caller.secret}"}
    file = SimpleUploadedFile("a.txt", b"secret")
    return caller.browser.post(f"{ROOT}{at}/attachments", {"file": file}, headers=headers).json()["id"]


def test_the_client_says_how_it_went(desk: Desk, ticket: Ticket, jira: Caller, at: str) -> None:
    assert jira.post(f"{at}/rating", {"rating": 5}).json()["code"] == "conflict"
    change_status(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, to="resolved", summary="Done.")
    answer = jira.post(f"{at}/rating", {"rating": 4, "comment": "Quick."})
    assert (answer.status_code, answer.json()["rating"]) == (201, 4)
    assert Ticket.objects.get().rating_comment == "Quick."
    assert jira.post(f"{at}/rating", {"rating": 9}).status_code in (400, 422)


def test_staff_do_not_rate_themselves(engineer: Caller, at: str) -> None:
    assert engineer.post(f"{at}/rating", {"rating": 5}).status_code == 403


def test_two_tickets_become_one(desk: Desk, ticket: Ticket, engineer: Caller, at: str) -> None:
    other = make_ticket(desk.contract, requester=desk.poc)
    answer = engineer.post(f"{at}/merge", {"into": other.key})
    assert (answer.status_code, answer.json()["key"]) == (201, other.key)
    ticket.refresh_from_db()
    assert ticket.merged_into == other


def test_a_ticket_of_another_client_takes_nothing_in(
    desk: Desk, other_desk: Desk, jira: Caller, engineer: Caller, at: str
) -> None:
    foreign = make_ticket(other_desk.contract, requester=other_desk.poc)
    answers = [engineer.post(f"{at}/merge", {"into": key}) for key in (foreign.key, "BETA-99")]
    assert [one.status_code for one in answers] == [422, 422]
    assert answers[0].content == answers[1].content
    assert jira.post(f"{at}/merge", {"into": foreign.key}).status_code == 403


def test_a_message_becomes_a_ticket_of_its_own(desk: Desk, ticket: Ticket, engineer: Caller, at: str) -> None:
    message = reply(ticket, desk.poc, "And the search is slow, too.")
    answer = engineer.post(f"{at}/messages/{message.pk}/split", {"subject": "Search is slow"})
    assert (answer.status_code, answer.json()["subject"]) == (201, "Search is slow")
    assert engineer.get(answer["Location"]).status_code == 200
    elsewhere = make_ticket(desk.contract, requester=desk.poc)
    missed = engineer.post(f"tickets/{elsewhere.key}/messages/{message.pk}/split", {"subject": "x"})
    assert missed.status_code == 404


def test_a_file_waits_for_the_key_that_uploaded_it(desk: Desk, jira: Caller, at: str) -> None:
    waiting = upload(jira, at)
    sibling = caller_of_client(desk)
    body = {"body": "See the log.", "attachments": [waiting]}
    assert sibling.post(f"{at}/messages", body).status_code == 422
    assert sibling.get(f"{at}/attachments/{waiting}/content").status_code == 404
    assert jira.post(f"{at}/messages", body).status_code == 201


def test_what_a_mail_quoted_stands_beside_its_words(
    desk: Desk, ticket: Ticket, jira: Caller, at: str
) -> None:
    by_mail = ByMail(quoted="> Earlier words")
    post_message(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="Yes.", by_mail=by_mail)
    told = jira.get(f"{at}/messages").json()["results"]
    assert [one["quoted"] for one in told] == ["", "> Earlier words"]
    Message.objects.update(redacted_at=MONDAY)
    assert "Earlier words" not in jira.get(f"{at}/messages").content.decode()


def test_work_on_site_needs_the_clients_agreement(
    desk: Desk, ticket: Ticket, engineer: Caller, at: str
) -> None:
    entry = {**WORK, "ticket": ticket.key, "on_site": True}
    refused = engineer.post("time-entries", entry)
    assert refused.status_code == 422, refused.content
    question = ask_approval(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        kind="on_site",
        question="May we come?",
        asked_of_role="poc",
    )
    decide_approval(actor=actor_of(desk.poc), at=MONDAY, approval=question, approve=True)
    assert engineer.post("time-entries", entry).status_code == 201
