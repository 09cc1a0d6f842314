"""The service-level report over all clients that the reader watches (S16)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from accounts.queries import clients_visible_to
from web.fragments import render_page
from web.gates import success_page
from web.reports.service_levels import Asked, as_csv, as_pdf, asked_for, clocks_context, report_context
from web.requests import StaffRequest


@success_page
def report(request: StaffRequest) -> HttpResponse:
    """Show the report."""
    clients = list(clients_visible_to(request.actor))
    context = {
        **report_context(request.actor, _asked(request), clients=clients),
        "behind": reverse("success:report_clocks"),
        "csv": reverse("success:report_csv"),
        "pdf": reverse("success:report_pdf"),
    }
    return render_page(request, "success/report.html", context)


@success_page
def clocks(request: StaffRequest) -> HttpResponse:
    """Show the clocks behind one number."""
    state, month = request.GET.get("state", ""), request.GET.get("month", "")
    context = clocks_context(request.actor, _asked(request), state=state, month=month)
    return render_page(request, "success/report_clocks.html", context)


@success_page
def csv(request: StaffRequest) -> HttpResponse:
    """Hand out the same figures as CSV."""
    return as_csv(request.actor, _asked(request))


@success_page
def pdf(request: StaffRequest) -> HttpResponse:
    """Hand out the same figures as PDF."""
    return as_pdf(request, _asked(request), title="Service levels")


def _asked(request: StaffRequest) -> Asked:
    return asked_for(request.GET, today=request.at.astimezone(request.zone).date())
