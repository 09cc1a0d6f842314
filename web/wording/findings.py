"""How findings are shown: their severity as a tag, what was decided, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proactive.domain.assessing import Decision, Severity
from proactive.models import Finding
from tickets.domain.lifecycle import CLIENT_WORDS, Status

_TONES = {Severity.CRITICAL: "red", Severity.HIGH: "amber", Severity.MEDIUM: "accent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding with its words; `is_done` once it was put right, solved or left as it is."""

    finding: Finding
    severity: str
    tone: str
    decision: str
    standing: str
    is_done: bool


def finding_views(findings: Iterable[Finding]) -> list[FindingView]:
    """The findings as pages show them."""
    return [finding_view(one) for one in findings]


def finding_view(finding: Finding) -> FindingView:
    """One finding as pages show it."""
    severity = Severity(finding.severity)
    ticket = finding.ticket
    is_solved = ticket is not None and ticket.status in ("resolved", "closed", "cancelled")
    is_declined = finding.decision == Decision.DECLINE
    return FindingView(
        finding=finding,
        severity=severity.label,
        tone=_TONES.get(severity, ""),
        decision=Decision(finding.decision).label if finding.decision else "",
        standing=_standing(finding),
        is_done=finding.settled_at is not None or is_solved or is_declined,
    )


def _standing(finding: Finding) -> str:
    if finding.settled_at is not None:
        return "Put right"
    if finding.ticket is not None:
        return CLIENT_WORDS[Status(finding.ticket.status)]
    if not finding.decision:
        return "Not decided yet"
    return Decision(finding.decision).label
