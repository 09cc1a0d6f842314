"""Makes what is written for clients: assessments and their findings."""

from datetime import datetime

from contracts.models import Environment
from proactive.models import Assessment, Check, Finding, Occurrence
from proactive.services import (
    Answer,
    FindingWords,
    add_finding,
    begin_assessment,
    publish_assessment,
    record_checks,
    write_summary,
)
from tests.factories.desks import Desk
from tests.factories.moments import MONDAY
from tests.factories.people import actor_of
from tests.factories.promises import make_environment

WORDS = FindingWords(
    severity="high",
    title="The index is older than the last upgrade",
    detail="Searches miss what was changed since.",
    recommendation="Build it anew at night.",
    topic="Performance",
)


def draft_assessment(
    desk: Desk,
    *environments: Environment,
    occurrence: Occurrence | None = None,
    at: datetime = MONDAY,
    looked_at: bool = True,
) -> Assessment:
    """A draft with a summary; every point is in order unless nobody looked yet."""
    scope = environments or (make_environment(desk.contract),)
    actor = actor_of(desk.csm)
    made = begin_assessment(
        actor=actor, at=at, contract=desk.contract, environments=scope, occurrence=occurrence
    )
    if looked_at:
        answers = {check.pk: Answer(outcome="fine") for check in Check.objects.filter(assessment=made)}
        record_checks(actor=actor, at=at, assessment=made, answers=answers)
        write_summary(actor=actor, at=at, assessment=made, title=made.title, summary="All is well, but one.")
    made.refresh_from_db()
    return made


def published_assessment(
    desk: Desk, *environments: Environment, at: datetime = MONDAY, occurrence: Occurrence | None = None
) -> tuple[Assessment, Finding]:
    """A published assessment with one grave finding."""
    draft = draft_assessment(desk, *environments, at=at, occurrence=occurrence)
    finding = add_finding(actor=actor_of(desk.csm), at=at, assessment=draft, words=WORDS)
    made = publish_assessment(actor=actor_of(desk.csm), at=at, assessment=draft)
    finding.refresh_from_db()
    return made, finding
