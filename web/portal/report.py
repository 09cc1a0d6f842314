"""The client's own service-level report, open to it at any time (S16)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from web.fragments import render_page
from web.gates import portal_page
from web.reports.service_levels import Asked, as_csv, as_pdf, asked_for, clocks_context, report_context
from web.requests import PortalRequest


@portal_page
def report(request: PortalRequest) -> HttpResponse:
    """Show the report."""
    where = {"client": request.client.slug}
    context = {
        **report_context(request.actor, _asked(request)),
        "behind": reverse("portal:report_clocks", kwargs=where),
        "csv": reverse("portal:report_csv", kwargs=where),
        "pdf": reverse("portal:report_pdf", kwargs=where),
    }
    return render_page(request, "portal/report.html", context)


@portal_page
def clocks(request: PortalRequest) -> HttpResponse:
    """Show the clocks behind one number."""
    state, month = request.GET.get("state", ""), request.GET.get("month", "")
    context = clocks_context(request.actor, _asked(request), state=state, month=month)
    return render_page(request, "portal/report_clocks.html", context)


@portal_page
def csv(request: PortalRequest) -> HttpResponse:
    """Hand out the same figures as CSV."""
    return as_csv(request.actor, _asked(request))


@portal_page
def pdf(request: PortalRequest) -> HttpResponse:
    """Hand out the same figures as PDF."""
    return as_pdf(request, _asked(request), title=f"Service levels of {request.client.name}")


def _asked(request: PortalRequest) -> Asked:
    today = request.at.astimezone(request.zone).date()
    return asked_for(request.GET, today=today, only_client=request.client.key)
