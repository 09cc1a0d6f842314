"""What a pack says of escalations, satisfaction, findings, planned work and actions (P3).

Escalations are read from the event log, for their own floor stands beside this one.
"""

from __future__ import annotations

from django.db.models import Avg, Count, Q, QuerySet

from contracts.models import Contract
from events.models import Record
from proactive.domain.assessing import Severity, by_severity
from proactive.domain.pack import Json, chart, figure, section, source, table
from proactive.models import Occurrence, ReviewAction, State
from proactive.queries.assessments import open_findings
from proactive.queries.pack_span import Span
from tickets.models import Ticket

LISTED = 20
_LOW_RATING = 3


def care_sections(contract: Contract, now: Span, before: Span) -> list[Json]:
    """The parts of the pack about how the client was looked after."""
    return [
        _escalations(contract, now, before),
        _satisfaction(contract, now, before),
        _findings(contract),
        _services(contract, now),
        _actions(contract),
    ]


def _escalations(contract: Contract, now: Span, before: Span) -> Json:
    rows = list(_raised(contract, now)[:LISTED])
    return section(
        "escalations",
        "Escalations",
        figures=[
            figure(
                "Raised",
                str(_raised(contract, now).count()),
                before=str(_raised(contract, before).count()),
            ),
            figure("Settled", str(_logged(contract, now, "escalation.resolved").count())),
        ],
        tables=[
            table(
                ("Ticket", "Raised", "Why"),
                [
                    (
                        row.data["key"],
                        f"{row.at.astimezone(now.zone):%d %b %Y}",
                        row.data.get("reason") or str(row.data.get("ground", "")).replace("_", " "),
                    )
                    for row in rows
                ],
                sources=[source("ticket", key=row.data["key"]) for row in rows],
            )
        ],
    )


def _raised(contract: Contract, span: Span) -> QuerySet[Record]:
    return _logged(contract, span, "escalation.raised")


def _logged(contract: Contract, span: Span, kind: str) -> QuerySet[Record]:
    mine = Ticket.objects.filter(contract=contract).values("pk")
    found = Record.objects.filter(client_id=contract.client_id, kind=kind, **span.holds("at"))
    return found.filter(subject_type="ticket", subject_id__in=mine).order_by("id")


def _satisfaction(contract: Contract, now: Span, before: Span) -> Json:
    rated = Ticket.objects.filter(contract=contract, rating__isnull=False, **now.holds("closed_at"))
    counts = dict(rated.order_by().values_list("rating").annotate(number=Count("id")))
    low = list(rated.filter(rating__lte=_LOW_RATING).order_by("rating", "id")[:LISTED])
    amounts = [
        (f"{stars} of 5", float(counts.get(stars, 0)), str(counts.get(stars, 0))) for stars in range(5, 0, -1)
    ]
    return section(
        "satisfaction",
        "Satisfaction",
        figures=[
            figure("Mean rating", _mean(contract, now), before=_mean(contract, before), of=source("tickets")),
            figure("Ratings", str(sum(counts.values())), of=source("tickets")),
        ],
        charts=[chart("bars", "Ratings", amounts)] if counts else [],
        tables=[
            table(
                ("Ticket", "Rating", "What was said"),
                [(one.key, str(one.rating), one.rating_comment or "–") for one in low],
                sources=[source("ticket", key=one.key) for one in low],
            )
        ],
    )


def _mean(contract: Contract, span: Span) -> str:
    rated = Ticket.objects.filter(contract=contract, **span.holds("closed_at"))
    mean = rated.aggregate(mean=Avg("rating", filter=Q(rating__gt=0)))["mean"]
    return "–" if mean is None else f"{mean:.1f} of 5"


def _findings(contract: Contract) -> Json:
    found = open_findings(contract)
    counts = by_severity(one.severity for one in found)
    return section(
        "findings",
        "Open findings",
        figures=[figure(Severity(code).label, str(number)) for code, number in counts.items()],
        tables=[
            table(
                ("Finding", "Severity", "Assessment"),
                [(one.title, Severity(one.severity).label, one.assessment.title) for one in found[:LISTED]],
                sources=[source("assessment", id=str(one.assessment_id)) for one in found[:LISTED]],
            )
        ],
    )


def _services(contract: Contract, now: Span) -> Json:
    rows = list(
        Occurrence.objects.filter(programme__contract=contract)
        .filter(Q(due_on__range=(now.from_on, now.to_on)) | Q(**now.holds("delivered_at")))
        .select_related("programme")
    )
    return section(
        "services",
        "Services without asking",
        figures=[
            figure(
                "Delivered", str(sum(one.state == State.DELIVERED for one in rows)), of=source("services")
            ),
            figure("Missed", str(sum(one.missed_at is not None for one in rows)), of=source("services")),
        ],
        tables=[
            table(
                ("Service", "Due", "State"),
                [
                    (one.programme.label, f"{one.due_on:%d %b %Y}", one.get_state_display())
                    for one in rows[:LISTED]
                ],
            )
        ],
    )


def _actions(contract: Contract) -> Json:
    rows = list(
        ReviewAction.objects.filter(
            review__contract=contract, review__published_at__isnull=False, done_at__isnull=True
        ).select_related("review")[:LISTED]
    )
    return section(
        "actions",
        "Still open from earlier reviews",
        figures=[figure("Open actions", str(len(rows)))],
        tables=[
            table(
                ("Action", "Owner", "Due"),
                [(one.text, one.owner, f"{one.due_on:%d %b %Y}") for one in rows],
                sources=[source("review", id=str(one.review_id)) for one in rows],
            )
        ],
    )
