"""Health assessments at the success desk: begun, filled in, published, and what becomes of findings (P2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from proactive.domain.assessing import by_severity
from proactive.models import AssessedEnvironment, Assessment, Check
from proactive.permissions import may_deliver
from proactive.printing.assessment import assessment_pdf
from proactive.queries import assessment_for, checks_of, finding_for, findings_of, occurrence_for
from proactive.services import (
    add_finding,
    begin_assessment,
    change_finding,
    make_ticket_of,
    publish_assessment,
    record_checks,
    remove_finding,
    settle_finding,
    write_summary,
)
from web.fragments import go_to, render_page
from web.gates import success_page
from web.paper_files import as_pdf_file
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.success.forms.assessment import ChecksForm, FindingForm, ScopeForm, SettleForm, SummaryForm
from web.wording.findings import finding_views


@success_page
def begin(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Begin the assessment that fulfils a delivery."""
    owed = occurrence_for(request.actor, occurrence_id=occurrence_id)
    contract = owed.programme.contract
    form = ScopeForm(typed(request))
    form.offer(contract)
    back = reverse("success:occurrence", kwargs={"occurrence_id": owed.pk})
    made: list[Assessment] = []

    def act(form: ScopeForm) -> None:
        given = form.cleaned_data
        made.append(
            begin_assessment(
                actor=request.actor,
                at=request.at,
                contract=contract,
                environments=list(given["environments"]),
                title=given["title"],
                occurrence=owed,
            )
        )

    words = Words(
        title="Begin the assessment",
        verb="Begin",
        said="Begun. Now look at each point.",
        back=back,
        where=owed.programme.label,
        text="Every environment gets the points of its product to look at.",
    )
    answer = act_page(request, form, words=words, act=act)
    return go_to(request, address(made[0])) if made else answer


@success_page
def assessment(request: StaffRequest, assessment_id: int) -> HttpResponse:
    """Show an assessment: what was looked at, what was found, and whether the client reads it."""
    found = assessment_for(request.actor, assessment_id=assessment_id)
    checks = checks_of(found)
    findings = findings_of(found)
    context = {
        "paper": found,
        "places": _places(checks),
        "unseen": sum(not check.outcome for check in checks),
        "looked_at": sum(bool(check.outcome) for check in checks),
        "findings": finding_views(findings),
        "counts": by_severity(finding.severity for finding in findings),
        "writes": may_deliver(request.actor, found.client_id),
    }
    return render_page(request, "success/assessment.html", context)


@success_page
def pdf(request: StaffRequest, assessment_id: int) -> HttpResponse:
    """Hand the assessment out as PDF."""
    found = assessment_for(request.actor, assessment_id=assessment_id)
    content = assessment_pdf(found, checks=checks_of(found), findings=findings_of(found), zone=request.zone)
    return as_pdf_file(content, title=found.title)


@success_page
def summary(request: StaffRequest, assessment_id: int) -> HttpResponse:
    """Write title and summary."""
    found = assessment_for(request.actor, assessment_id=assessment_id)
    form = SummaryForm(typed(request), initial={"title": found.title, "summary": found.summary})
    words = Words(
        title="Summary", verb="Save", said="The summary is kept.", back=address(found), where=found.title
    )
    return act_page(
        request,
        form,
        words=words,
        act=lambda form: write_summary(
            actor=request.actor, at=request.at, assessment=found, **form.cleaned_data
        ),
    )


@success_page
def checks(request: StaffRequest, assessment_id: int, place_id: int) -> HttpResponse:
    """Write down what the points of one environment showed."""
    found = assessment_for(request.actor, assessment_id=assessment_id)
    rows = [check for check in checks_of(found) if check.place_id == place_id]
    if not rows:
        raise NotHere
    form = ChecksForm(typed(request))
    form.ask(rows)
    words = Words(
        title=f"What {rows[0].place.name} showed",
        verb="Save",
        said="What was seen is kept.",
        back=address(found),
        where=found.title,
    )
    return act_page(
        request,
        form,
        words=words,
        act=lambda form: record_checks(
            actor=request.actor, at=request.at, assessment=found, answers=form.answers()
        ),
    )


@success_page
def new_finding(request: StaffRequest, assessment_id: int) -> HttpResponse:
    """Add a finding."""
    found = assessment_for(request.actor, assessment_id=assessment_id)
    form = FindingForm(typed(request))
    form.offer(found)
    words = Words(title="New finding", verb="Add it", said="Added.", back=address(found), where=found.title)
    return act_page(
        request,
        form,
        words=words,
        act=lambda form: add_finding(
            actor=request.actor, at=request.at, assessment=found, words=form.words()
        ),
    )


@success_page
def edit_finding(request: StaffRequest, finding_id: int) -> HttpResponse:
    """Write a finding anew."""
    finding = finding_for(request.actor, finding_id=finding_id)
    names = ("title", "severity", "place", "topic", "detail", "recommendation")
    form = FindingForm(typed(request), initial={name: getattr(finding, name) for name in names})
    form.offer(finding.assessment)
    words = Words(
        title=f"Finding {finding.number}",
        verb="Save",
        said="Kept.",
        back=address(finding.assessment),
        where=finding.assessment.title,
    )
    return act_page(
        request,
        form,
        words=words,
        act=lambda form: change_finding(
            actor=request.actor, at=request.at, finding=finding, words=form.words()
        ),
    )


@success_page
def drop_finding(request: StaffRequest, finding_id: int) -> HttpResponse:
    """Take a finding out of the draft."""
    posted(request)
    finding = finding_for(request.actor, finding_id=finding_id)
    remove_finding(actor=request.actor, at=request.at, finding=finding)
    return done(request, "Taken out.", address(finding.assessment))


@success_page
def publish(request: StaffRequest, assessment_id: int) -> HttpResponse:
    """Let the client read it."""
    posted(request)
    found = assessment_for(request.actor, assessment_id=assessment_id)
    publish_assessment(actor=request.actor, at=request.at, assessment=found)
    return done(request, "Published; the points of contact are told.", address(found))


@success_page
def finding_ticket(request: StaffRequest, finding_id: int) -> HttpResponse:
    """Open a ticket about a finding."""
    posted(request)
    finding = finding_for(request.actor, finding_id=finding_id)
    ticket = make_ticket_of(actor=request.actor, at=request.at, finding=finding)
    return done(request, f"{ticket.key} sees to it.", address(finding.assessment))


@success_page
def finding_settled(request: StaffRequest, finding_id: int) -> HttpResponse:
    """Say that a finding was put right."""
    finding = finding_for(request.actor, finding_id=finding_id)
    words = Words(
        title=f"Finding {finding.number} is put right",
        verb="Say so",
        said="Noted.",
        back=address(finding.assessment),
        where=finding.assessment.title,
    )
    return act_page(
        request,
        SettleForm(typed(request)),
        words=words,
        act=lambda form: settle_finding(
            actor=request.actor, at=request.at, finding=finding, note=form.cleaned_data["note"]
        ),
    )


def address(found: Assessment) -> str:
    """Where an assessment is at the success desk."""
    return reverse("success:assessment", kwargs={"assessment_id": found.pk})


def _places(checks: list[Check]) -> list[tuple[AssessedEnvironment, list[Check]]]:
    rows: dict[AssessedEnvironment, list[Check]] = {}
    for check in checks:
        rows.setdefault(check.place, []).append(check)
    return list(rows.items())
