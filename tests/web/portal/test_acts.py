"""What a contact does on a ticket: each a plain form post that is done once, or refused without a trace."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from escalation.models import Escalation
from escalation.services import set_default_path
from events.models import Record
from tests.factories import Desk, actor_of, make_ticket
from tests.web.portal.conftest import EnterAs
from tickets.models import Approval, Message, Participant, Ticket, UrgencyProposal
from tickets.services import ask_approval, change_status, propose_urgency


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that the point of contact filed just now."""
    return make_ticket(desk.contract, requester=desk.poc, at=timezone.now())


def moved(ticket: Ticket, desk: Desk, *steps: str) -> Ticket:
    """The ticket after an engineer moved it on."""
    for to in steps:
        summary = "The filter was repaired." if to == "resolved" else ""
        change_status(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, to=to, summary=summary)
    ticket.refresh_from_db()
    return ticket


def status(ticket: Ticket) -> str:
    """Where the ticket stands now."""
    ticket.refresh_from_db()
    return ticket.status


def typed(body: str = "It still happens.", **changes: object) -> dict[str, Any]:
    """A reply as its form sends it."""
    return {"body": body, "submission_id": "a-reply-of-its-own", **changes}


def test_a_reply_is_sent_once(ticket: Ticket, enter: EnterAs) -> None:
    door = enter()
    for _ in range(2):
        assert door.post("reply", typed(), key=ticket.key).status_code == 302
    assert Message.objects.filter(body="It still happens.").count() == 1


def test_an_empty_reply_comes_back(ticket: Ticket, enter: EnterAs) -> None:
    reply = enter().post("reply", typed(""), key=ticket.key)
    assert reply.status_code == 422
    assert "Write a few words" in reply.content.decode()
    assert Message.objects.filter(ticket=ticket).count() == 1


@override_settings(ATTACHMENT_MAX_BYTES=10)
def test_a_file_too_large_leaves_the_reply_in_its_field(ticket: Ticket, enter: EnterAs) -> None:
    big = SimpleUploadedFile("dump.log", b"more than ten bytes")
    reply = enter().post("reply", typed(files=[big]), key=ticket.key)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "dump.log: Files up to" in page
    assert "It still happens." in page
    assert Message.objects.filter(ticket=ticket).count() == 1


def test_what_is_typed_is_kept_until_it_is_sent(ticket: Ticket, enter: EnterAs) -> None:
    door = enter()
    door.post("keep_reply", {"body": "Half a thought"}, key=ticket.key)
    assert "Half a thought" in door.page("ticket", key=ticket.key)
    door.post("reply", typed(), key=ticket.key)
    assert "Half a thought" not in door.page("ticket", key=ticket.key)


