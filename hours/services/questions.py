"""Questions about the lines of a statement, and the answer or correction each leads to (H9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from hours import events, permissions
from hours.models import EntryState, Question, QuestionState, TimeEntry
from hours.queries.entries import entry_for
from hours.queries.requests import question_for
from hours.services.corrections import correct_entry, reverse_entry
from tickets.queries import ticket_by_id


@transaction.atomic
def question_line(*, actor: Actor, at: datetime, entry: TimeEntry, text: str) -> Question:
    """A point of contact asks about an entry; one open question an entry, a second is a `Conflict`."""
    row = entry_for(actor, entry.pk)
    if not permissions.may_question(actor, row.client_id):
        raise NotAllowed("A point of contact asks about the hours.")
    if not text.strip():
        raise Invalid("Write your question.", fields={"text": "Write your question."})
    ticket = ticket_by_id(actor, row.ticket_id, lock=True)
    if Question.objects.filter(time_entry=row, state=QuestionState.OPEN).exists():
        raise Conflict("Somebody has asked about this entry already; the answer is on its way.")
    question = Question.objects.create(
        client_id=row.client_id,
        contract_id=row.contract_id,
        time_entry=row,
        text=text.strip(),
        asked_by_id=actor.person_id,
        asked_by_name=actor.name,
        asked_at=at,
    )
    event = events.LineQuestioned(
        client_id=row.client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        question_id=question.pk,
        entry_id=row.pk,
    )
    record(event, at=at, actor=actor)
    return question


@transaction.atomic
def answer_question(
    *, actor: Actor, at: datetime, question: Question, answer: str, correction: TimeEntry | None = None
) -> Question:
    """Answer a question, with the correction it led to where there is one: a reversal or a new entry (H9).

    The correction must take back or replace the entry asked about, else `Invalid`.
    """
    seen = question_for(actor, question.pk)
    if not permissions.may_ask_overage(actor, seen.client_id):
        raise NotAllowed("Whoever works for the client answers.")
    if not answer.strip():
        raise Invalid("Write the answer.", fields={"answer": "Write the answer."})
    ticket = ticket_by_id(actor, seen.time_entry.ticket_id, lock=True)
    row = Question.objects.select_for_update().get(pk=seen.pk)
    if row.state != QuestionState.OPEN:
        raise Conflict("The question has been answered already.")
    if correction is not None and not _corrects(correction, row.time_entry_id):
        raise Invalid("That entry does not correct the one asked about.")
    row.state = QuestionState.CORRECTED if correction else QuestionState.ANSWERED
    row.answer, row.answered_at, row.correction = answer.strip(), at, correction
    row.answered_by_id = actor.person_id
    row.save()
    event = events.QuestionAnswered(
        client_id=row.client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        question_id=row.pk,
        entry_id=row.time_entry_id,
        state=row.state,
    )
    record(event, at=at, actor=actor)
    return row


@transaction.atomic
def answer_by_correcting(
    *, actor: Actor, at: datetime, question: Question, answer: str, minutes: int | None = None
) -> Question:
    """Answer a question by taking its entry back, or by writing it anew with other minutes (H2, H9).

    The answer is the reason that stands beside the correction. All or nothing: what the correction refuses
    leaves the question open. A question that was answered meanwhile is a `Conflict`.
    """
    seen = question_for(actor, question.pk)
    if not permissions.may_ask_overage(actor, seen.client_id):
        raise NotAllowed("Whoever works for the client answers.")
    if not answer.strip():
        raise Invalid("Write the answer.", fields={"answer": "Write the answer."})
    if seen.state != QuestionState.OPEN:
        raise Conflict("The question has been answered already.")
    facts: dict[str, Any] = {"actor": actor, "at": at, "entry": seen.time_entry, "reason": answer.strip()}
    made = reverse_entry(**facts) if minutes is None else correct_entry(**facts, minutes=minutes)
    return answer_question(actor=actor, at=at, question=seen, answer=answer, correction=made)


def _corrects(correction: TimeEntry, entry_id: int) -> bool:
    is_reversal = correction.state == EntryState.REVERSAL
    return entry_id == (correction.reverses_id if is_reversal else correction.corrects_id)
