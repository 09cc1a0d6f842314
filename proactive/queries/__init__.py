"""Reading proactive work of the clients that the actor sees, by noun."""

from proactive.queries.assessments import (
    assessment_for,
    assessments_visible_to,
    checks_of,
    finding_for,
    findings_of,
    findings_visible_to,
    open_findings,
    open_ones,
)
from proactive.queries.occurrences import (
    between,
    occurrence_for,
    overdue,
    upcoming,
    visible_to,
)
from proactive.queries.programmes import (
    Standing,
    asked_days,
    cadence_of,
    programme_for,
    programmes_of,
    standings,
)
from proactive.queries.reviews import action_for, overdue_actions, review_for, reviews_visible_to
from proactive.queries.vendors import (
    licence_review_for,
    licence_reviews_visible_to,
    overdue_follow_ups,
    vendor_request_for,
    vendor_requests_visible_to,
)

__all__ = [
    "Standing",
    "action_for",
    "asked_days",
    "assessment_for",
    "assessments_visible_to",
    "between",
    "cadence_of",
    "checks_of",
    "finding_for",
    "findings_of",
    "findings_visible_to",
    "licence_review_for",
    "licence_reviews_visible_to",
    "occurrence_for",
    "open_findings",
    "open_ones",
    "overdue",
    "overdue_actions",
    "overdue_follow_ups",
    "programme_for",
    "programmes_of",
    "review_for",
    "reviews_visible_to",
    "standings",
    "upcoming",
    "vendor_request_for",
    "vendor_requests_visible_to",
    "visible_to",
]
