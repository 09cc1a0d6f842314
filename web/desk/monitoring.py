"""What monitoring found, over all clients that the reader sees, and the vulnerabilities that concern them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from proactive.domain.checks import KINDS, Check, value_words
from proactive.models import FeedRead, Problem
from proactive.queries.monitoring import alerts_of, problem_counts, problem_for, problems_visible_to
from proactive.queries.vulnerabilities import exposures_visible_to
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

SHOWN = 100
ALERTS_SHOWN = 100
VIEWS = (
    ("", "Failing", "failing"),
    ("well", "Well again, ticket open", "recovered"),
    ("silent", "Kept without a ticket", "silent"),
    ("over", "Over", ""),
    ("vulnerabilities", "Vulnerabilities", ""),
)


@staff_page
def monitoring(request: StaffRequest) -> HttpResponse:
    """Show the problems of one view, what was heard of last first."""
    view = request.GET.get("view", "")
    chosen = view if view in {name for name, _, _ in VIEWS} else ""
    counts = problem_counts(request.actor)
    is_about_feeds = chosen == "vulnerabilities"
    context = {
        "views": [
            _tab(name, label, counts.get(key), is_current=name == chosen) for name, label, key in VIEWS
        ],
        "chosen": chosen,
        "rows": [] if is_about_feeds else [_row(one) for one in _chosen(request, chosen)[:SHOWN]],
        "exposures": list(exposures_visible_to(request.actor)[:SHOWN]) if is_about_feeds else [],
        "feed": FeedRead.objects.first() if is_about_feeds else None,
        "is_about_feeds": is_about_feeds,
    }
    return render_page(request, "desk/monitoring.html", context)


@staff_page
def problem(request: StaffRequest, problem_id: int) -> HttpResponse:
    """Show one problem and every alert about it that is kept, in raw form where it came by a door."""
    found = problem_for(request.actor, problem_id=problem_id)
    alerts = alerts_of(found, limit=ALERTS_SHOWN + 1)
    context = {
        "one": found,
        **{name: value for name, value in _row(found).items() if name != "problem"},
        "alerts": alerts[:ALERTS_SHOWN],
        "more": len(alerts) > ALERTS_SHOWN,
        "kept_days": settings.ALERTS_KEPT_DAYS,
    }
    return render_page(request, "desk/problem.html", context)


def _chosen(request: StaffRequest, view: str) -> QuerySet[Problem]:
    found = problems_visible_to(request.actor)
    if view == "over":
        return found.filter(ended_at__isnull=False)
    living = found.filter(ended_at__isnull=True)
    if view == "well":
        return living.filter(recovered_at__isnull=False)
    return living.filter(recovered_at__isnull=True, ticket__isnull=view == "silent")


def _row(problem: Problem) -> dict[str, Any]:
    check = Check(problem.check_name)
    return {"problem": problem, "check": KINDS[check].label, "value": value_words(check, problem.value)}


def _tab(name: str, label: str, count: int | None, *, is_current: bool) -> dict[str, Any]:
    address = reverse("desk:monitoring")
    return {
        "label": label,
        "address": f"{address}?view={name}" if name else address,
        "count": count,
        "is_current": is_current,
        "is_hot": not name and bool(count),
    }
