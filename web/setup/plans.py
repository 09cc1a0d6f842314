"""The catalogue: the plans on offer, what one states, and what two of its versions say differently."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from contracts.domain.plan import Plan, Stance
from contracts.models import PlanVersion
from contracts.queries import offered_plans, plan_of_version, version_difference
from contracts.queries import visible_to as contracts_visible_to
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.requests import StaffRequest
from web.wording.amendments import change_in_words


@setup_page
def plans(request: StaffRequest) -> HttpResponse:
    """Show every plan on offer, with how many contracts run under it."""
    today = request.at.astimezone(request.zone).date()
    running: dict[str, int] = {}
    keys = contracts_visible_to(request.actor).in_force(today).values_list("plan_version__key", flat=True)
    for key in keys.order_by():
        running[key] = running.get(key, 0) + 1
    rows = [{"plan": plan, "running": running.get(plan.key, 0)} for plan in offered_plans()]
    return render_page(request, "setup/plans.html", {"rows": rows})


@setup_page
def plan(request: StaffRequest, plan: str) -> HttpResponse:
    """Show what one plan states in its newest version, and its versions."""
    versions = _versions(plan)
    stated = plan_of_version(versions[0])
    context = {
        "plan": stated,
        "versions": versions,
        "tables": target_tables(stated),
        "scope": _scope(stated),
        "contracts": list(
            contracts_visible_to(request.actor)
            .filter(plan_version__key=plan)
            .select_related("client", "plan_version")
            .order_by("client__name")
        ),
    }
    return render_page(request, "setup/plan.html", context)


@setup_page
def difference(request: StaffRequest, plan: str, before: int, after: int) -> HttpResponse:
    """Show what two versions of a plan say differently, place by place."""
    by_number = {version.number: version for version in _versions(plan)}
    if before not in by_number or after not in by_number:
        raise NotHere
    context = {
        "plan": plan_of_version(by_number[after]),
        "before": by_number[before],
        "after": by_number[after],
        "changes": [
            change_in_words(plan_of_version(by_number[after]), one)
            for one in version_difference(by_number[before], by_number[after])
        ],
    }
    return render_page(request, "setup/plan_difference.html", context)


def target_tables(plan: Plan) -> list[dict[str, Any]]:
    """One table an objective: urgencies down, kinds of request across, each cell a target or None."""
    tables = []
    for rule in plan.objectives:
        rows = [
            (
                urgency,
                [
                    plan.target(objective=rule.objective, request_type=kind.code, urgency=urgency.code)
                    for kind in plan.request_types
                ],
            )
            for urgency in plan.urgencies
        ]
        if any(any(cells) for _, cells in rows):
            tables.append({"label": rule.label, "rows": rows})
    return tables


def _versions(key: str) -> list[PlanVersion]:
    found = list(PlanVersion.objects.filter(key=key).defer("body").order_by("-number"))
    if not found:
        raise NotHere
    return found


def _scope(plan: Plan) -> list[dict[str, Any]]:
    words = {Stance.INCLUDED: "Included", Stance.ADD_ON: "With an add-on", Stance.EXCLUDED: "Not covered"}
    return [
        {"label": label, "services": [one for one in plan.services if one.stance == stance]}
        for stance, label in words.items()
    ]
