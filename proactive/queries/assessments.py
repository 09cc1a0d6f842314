"""Reading health assessments and their findings (P2)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from contracts.models import Contract
from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.domain.assessing import Decision
from proactive.models import Assessment, Check, Finding
from proactive.queries.papers import one_of, readable
from tickets.domain.lifecycle import OPEN_STATUSES

_WITH = ("client", "contract", "author", "occurrence__programme")


def assessments_visible_to(actor: Actor) -> QuerySet[Assessment]:
    """The assessments that the actor may read, the newest first."""
    return readable(Assessment.objects.select_related(*_WITH), actor)


def assessment_for(actor: Actor, *, assessment_id: int) -> Assessment:
    """One assessment, if the actor may read it; else `NotHere`."""
    return one_of(Assessment.objects.select_related(*_WITH), actor, paper_id=assessment_id)


def checks_of(assessment: Assessment) -> list[Check]:
    """Its points by environment, in the order of the checklist."""
    return list(assessment.checks.select_related("place"))


def findings_of(assessment: Assessment) -> list[Finding]:
    """What it found, with environments and tickets, by number."""
    return list(assessment.findings.select_related("place", "ticket"))


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """The findings of the assessments that the actor may read."""
    seen = assessments_visible_to(actor).order_by().values("pk")
    return Finding.objects.filter(assessment__in=seen).select_related("assessment", "place", "ticket")


def finding_for(actor: Actor, *, finding_id: int) -> Finding:
    """One finding, if the actor may read its assessment; else `NotHere`."""
    finding = findings_visible_to(actor).filter(pk=finding_id).first()
    if finding is None:
        raise NotHere
    return finding


def open_ones(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those that are published and neither put right, nor solved by their ticket, nor left as they are."""
    living = findings.filter(assessment__published_at__isnull=False, settled_at__isnull=True)
    solved = Q(ticket__isnull=False) & ~Q(ticket__status__in=OPEN_STATUSES)
    return living.exclude(decision=Decision.DECLINE.value).exclude(solved)


def open_findings(contract: Contract) -> list[Finding]:
    """What is still open of everything found under a contract; the caller has authorised it."""
    found = Finding.objects.filter(assessment__contract=contract)
    return list(open_ones(found).select_related("assessment", "place", "ticket"))
