"""Reading clocks: lists, explanations, previews, the compliance report and the what-if replay."""

from slo.queries.agreement import Agreement, agreement_of, owes_updates
from slo.queries.compliance import FILTERS, VIEWS, Figures, Report, ReportRow, clocks_behind, compliance
from slo.queries.explanation import ClockFacts, ExplainedClock, clock_facts, explain, explain_clocks
from slo.queries.lists import clocks_of, oldest_due_at, visible_to
from slo.queries.preview import preview

__all__ = [
    "FILTERS",
    "VIEWS",
    "Agreement",
    "ClockFacts",
    "ExplainedClock",
    "Figures",
    "Report",
    "ReportRow",
    "agreement_of",
    "clock_facts",
    "clocks_behind",
    "clocks_of",
    "compliance",
    "explain",
    "explain_clocks",
    "oldest_due_at",
    "owes_updates",
    "preview",
    "visible_to",
]
