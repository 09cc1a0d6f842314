"""Findings: written in a draft, decided by the client, and perhaps made a ticket (P2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import Person
from accounts.queries import points_of_contact
from contracts.domain.plan import Plan
from contracts.queries import contract_for, effective_plan
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.services import record
from proactive import permissions
from proactive.domain.assessing import Decision, Severity, urgency_for
from proactive.events import FindingDecided, FindingSettled, FindingTicketed
from proactive.models import AssessedEnvironment, Assessment, Finding
from proactive.services.papers import clean_text, locked_draft, require_writer
from tickets.models import Ticket
from tickets.services import open_ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """What is written of a finding; `place` is the environment that it concerns, or none for all."""

    severity: str
    title: str
    detail: str
    recommendation: str
    topic: str = ""
    place: AssessedEnvironment | None = None


@transaction.atomic
def add_finding(*, actor: Actor, at: datetime, assessment: Assessment, words: FindingWords) -> Finding:
    """Add a finding to a draft; it gets the next number."""
    row = locked_draft(Assessment, actor=actor, paper=assessment)
    last = Finding.objects.filter(assessment=row).aggregate(last=Max("number"))["last"] or 0
    finding = Finding(client_id=row.client_id, assessment=row, number=last + 1)
    _write(finding, words)
    finding.save()
    return finding


@transaction.atomic
def change_finding(*, actor: Actor, at: datetime, finding: Finding, words: FindingWords) -> Finding:
    """Write a finding of a draft anew."""
    locked_draft(Assessment, actor=actor, paper=finding.assessment)
    row = _locked(actor, finding)
    _write(row, words)
    row.save()
    return row


@transaction.atomic
def remove_finding(*, actor: Actor, at: datetime, finding: Finding) -> None:
    """Take a finding out of a draft; the numbers of the others stay."""
    locked_draft(Assessment, actor=actor, paper=finding.assessment)
    _locked(actor, finding).delete()


@transaction.atomic
def decide_finding(
    *,
    actor: Actor,
    at: datetime,
    finding: Finding,
    decision: str,
    note: str = "",
    planned_on: date | None = None,
) -> Finding:
    """Say what the client wants done about a finding; a point of contact may decide anew until it is done."""
    row = _published(actor, finding)
    if actor.role_at(row.client_id) != "poc":
        raise NotAllowed("A point of contact decides about findings.")
    _require_undone(row)
    if decision not in set(Decision):
        raise Invalid("Choose what is to be done.", fields={"decision": "Choose one."})
    if decision == Decision.PLAN and planned_on is None:
        raise Invalid("Say for when it is planned.", fields={"planned_on": "Give a day."})
    if decision == Decision.DECLINE and not note.strip():
        raise Invalid("Say why it stays as it is.", fields={"note": "Say why it stays as it is."})
    row.decision, row.decided_by, row.decided_at = decision, actor.name, at
    row.decision_note, row.planned_on = note.strip(), planned_on if decision == Decision.PLAN else None
    row.save()
    facts = {**_facts(row), "finding_id": row.pk}
    record(FindingDecided(**facts, decision=decision, note=row.decision_note), at=at, actor=actor)
    return row


@transaction.atomic
def make_ticket_of(*, actor: Actor, at: datetime, finding: Finding) -> Ticket:
    """Open a ticket about a published finding, under its contract; asked again it is the same ticket.

    A point of contact or staff who serve the client may. It is filed for the person who asks, or for the one
    who decided, with an urgency that fits the severity.
    """
    row = _published(actor, finding)
    is_poc = actor.role_at(row.client_id) == "poc"
    if not is_poc and not permissions.may_deliver(actor, row.client_id):
        raise NotAllowed("A point of contact or the client's own staff make a ticket of it.")
    if row.ticket is not None:
        return row.ticket
    _require_undone(row)
    contract = contract_for(SYSTEM, row.assessment.contract_id)
    plan = effective_plan(contract)
    environment = row.place.environment if row.place else None
    ticket = open_ticket(
        actor=actor,
        at=at,
        contract=contract,
        request_type=_request_type(plan),
        urgency=urgency_for(
            row.severity,
            [(one.code, one.rank) for one in plan.urgencies],
            is_production=environment is None or environment.is_production,
            non_production=plan.non_production_urgency,
        ),
        subject=f"{row.title} (finding {row.number})",
        description=f"{row.detail}\n\n**Advice:** {row.recommendation}\n\nFound in: {row.assessment.title}",
        environment=environment if environment and environment.retired_at is None else None,
        requester=_requester(row, actor, is_poc=is_poc),
        channel="portal",
    )
    row.ticket = ticket
    row.save(update_fields=["ticket"])
    facts = {**_facts(row), "finding_id": row.pk}
    record(FindingTicketed(**facts, ticket_key=ticket.key), at=at, actor=actor)
    return ticket


@transaction.atomic
def settle_finding(*, actor: Actor, at: datetime, finding: Finding, note: str) -> Finding:
    """Say that a published finding was put right without a ticket, and how; repeating it changes nothing."""
    row = _published(actor, finding)
    require_writer(actor, row.client_id)
    if row.settled_at is not None:
        return row
    if row.ticket_id is not None:
        raise Conflict("Its ticket says when it is put right.")
    row.settled_note = clean_text(note, field="note", words="Say how it was put right.")
    row.settled_at = at
    row.save(update_fields=["settled_at", "settled_note"])
    record(
        FindingSettled(**_facts(row), finding_id=row.pk, note=row.settled_note),
        at=at,
        actor=actor,
    )
    return row


def _locked(actor: Actor, finding: Finding) -> Finding:
    rows = Finding.objects.select_for_update(of=("self",)).select_related(
        "assessment", "place__environment", "ticket"
    )
    row = rows.filter(pk=finding.pk).first()
    if row is None or not actor.sees_client(row.client_id):
        raise NotHere
    return row


def _published(actor: Actor, finding: Finding) -> Finding:
    row = _locked(actor, finding)
    if row.assessment.published_at is None:
        if not actor.is_staff:
            raise NotHere
        raise Conflict("The client has not seen this yet; publish the assessment first.")
    return row


def _require_undone(row: Finding) -> None:
    if row.settled_at is not None:
        raise Conflict("This was put right already.")
    if row.ticket is not None:
        raise Conflict(f"{row.ticket.key} sees to this already; say there what should happen.")


def _write(finding: Finding, words: FindingWords) -> None:
    if words.severity not in set(Severity):
        raise Invalid("Choose how grave it is.", fields={"severity": "Choose one."})
    if words.place is not None and words.place.assessment_id != finding.assessment_id:
        raise Invalid("Choose one of its environments.", fields={"place": "Not in the scope."})
    finding.severity, finding.place, finding.topic = words.severity, words.place, words.topic.strip()[:80]
    finding.title = clean_text(words.title, field="title", words="Say in one line what was found.")[:200]
    finding.detail = clean_text(words.detail, field="detail", words="Say what was seen, and where.")
    advice = "Say what should be done about it."
    finding.recommendation = clean_text(words.recommendation, field="recommendation", words=advice)


def _request_type(plan: Plan) -> str:
    ordinary = [kind.code for kind in plan.request_types if not kind.is_incident]
    return (ordinary or [plan.request_types[-1].code])[0]


def _requester(row: Finding, actor: Actor, *, is_poc: bool) -> Person | None:
    if is_poc:
        return None
    contacts = points_of_contact(row.client_id)
    return contacts.filter(name=row.decided_by).first() or contacts.order_by("pk").first()


def _facts(finding: Finding) -> dict[str, Any]:
    return {
        "client_id": finding.client_id,
        "subject_id": finding.assessment_id,
        "contract_id": finding.assessment.contract_id,
        "title": finding.title,
    }
