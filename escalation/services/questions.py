"""Questions to the account executive: asked, answered, asked back, closed; never an escalation (E4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Client
from contracts.models import Contract
from escalation import permissions
from escalation.events import QuestionAnswered, QuestionAsked, QuestionClosed
from escalation.models import CommercialQuestion, QuestionLine, QuestionState, QuestionTopic
from escalation.queries.questions import commercial_question_for
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.services import record
from tickets.domain.texts import clean_body, clean_line, is_submission_id
from tickets.models import Ticket

TEXT_LIMIT = 5000
SUBJECT_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """What somebody wants to know: about what, in one line, and in their words."""

    topic: str
    subject: str
    text: str


@transaction.atomic
def ask_account_executive(
    *,
    actor: Actor,
    at: datetime,
    client: Client,
    words: QuestionWords,
    contract: Contract | None = None,
    ticket: Ticket | None = None,
    submission_id: str | None = None,
) -> CommercialQuestion:
    """Put a commercial question to the client's account executive (E4).

    The same `submission_id` gives the first question. A key of one contract asks under that contract.
    """
    if not actor.sees_client(client.pk):
        raise NotHere
    if not permissions.may_ask_commercially(actor, client.pk):
        raise NotAllowed("A point of contact or a member asks the account executive.")
    _check_place(actor, client, contract, ticket)
    words = _fit(words)
    row, is_new = _stored(
        actor=actor,
        at=at,
        client=client,
        words=words,
        submission_id=submission_id,
        contract_id=actor.contract_id or (contract.pk if contract else None),
        ticket=ticket,
    )
    if not is_new:
        return row
    _say(row, actor=actor, at=at, text=words.text)
    record(QuestionAsked(**_facts(row)), at=at, actor=actor)
    return row


@transaction.atomic
def ask_again(*, actor: Actor, at: datetime, question: CommercialQuestion, text: str) -> CommercialQuestion:
    """Add to a question that is not closed; it waits for an answer then. Said twice, it is said once (E4)."""
    row = _open(actor, question)
    if not permissions.may_ask_commercially(actor, row.client_id):
        raise NotAllowed("The client's people ask; staff answer.")
    said = _body(text)
    if _is_said(row, actor, said):
        return row
    _say(row, actor=actor, at=at, text=said)
    if row.state != QuestionState.ASKED:
        row.state, row.turned_at = QuestionState.ASKED, at
        row.save(update_fields=["state", "turned_at"])
    record(QuestionAsked(**_facts(row), is_again=True), at=at, actor=actor)
    return row


@transaction.atomic
def answer_client(
    *, actor: Actor, at: datetime, question: CommercialQuestion, text: str
) -> CommercialQuestion:
    """Answer a commercial question; a later answer adds to the first. Said twice, it is said once (E4)."""
    row = _open(actor, question)
    if not permissions.may_answer_commercially(actor, row.client_id):
        raise NotAllowed("The client's account executive answers.")
    said = _body(text)
    if _is_said(row, actor, said):
        return row
    _say(row, actor=actor, at=at, text=said)
    row.state, row.turned_at = QuestionState.ANSWERED, at
    row.save(update_fields=["state", "turned_at"])
    told = [row.asked_by_id] if row.asked_by_id else []
    record(QuestionAnswered(**_facts(row), text=said, told_ids=told), at=at, actor=actor)
    return row


@transaction.atomic
def close_question(*, actor: Actor, at: datetime, question: CommercialQuestion) -> CommercialQuestion:
    """Close a matter: the client whenever it is done with it, staff once they have answered (E4)."""
    row = _open(actor, question)
    is_ours = permissions.may_answer_commercially(actor, row.client_id)
    if not is_ours and not permissions.may_ask_commercially(actor, row.client_id):
        raise NotAllowed("Whoever asked closes it, or the account executive who answered.")
    if is_ours and row.state == QuestionState.ASKED:
        raise Conflict("The client waits for an answer; answer first, then close it.")
    row.state, row.turned_at, row.closed_at = QuestionState.CLOSED, at, at
    row.save(update_fields=["state", "turned_at", "closed_at"])
    told = [row.asked_by_id] if is_ours and row.asked_by_id else []
    record(QuestionClosed(**_facts(row), told_ids=told), at=at, actor=actor)
    return row


def _stored(
    *,
    actor: Actor,
    at: datetime,
    client: Client,
    words: QuestionWords,
    submission_id: str | None,
    **place: Any,  # noqa: ANN401 - contract and ticket
) -> tuple[CommercialQuestion, bool]:
    """The row of a question, and whether it was made now: once a form, however often it is sent."""
    if submission_id and not is_submission_id(submission_id):
        raise Invalid("This form cannot be told from others; open it anew.")
    facts = {
        "topic": words.topic,
        "subject": words.subject,
        "asked_by_id": actor.person_id,
        "asked_by_name": actor.name,
        "asked_at": at,
        "turned_at": at,
        **place,
    }
    if not submission_id:
        return CommercialQuestion.objects.create(client=client, **facts), True
    row, is_new = CommercialQuestion.objects.get_or_create(
        client=client, submission_id=submission_id, defaults=facts
    )
    if row.asked_by_id != actor.person_id:
        raise NotHere
    return row, is_new


def _check_place(actor: Actor, client: Client, contract: Contract | None, ticket: Ticket | None) -> None:
    """Contract and ticket, where they are named, are the client's, and of the key's own contract."""
    if contract is not None and contract.client_id != client.pk:
        raise NotHere
    if ticket is not None and ticket.client_id != client.pk:
        raise NotHere
    if actor.contract_id is not None and contract is not None and contract.pk != actor.contract_id:
        raise NotHere


def _open(actor: Actor, question: CommercialQuestion) -> CommercialQuestion:
    row = commercial_question_for(actor, question_id=question.pk, lock=True)
    if row.state == QuestionState.CLOSED:
        raise Conflict("This matter is closed; ask a new question.")
    return row


def _fit(words: QuestionWords) -> QuestionWords:
    faults = {}
    if words.topic not in QuestionTopic.values:
        faults["topic"] = "Choose what it is about."
    subject = clean_line(words.subject)
    if not subject:
        faults["subject"] = "Say in one line what you want to know."
    if len(subject) > SUBJECT_LIMIT:
        faults["subject"] = f"Keep it to {SUBJECT_LIMIT} characters; the rest belongs below."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)
    return QuestionWords(topic=words.topic, subject=subject, text=_body(words.text))


def _body(text: str) -> str:
    said = clean_body(text).strip()
    if not said:
        raise Invalid("Write a sentence or two.", fields={"text": "Write a sentence or two."})
    if len(said) > TEXT_LIMIT:
        words = f"Keep it to {TEXT_LIMIT} characters."
        raise Invalid(words, fields={"text": words})
    return said


def _is_said(row: CommercialQuestion, actor: Actor, text: str) -> bool:
    """Whether these were the last words, by the same person: a second click says nothing new."""
    last = row.lines.last()
    return last is not None and (last.by_id, last.by_name, last.text) == (actor.person_id, actor.name, text)


def _say(row: CommercialQuestion, *, actor: Actor, at: datetime, text: str) -> None:
    QuestionLine.objects.create(
        client_id=row.client_id,
        question=row,
        is_staff=actor.is_staff,
        by_id=actor.person_id,
        by_name=actor.name,
        text=text,
        at=at,
    )


def _facts(row: CommercialQuestion) -> dict[str, Any]:
    return {
        "client_id": row.client_id,
        "subject_id": row.pk,
        "question_id": row.pk,
        "title": row.subject,
        "topic": row.topic,
    }
