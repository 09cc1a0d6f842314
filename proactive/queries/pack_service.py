"""What a pack says of service levels, tickets and hours (P3)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Count, Q, Sum

from contracts.models import Contract
from contracts.queries import effective_plan
from events.domain.actor import SYSTEM
from hours.models import LedgerEntry
from hours.models.ledger import Movement
from hours.queries import balance_of
from proactive.domain.pack import (
    Json,
    chart,
    figure,
    hours_words,
    months_between,
    section,
    share_words,
    source,
    table,
)
from proactive.queries.pack_span import Span
from slo.queries import compliance
from slo.queries.compliance import Figures, Report
from tickets.models import Ticket

_OBJECTIVES = {
    "first_response": "First response",
    "intervention": "Start of work",
    "status_update": "Status updates",
    "resolution": "Resolution",
}


def service_sections(contract: Contract, now: Span, before: Span, *, noun: str) -> list[Json]:
    """Service levels with their trend, and the tickets of the period."""
    return [_levels(contract, now, before, noun=noun), _tickets(contract, now, before)]


def hours_section(contract: Contract, now: Span, before: Span, *, at: datetime) -> Json:
    """What was drawn by month, what was granted and bought, and what is left at the moment of the pack."""
    drawn = _drawn(contract, now)
    granted = _moved(contract, now, Movement.GRANT, Movement.TOP_UP, Movement.OVERAGE)
    balance = balance_of(contract, at=at)
    months = months_between(now.from_on, now.to_on)
    newest = source("statement", contract=str(contract.pk), month=f"{months[-1]:%Y-%m}")
    amounts = [(f"{month:%b %Y}", float(drawn[f"{month:%Y-%m}"])) for month in months]
    return section(
        "hours",
        "Support hours",
        figures=[
            figure(
                "Drawn",
                hours_words(sum(drawn.values())),
                before=hours_words(sum(_drawn(contract, before).values())),
                of=newest,
            ),
            figure("Granted and bought", hours_words(granted), of=newest),
            figure("Left", hours_words(balance.available), of=source("hours")),
            figure("Waiting for approval", hours_words(balance.held), of=source("hours")),
        ],
        charts=[
            chart(
                "bars", "Drawn by month", [(one, amount, hours_words(int(amount))) for one, amount in amounts]
            )
        ],
        tables=[
            table(
                ("Month", "Drawn"),
                [(f"{month:%B %Y}", hours_words(drawn[f"{month:%Y-%m}"])) for month in months],
                sources=[
                    source("statement", contract=str(contract.pk), month=f"{month:%Y-%m}") for month in months
                ],
            )
        ],
    )


def _levels(contract: Contract, now: Span, before: Span, *, noun: str) -> Json:
    mine = {"contract": str(contract.pk)}
    by_month = compliance(SYSTEM, from_=now.from_on, to=now.to_on, group_by=("month",), filters=mine)
    split = compliance(SYSTEM, from_=now.from_on, to=now.to_on, group_by=("objective",), filters=mine)
    earlier = compliance(SYSTEM, from_=before.from_on, to=before.to_on, filters=mine).total
    total = split.total
    asked = {"from": now.from_on.isoformat(), "to": now.to_on.isoformat()}
    return section(
        "service-levels",
        "Service levels",
        note=f"The plan states {noun}. Met of counted is met ÷ (met + missed); the others stand beside it.",
        figures=[
            figure("Met of counted", _share(total), before=_share(earlier), of=source("report", **asked)),
            *_beside(total, earlier, asked),
        ],
        charts=[chart("line", "Met of counted by month, in percent", _by_month(by_month, now))],
        tables=[
            table(
                ("Objective", "Met", "Missed", "Met of counted", "Exempt"),
                [
                    (
                        _OBJECTIVES.get(row.group["objective"], row.group["objective"]),
                        str(row.figures.met),
                        str(row.figures.missed),
                        _share(row.figures),
                        str(row.figures.exempt),
                    )
                    for row in split.rows
                ],
                sources=[source("clocks", objective=row.group["objective"], **asked) for row in split.rows],
            )
        ],
    )


def _beside(total: Figures, earlier: Figures, asked: dict[str, str]) -> list[Json]:
    shown = (("met", "Met"), ("missed", "Missed"), ("exempt", "Exempt"), ("cancelled", "Not counted"))
    return [
        figure(
            words,
            str(getattr(total, state)),
            before=str(getattr(earlier, state)),
            of=source("clocks", state=state, **asked),
        )
        for state, words in shown
    ]


def _by_month(report: Report, now: Span) -> list[tuple[str, float | None, str]]:
    known = {row.group["month"]: row.figures for row in report.rows}
    points: list[tuple[str, float | None, str]] = []
    for month in months_between(now.from_on, now.to_on):
        figures = known.get(f"{month:%Y-%m}", Figures())
        percent = None if figures.compliance is None else round(100 * figures.compliance, 2)
        points.append((f"{month:%b}", percent, _share(figures)))
    return points


def _share(figures: Figures) -> str:
    return share_words(figures.met, figures.counted)


def _tickets(contract: Contract, now: Span, before: Span) -> Json:
    mine = Ticket.objects.filter(contract=contract)
    counted, earlier = _flow(contract, now), _flow(contract, before)
    services = {one.key: one.label for one in effective_plan(contract).services}
    kinds = (
        mine.filter(**now.holds("opened_at"))
        .order_by()
        .values_list("category")
        .annotate(number=Count("id"))
        .order_by("-number", "category")[:8]
    )
    amounts = [(services.get(key, "Not said"), float(number), str(number)) for key, number in kinds]
    return section(
        "tickets",
        "Tickets",
        figures=[
            figure("Opened", str(counted["opened"]), before=str(earlier["opened"]), of=source("tickets")),
            figure("Solved", str(counted["solved"]), before=str(earlier["solved"]), of=source("tickets")),
            figure(
                "Open at the end", str(counted["left"]), before=str(earlier["left"]), of=source("tickets")
            ),
        ],
        charts=[chart("bars", "Opened by service", amounts)] if amounts else [],
        tables=[table(("Service", "Opened"), [(label, words) for label, _, words in amounts])],
    )


def _flow(contract: Contract, span: Span) -> dict[str, int]:
    still = Q(opened_at__lt=span.ends_at) & (Q(resolved_at__isnull=True) | Q(resolved_at__gte=span.ends_at))
    not_gone = Q(closed_at__isnull=True) | Q(closed_at__gte=span.ends_at)
    found: dict[str, int] = Ticket.objects.filter(contract=contract).aggregate(
        opened=Count("id", filter=Q(**span.holds("opened_at"))),
        solved=Count("id", filter=Q(**span.holds("resolved_at"))),
        left=Count("id", filter=still & not_gone),
    )
    return found


def _drawn(contract: Contract, span: Span) -> defaultdict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    rows = LedgerEntry.objects.of_contract(contract.pk).filter(
        kind__in=(Movement.DRAW, Movement.REVERSAL), **span.holds("at")
    )
    for at, minutes in rows.values_list("at", "minutes"):
        found[f"{at.astimezone(span.zone):%Y-%m}"] -= minutes
    return found


def _moved(contract: Contract, span: Span, *kinds: Movement) -> int:
    rows = LedgerEntry.objects.of_contract(contract.pk).filter(kind__in=kinds, **span.holds("at"))
    return rows.order_by().aggregate(total=Sum("minutes"))["total"] or 0
