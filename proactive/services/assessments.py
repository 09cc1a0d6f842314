"""Making a health assessment: its scope, the points looked at, and publishing it (P2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from contracts.models import Contract, Environment
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid
from events.services import record
from proactive.checklists import checklists
from proactive.domain.assessing import Outcome
from proactive.domain.checklists import points_for
from proactive.events import AssessmentBegun, AssessmentPublished
from proactive.models import AssessedEnvironment, Assessment, Check, Finding, Occurrence
from proactive.services.papers import clean_text, fulfil, locked_draft, take_up

KIND = "health_assessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a look at one point showed, and a note on it."""

    outcome: str
    note: str = ""


@transaction.atomic
def begin_assessment(
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    environments: Sequence[Environment],
    title: str = "",
    occurrence: Occurrence | None = None,
) -> Assessment:
    """Begin an assessment of those environments, with the points of their products to look at.

    It fulfils the delivery where one is named, which can have one assessment: `Conflict` for a second.
    """
    row = take_up(actor=actor, at=at, contract=contract, occurrence=occurrence, kind=KIND)
    _require_scope(contract, environments)
    assessment = Assessment(
        client_id=contract.client_id,
        contract=contract,
        occurrence=row,
        title=title.strip() or f"{row.programme.label if row else 'Health assessment'}, {at:%B %Y}",
        author_id=actor.person_id,
        begun_at=at,
    )
    try:
        with transaction.atomic():
            assessment.save()
    except IntegrityError as error:
        raise Conflict("An assessment for this delivery was begun already.") from error
    service = row.programme.service if row else ""
    topics = next(
        (one.checklist for one in effective_plan(contract).proactive if one.key == service),
        (),
    )
    for environment in environments:
        _add_place(assessment, environment, topics=topics)
    facts = _facts(assessment)
    record(AssessmentBegun(**facts), at=at, actor=actor)
    return assessment


@transaction.atomic
def record_checks(
    *, actor: Actor, at: datetime, assessment: Assessment, answers: Mapping[int, Answer]
) -> Assessment:
    """Write down what the points showed, by their ids; points that are not named stay as they are."""
    row = locked_draft(Assessment, actor=actor, paper=assessment)
    checks = {check.pk: check for check in Check.objects.filter(assessment=row, pk__in=answers)}
    if set(checks) != set(answers):
        raise Invalid("One of the points is not of this assessment.")
    for check_id, answer in answers.items():
        if answer.outcome and answer.outcome not in set(Outcome):
            raise Invalid("Choose one of the outcomes.", fields={f"outcome-{check_id}": "Choose one."})
        checks[check_id].outcome, checks[check_id].note = answer.outcome, answer.note.strip()
    Check.objects.bulk_update(checks.values(), ["outcome", "note"])
    return row


@transaction.atomic
def write_summary(
    *, actor: Actor, at: datetime, assessment: Assessment, title: str, summary: str
) -> Assessment:
    """Write what the reader should take away, in Markdown, and what it is called."""
    row = locked_draft(Assessment, actor=actor, paper=assessment)
    row.title = clean_text(title, field="title", words="Give it a title.")[:200]
    row.summary = summary.strip()
    row.save(update_fields=["title", "summary"])
    return row


@transaction.atomic
def publish_assessment(*, actor: Actor, at: datetime, assessment: Assessment) -> Assessment:
    """Let the client read it; every point must be looked at and the summary written, and then it is final.

    The delivery that it fulfils is delivered with it.
    """
    row = locked_draft(Assessment, actor=actor, paper=assessment)
    unseen = Check.objects.filter(assessment=row, outcome="").count()
    if unseen:
        raise Conflict(
            f"Points not looked at yet: {unseen}. Say what they showed, or that they do not apply."
        )
    if not row.summary:
        raise Invalid("Write the summary first; it is what most people read.")
    row.published_at = at
    row.save(update_fields=["published_at"])
    number = Finding.objects.filter(assessment=row).count()
    record(AssessmentPublished(**_facts(row), findings=number), at=at, actor=actor)
    fulfil(row, actor=actor, at=at, proof=f"{row.title}, with {number} finding{'' if number == 1 else 's'}")
    return row


def _facts(assessment: Assessment) -> dict[str, Any]:
    return {
        "client_id": assessment.client_id,
        "subject_id": assessment.pk,
        "contract_id": assessment.contract_id,
        "title": assessment.title,
    }


def _require_scope(contract: Contract, environments: Sequence[Environment]) -> None:
    if not environments:
        words = "Choose at least one environment."
        raise Invalid(words, fields={"environments": words})
    if any(one.contract_id != contract.pk or one.retired_at is not None for one in environments):
        words = "Choose environments of this contract."
        raise Invalid(words, fields={"environments": words})


def _add_place(assessment: Assessment, environment: Environment, *, topics: Sequence[str]) -> None:
    place = AssessedEnvironment.objects.create(
        client_id=assessment.client_id,
        assessment=assessment,
        environment=environment,
        name=environment.name,
        product=environment.product,
        version=environment.version,
    )
    points = points_for(environment.product, lists=checklists(), topics=topics)
    Check.objects.bulk_create(
        Check(
            client_id=assessment.client_id,
            assessment=assessment,
            place=place,
            topic=point.topic,
            text=point.text,
            position=position,
        )
        for position, point in enumerate(points, start=1)
    )
