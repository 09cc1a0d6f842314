"""A health assessment as PDF (P2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from proactive.domain.assessing import Decision, Outcome, Severity, by_severity
from proactive.models import Assessment, Check, Finding
from proactive.printing.sheet import Sheet


def assessment_pdf(
    assessment: Assessment, *, checks: Sequence[Check], findings: Sequence[Finding], zone: ZoneInfo
) -> bytes:
    """The assessment with its findings and what was looked at; a draft says that it is one.

    Dates are those of the given zone. Decisions are printed as they stand.
    """
    made_at = assessment.published_at or assessment.begun_at
    page = Sheet(
        title=assessment.title,
        subtitle=f"{assessment.client.name} · {assessment.contract.name} · {_state(assessment, zone)}",
        made_at=made_at,
    )
    page.heading("Summary")
    page.text_block(assessment.summary)
    counts = by_severity(finding.severity for finding in findings)
    page.bars([(Severity(code).label, number, str(number)) for code, number in counts.items()])
    page.heading(f"Findings ({len(findings)})")
    for finding in findings:
        _write_finding(page, finding, zone)
    page.heading("What was looked at")
    for place, rows in _by_place(checks).items():
        page.smaller_heading(place)
        page.rows(
            ("Topic", "Point", "What it showed"),
            [(row.topic, row.text, _shown(row)) for row in rows],
            widths=(25, 90, 55),
        )
    return bytes(page.output())


def _write_finding(page: Sheet, finding: Finding, zone: ZoneInfo) -> None:
    page.smaller_heading(f"{finding.number}. {finding.title}")
    where = f", {finding.place}" if finding.place else ""
    page.note(f"{Severity(finding.severity).label}{where}")
    page.text_block(finding.detail)
    page.text_block(f"Advice: {finding.recommendation}")
    if finding.decision and finding.decided_at:
        words = Decision(finding.decision).label
        page.note(f"{words}, said {finding.decided_by} on {_day(finding.decided_at, zone)}.")
    if finding.ticket is not None:
        page.note(f"Ticket {finding.ticket.key}")


def _by_place(checks: Sequence[Check]) -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in checks:
        found.setdefault(str(check.place), []).append(check)
    return found


def _shown(check: Check) -> str:
    words = Outcome(check.outcome).label if check.outcome else "Not looked at yet"
    return f"{words}. {check.note}" if check.note else words


def _state(assessment: Assessment, zone: ZoneInfo) -> str:
    if assessment.published_at is None:
        return "Draft, not published"
    return f"Published {_day(assessment.published_at, zone)}"


def _day(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y}"
