"""The client's systems: how each is, what is announced for it, and announcing maintenance (P8, S11)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Environment, MaintenanceWindow
from contracts.permissions import may_announce_windows
from contracts.queries import environments_visible_to, windows_visible_to
from contracts.queries.windows import overlaps_of
from contracts.services import announce_maintenance_window, cancel_maintenance_window
from events.domain.errors import NotHere
from proactive.models import Monitor, Probe, ProbeDay, Problem
from proactive.queries.monitoring import days_of, failing, probes_of, problems_visible_to
from tickets.queries import visible_to as tickets_visible_to
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.portal.forms.maintenance import MaintenanceForm
from web.refusals import refusals_in
from web.requests import PortalRequest
from web.windows import overlap_words

DAYS = 30


@portal_page
def systems(request: PortalRequest) -> HttpResponse:
    """Show every system with its state, and the maintenance that is ahead or under way."""
    found = list(_own(request).select_related("contract__client"))
    windows = list(
        windows_visible_to(request.actor)
        .filter(environment__in=found, ends_at__gt=request.at, cancelled_at__isnull=True)
        .select_related("environment")
    )
    context = {
        "rows": _rows(request, found),
        "windows": [_window(one, overlaps_of(windows).get(one.pk, [])) for one in windows],
        "announces": {one.pk for one in found if may_announce_windows(request.actor, one.contract)},
        "days": DAYS,
    }
    return render_page(request, "portal/systems.html", context)


@portal_page
def announce(request: PortalRequest, environment_id: int) -> HttpResponse:
    """Announce maintenance of a system; those who look after it are told."""
    found = _own(request).select_related("contract__client").filter(pk=environment_id).first()
    if found is None or not may_announce_windows(request.actor, found.contract):
        raise NotHere
    form = MaintenanceForm(request.POST if request.method == "POST" else None, zone=request.zone)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = announce_maintenance_window(
                actor=request.actor, at=request.at, environment=found, **form.cleaned_data
            )
            messages.success(request, "It is announced.")
            if words := overlap_words(made, zone=request.zone, now=request.at):
                messages.warning(request, words)
            return go_to(request, _address(request))
    status = 422 if form.errors else 200
    return render_page(request, "portal/maintenance.html", {"form": form, "one": found}, status=status)


@portal_page
def call_off(request: PortalRequest, window_id: int) -> HttpResponse:
    """Call a window off; what of it has passed stays excluded."""
    found = windows_visible_to(request.actor).select_related("environment__contract__client")
    window = found.filter(pk=window_id, environment__client=request.client).first()
    if request.method != "POST" or window is None:
        raise NotHere
    form = forms.Form(request.POST)
    if form.is_valid():
        with refusals_in(form):
            cancel_maintenance_window(actor=request.actor, at=request.at, window=window)
            messages.success(request, "The maintenance is called off.")
            return go_to(request, _address(request))
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return go_to(request, _address(request))


def _own(request: PortalRequest) -> Any:  # noqa: ANN401  a queryset of environments
    mine = environments_visible_to(request.actor).filter(client=request.client)
    return mine.filter(retired_at__isnull=True)


def _rows(request: PortalRequest, found: list[Environment]) -> list[dict[str, Any]]:
    """Each system with what is wrong, what was measured, and the tickets that the reader may open."""
    problems, probes = defaultdict(list), defaultdict(list)
    for problem in failing(problems_visible_to(request.actor).filter(client=request.client)):
        problems[problem.environment_id].append(problem)
    for probe in probes_of(found):
        probes[probe.environment_id].append(probe)
    since = request.at.date() - timedelta(days=DAYS)
    days = days_of([one for several in probes.values() for one in several], since=since)
    watched = set(Monitor.objects.filter(environment__in=found).values_list("environment_id", flat=True))
    seen = _seen(request, [one for several in problems.values() for one in several])
    return [
        {
            "one": one,
            "is_watched": one.pk in watched,
            "problems": [(each, each.ticket_id in seen) for each in problems[one.pk]],
            "probes": [_measured(each, days) for each in probes[one.pk]],
        }
        for one in found
    ]


def _seen(request: PortalRequest, problems: list[Problem]) -> set[int]:
    ids = {one.ticket_id for one in problems if one.ticket_id is not None}
    return set(tickets_visible_to(request.actor).filter(pk__in=ids).values_list("pk", flat=True))


def _measured(probe: Probe, days: list[ProbeDay]) -> dict[str, Any]:
    mine = [day for day in days if day.probe_id == probe.pk]
    measured, failed = sum(day.measured for day in mine), sum(day.failed for day in mine)
    share = f"{100 * (measured - failed) / measured:.2f}" if measured else ""
    return {"probe": probe, "share": share}


def _window(one: MaintenanceWindow, others: list[MaintenanceWindow]) -> dict[str, Any]:
    return {"window": one, "overlaps": ", ".join(other.summary for other in others)}


def _address(request: PortalRequest) -> str:
    return reverse("portal:systems", kwargs={"client": request.client.slug})
