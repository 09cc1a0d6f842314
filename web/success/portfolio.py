"""The portfolio: every client that the reader watches, by how it is doing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, Max, Q
from django.http import HttpResponse

from accounts.models import Client
from accounts.queries import clients_visible_to
from contracts.models import Contract
from contracts.queries import effective_plan, overdue_onboarding
from contracts.queries import visible_to as contracts_visible_to
from escalation.queries import open_for
from hours.queries import Balance, HoursForecast, balances_of, forecasts_of
from proactive.queries import overdue
from slo.queries import compliance
from slo.queries.compliance import Figures
from tickets.queries import owed_documents
from tickets.queries import visible_to as tickets_visible_to
from web.drawing.meter import meter_of
from web.drawing.spark import spark_of
from web.fragments import render_page
from web.gates import success_page
from web.requests import StaffRequest
from web.success.needs import ClientRow, needs_of
from web.wording.amounts import share

GOAL = 95.0
NEEDS_SHOWN = 6
SOON = timedelta(days=60)


@success_page
def portfolio(request: StaffRequest) -> HttpResponse:
    """Show all clients of the reader in a constant number of statements, those in trouble first."""
    today = request.at.astimezone(request.zone).date()
    clients = list(clients_visible_to(request.actor))
    rows = _rows(request, clients, today)
    rows.sort(key=lambda row: (-_trouble(row), row.client.name))
    context = {"rows": rows, "tiles": _tiles(rows), "needs": needs_of(rows)[:NEEDS_SHOWN], "today": today}
    return render_page(request, "success/portfolio.html", context)


def _rows(request: StaffRequest, clients: list[Client], today: date) -> list[ClientRow]:
    contracts = _contracts(request, today)
    figures = _figures(request, today)
    paid = [one for one in contracts if effective_plan(one).hours.has_hours]
    balances = balances_of(paid, at=request.at)
    forecasts = forecasts_of(paid, at=request.at, balances=balances)
    escalated = _by_client(open_for(request.actor), tier=Max("level"))
    late = _by_client(overdue(request.actor))
    onboarding = _by_client(overdue_onboarding(request.actor, today), of="contract__client_id")
    papers = _by_client(owed_documents(request.actor).overdue(request.at))
    ratings = _ratings(request)
    return [
        _row(
            client,
            [one for one in contracts if one.client_id == client.pk],
            figures=figures.get(client.name, {}),
            balances=balances,
            forecasts=forecasts,
            counts={"escalated": escalated, "late": late, "onboarding": onboarding, "papers": papers},
            rating=ratings.get(client.pk),
            today=today,
        )
        for client in clients
    ]


def _row(
    client: Client,
    contracts: list[Contract],
    *,
    figures: Mapping[str, Figures],
    balances: Mapping[int, Balance],
    forecasts: Mapping[int, HoursForecast],
    counts: Mapping[str, Mapping[int, Mapping[str, Any]]],
    rating: float | None,
    today: date,
) -> ClientRow:
    met, counted = sum(one.met for one in figures.values()), sum(one.counted for one in figures.values())
    paid = next((one.pk for one in contracts if one.pk in balances), 0)
    balance, outlook = balances.get(paid), forecasts.get(paid)
    ends = [one.ends_on for one in contracts if one.ends_on is not None]
    renewal = min(ends, default=None)
    shares = [None if one.compliance is None else 100 * one.compliance for _, one in sorted(figures.items())]
    escalated = counts["escalated"].get(client.pk, {})
    return ClientRow(
        client=client,
        plans=", ".join(sorted({one.plan_version.title for one in contracts})) or "No contract",
        share=share(met, counted),
        is_below=bool(counted) and 100 * met / counted < GOAL,
        spark=spark_of(shares, name=f"{client.name}, monthly share met") if counted else None,
        balance=balance,
        meter=meter_of(used=balance.drawn, granted=balance.granted) if balance else None,
        runs_out_on=outlook.forecast.runs_out_on if outlook else None,
        runs_out_early=outlook is not None and outlook.runs_out_early,
        escalations=escalated.get("number", 0),
        highest_tier=escalated.get("tier", 0),
        overdue=counts["late"].get(client.pk, {}).get("number", 0),
        onboarding=counts["onboarding"].get(client.pk, {}).get("number", 0),
        papers=counts["papers"].get(client.pk, {}).get("number", 0),
        rating=rating,
        renewal_on=renewal,
        renews_soon=renewal is not None and renewal - today <= SOON,
        renewal_days=(renewal - today).days if renewal else 0,
    )


def _contracts(request: StaffRequest, today: date) -> list[Contract]:
    return list(contracts_visible_to(request.actor).in_force(today).with_terms())


def _figures(request: StaffRequest, today: date) -> dict[str, dict[str, Figures]]:
    """Figures by client and month of the last six months, in one statement."""
    first = (today.replace(day=1) - timedelta(days=150)).replace(day=1)
    report = compliance(request.actor, from_=first, to=today, group_by=("client", "month"))
    found: dict[str, dict[str, Figures]] = {}
    for row in report.rows:
        found.setdefault(row.group["client"], {})[row.group["month"]] = row.figures
    return found


def _by_client(found: Any, *, of: str = "client_id", **more: Any) -> dict[int, dict[str, Any]]:  # noqa: ANN401
    rows = found.order_by().values(of).annotate(number=Count("id"), **more)
    return {row[of]: row for row in rows}


def _ratings(request: StaffRequest) -> dict[int, float]:
    rated = tickets_visible_to(request.actor).filter(
        rating__isnull=False, closed_at__gte=request.at - timedelta(days=180)
    )
    rows = rated.order_by().values("client_id").annotate(mean=Avg("rating", filter=Q(rating__gt=0)))
    return {row["client_id"]: row["mean"] for row in rows}


def _trouble(row: ClientRow) -> int:
    late = 2 * row.overdue + row.onboarding + 2 * row.papers
    return 4 * row.escalations + late + 2 * row.is_below + 2 * row.runs_out_early + row.renews_soon


def _tiles(rows: list[ClientRow]) -> list[dict[str, str]]:
    escalations, late = sum(row.escalations for row in rows), sum(row.overdue for row in rows)
    renewals, below = sum(row.renews_soon for row in rows), sum(row.is_below for row in rows)
    top = max((row.highest_tier for row in rows), default=0)
    return [
        _tile("Below 95 %", below, f"of {len(rows)} clients", bad=below > 0),
        _tile(
            "Open escalations", escalations, f"highest at tier {top}" if top else "none", bad=escalations > 0
        ),
        _tile(
            "Overdue planned work",
            late,
            "missed and not delivered yet" if late else "all on time",
            bad=late > 0,
        ),
        _tile("Renewals in 60 days", renewals, "contracts that end", bad=False),
    ]


def _tile(label: str, number: int, extra: str, *, bad: bool) -> dict[str, str]:
    return {"label": label, "number": str(number), "extra": extra, "tone": "warn" if bad else ""}
