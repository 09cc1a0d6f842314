"""Health assessments in the portal: read, decided point by point, and made tickets (P2)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from proactive.domain.assessing import Decision, by_severity
from proactive.models import Assessment, Finding
from proactive.printing.assessment import assessment_pdf
from proactive.queries import assessment_for, checks_of, finding_for, findings_of
from proactive.services import decide_finding, make_ticket_of
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.paper_files import as_pdf_file
from web.refusals import refusals_in
from web.requests import PortalRequest
from web.wording.findings import finding_views


class DecisionForm(forms.Form):
    """What is to be done about a finding."""

    decision = forms.ChoiceField(
        label="What should happen?", choices=Decision.choices(), widget=forms.RadioSelect
    )
    planned_on = forms.DateField(
        label="Planned for",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Where it is planned for later.",
    )
    note = forms.CharField(label="A word on it", required=False, widget=forms.Textarea(attrs={"rows": 3}))


@portal_page
def assessment(request: PortalRequest, assessment_id: int) -> HttpResponse:
    """Show a published assessment with its findings and what was looked at."""
    found = _own(request, assessment_id)
    findings = findings_of(found)
    context = {
        "paper": found,
        "findings": finding_views(findings),
        "counts": by_severity(finding.severity for finding in findings),
        "checks": checks_of(found),
        "decides": request.actor.role_at(request.client.pk) == "poc",
    }
    return render_page(request, "portal/assessment.html", context)


@portal_page
def pdf(request: PortalRequest, assessment_id: int) -> HttpResponse:
    """Hand the assessment out as PDF."""
    found = _own(request, assessment_id)
    content = assessment_pdf(found, checks=checks_of(found), findings=findings_of(found), zone=request.zone)
    return as_pdf_file(content, title=found.title)


@portal_page
def decide(request: PortalRequest, finding_id: int) -> HttpResponse:
    """Decide what is to be done about a finding."""
    finding = _own_finding(request, finding_id)
    initial = {"decision": finding.decision, "planned_on": finding.planned_on, "note": finding.decision_note}
    form = DecisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            decide_finding(actor=request.actor, at=request.at, finding=finding, **form.cleaned_data)
            messages.success(request, "Thank you; your success manager is told.")
            return go_to(request, _address(request, finding))
    context = {
        "form": form,
        "finding": finding,
        "back": _address(request, finding),
        "decides": request.actor.role_at(request.client.pk) == "poc",
    }
    return render_page(request, "portal/finding.html", context, status=422 if form.errors else 200)


@portal_page
def make_ticket(request: PortalRequest, finding_id: int) -> HttpResponse:
    """Open a ticket about a finding."""
    if request.method != "POST":
        raise NotHere
    finding = _own_finding(request, finding_id)
    ticket = make_ticket_of(actor=request.actor, at=request.at, finding=finding)
    return go_to(request, reverse("portal:ticket", kwargs={"client": request.client.slug, "key": ticket.key}))


def _own(request: PortalRequest, assessment_id: int) -> Assessment:
    found = assessment_for(request.actor, assessment_id=assessment_id)
    if found.client_id != request.client.pk:
        raise NotHere
    return found


def _own_finding(request: PortalRequest, finding_id: int) -> Finding:
    finding = finding_for(request.actor, finding_id=finding_id)
    if finding.client_id != request.client.pk:
        raise NotHere
    return finding


def _address(request: PortalRequest, finding: Finding) -> str:
    where = {"client": request.client.slug, "assessment_id": finding.assessment_id}
    return f"{reverse('portal:assessment', kwargs=where)}#f{finding.number}"