def test_confirming_closes_a_solved_ticket(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    moved(ticket, desk, "in_progress", "resolved")
    enter().post("confirm", key=ticket.key)
    assert status(ticket) == "closed"


def test_what_solved_itself_is_withdrawn_with_the_words_typed(ticket: Ticket, enter: EnterAs) -> None:
    enter().post("confirm", typed("A restart did it."), key=ticket.key)
    assert status(ticket) == "cancelled"
    assert Record.objects.get(kind="ticket.status_changed").data["reason"] == "A restart did it."


def test_not_solved_puts_it_back_to_work(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    moved(ticket, desk, "in_progress", "resolved")
    enter().post("reopen", {"text": "The board is empty again."}, key=ticket.key)
    assert status(ticket) == "in_progress"


def test_not_solved_needs_a_word(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    moved(ticket, desk, "in_progress", "resolved")
    assert enter().post("reopen", {"text": " "}, key=ticket.key).status_code == 422
    assert status(ticket) == "resolved"


def test_a_reply_after_the_end_opens_a_follow_up(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    moved(ticket, desk, "in_progress", "resolved")
    door = enter()
    door.post("confirm", key=ticket.key)
    assert "opens a follow-up ticket" in door.page("ticket", key=ticket.key)
    reply = door.post("reply", typed(), key=ticket.key)
    assert reply.headers["Location"] == door.address("ticket", key="ACME-2")


def test_a_rating_is_asked_once_and_kept(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    moved(ticket, desk, "in_progress", "resolved")
    door = enter()
    door.post("confirm", key=ticket.key)
    assert "How did it go?" in door.page("ticket", key=ticket.key)
    door.post("rate", {"rating": "4", "comment": ""}, key=ticket.key)
    ticket.refresh_from_db()
    assert ticket.rating == 4
    assert "How did it go?" not in door.page("ticket", key=ticket.key)


def test_a_rating_beyond_the_scale_is_refused(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    moved(ticket, desk, "in_progress", "resolved")
    door = enter()
    door.post("confirm", key=ticket.key)
    assert door.post("rate", {"rating": "9"}, key=ticket.key).status_code == 422
    ticket.refresh_from_db()
    assert ticket.rating is None


def test_escalating_calls_the_first_tier(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    set_default_path(at=timezone.now(), contract=desk.contract)
    door = enter()
    door.post("escalate", {"ground": "late_response", "reason": "The audit is on Thursday."}, key=ticket.key)
    assert Escalation.objects.get().level == 1
    assert "Waiting for tier 1" in door.page("ticket", key=ticket.key)


def test_not_satisfied_asks_the_next_tier(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    set_default_path(at=timezone.now(), contract=desk.contract)
    door = enter()
    door.post("escalate", {"ground": "late_response", "reason": "The audit."}, key=ticket.key)
    raised = Escalation.objects.get()
    door.post("not_satisfied", {"text": "Still nothing."}, key=ticket.key, escalation_id=raised.pk)
    raised.refresh_from_db()
    assert raised.level == 2


def test_the_client_owns_the_urgency(ticket: Ticket, enter: EnterAs) -> None:
    enter().post("set_urgency", {"urgency": "low", "reason": "A way round was found."}, key=ticket.key)
    ticket.refresh_from_db()
    assert ticket.urgency == "low"


def test_an_urgency_of_no_plan_is_refused(ticket: Ticket, enter: EnterAs) -> None:
    assert enter().post("set_urgency", {"urgency": "apocalyptic"}, key=ticket.key).status_code == 422
    ticket.refresh_from_db()
    assert ticket.urgency == "critical"


@pytest.mark.parametrize(("decision", "urgency"), [("approved", "low"), ("declined", "critical")])
def test_a_proposed_urgency_is_accepted_or_kept_off(
    desk: Desk, ticket: Ticket, enter: EnterAs, decision: str, urgency: str
) -> None:
    propose_urgency(
        actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, urgency="low", reason="Cosmetic."
    )
    answer = {"decision": decision, "words": "It is not."}
    enter().post("answer_proposal", answer, key=ticket.key, proposal_id=UrgencyProposal.objects.get().pk)
    ticket.refresh_from_db()
    assert ticket.urgency == urgency


def asked(desk: Desk, ticket: Ticket) -> Approval:
    """A question for the client's points of contact."""
    return ask_approval(
        actor=actor_of(desk.engineer),
        at=timezone.now(),
        ticket=ticket,
        kind="other",
        question="Restart at noon?",
        asked_of_role="poc",
    )


@pytest.mark.parametrize("decision", ["approved", "declined"])
def test_an_approval_is_given_or_refused(desk: Desk, ticket: Ticket, enter: EnterAs, decision: str) -> None:
    approval = asked(desk, ticket)
    enter().post(
        "decide", {"decision": decision, "words": "Why not."}, key=ticket.key, approval_id=approval.pk
    )
    approval.refresh_from_db()
    assert approval.state == decision


def test_a_member_does_not_decide_for_the_client(desk: Desk, enter: EnterAs) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member, at=timezone.now())
    approval = asked(desk, ticket)
    answer = {"decision": "approved", "words": ""}
    reply = enter("member").post("decide", answer, key=ticket.key, approval_id=approval.pk)
    assert reply.status_code == 403
    approval.refresh_from_db()
    assert approval.state == "asked"


def test_an_approval_of_another_ticket_is_not_here(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    approval = asked(desk, make_ticket(desk.contract, requester=desk.poc, at=timezone.now()))
    answer = {"decision": "approved"}
    assert enter().post("decide", answer, key=ticket.key, approval_id=approval.pk).status_code == 404


def test_a_colleague_is_asked_along_and_leaves(desk: Desk, ticket: Ticket, enter: EnterAs) -> None:
    door = enter()
    door.post("add_person", {"person": str(desk.member.pk)}, key=ticket.key)
    assert Participant.objects.get().person == desk.member
    assert ticket.subject in enter("member").page("ticket", key=ticket.key)
    door.post("remove_person", key=ticket.key, person_id=desk.member.pk)
    assert enter("member").get("ticket", key=ticket.key).status_code == 404


def test_nobody_of_another_client_is_asked_along(ticket: Ticket, other: Desk, enter: EnterAs) -> None:
    assert enter().post("add_person", {"person": str(other.poc.pk)}, key=ticket.key).status_code == 422
    assert not Participant.objects.exists()


ACTS = ("reply", "confirm", "reopen", "escalate", "set_urgency", "add_person", "rate")


@pytest.mark.parametrize("act", ACTS)
def test_an_observer_does_nothing(ticket: Ticket, enter: EnterAs, act: str) -> None:
    before = Record.objects.count()
    form = {**typed(), "text": "x", "ground": "other", "urgency": "low", "person": "1", "rating": "5"}
    reply = enter("observer").post(act, form, key=ticket.key)
    assert reply.status_code in (403, 422)
    assert Record.objects.count() == before


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_on_anothers_ticket(other: Desk, enter: EnterAs, act: str) -> None:
    theirs = make_ticket(other.contract, requester=other.poc)
    before = Record.objects.count()
    assert enter().post(act, typed(), key=theirs.key).status_code == 404
    assert Record.objects.count() == before


@pytest.mark.parametrize("act", ACTS)
def test_looking_does_nothing(ticket: Ticket, enter: EnterAs, act: str) -> None:
    before = Record.objects.count()
    enter().get(act, key=ticket.key)
    assert Record.objects.count() == before
