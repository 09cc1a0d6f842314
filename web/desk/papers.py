"""Documents that plans owe after incidents, and the steps of planned changes, as staff work on them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from contracts.domain.plan import Plan
from events.domain.errors import NotHere
from tickets.models import Document, Ticket
from tickets.permissions import may_work
from tickets.queries import (
    change_step_for,
    change_steps_of,
    change_templates,
    document_kinds_of,
    documents_of,
    owed_documents,
)
from tickets.services import (
    add_change_step,
    draft_document,
    plan_change,
    publish_document,
    tick_change_step,
    untick_change_step,
)
from web.desk.acting import Words, act_page, back_to, own_ticket, posted, typed
from web.desk.around import Around
from web.desk.forms.papers import ChangeForm, DocumentForm, StepForm
from web.fragments import render_page
from web.gates import staff_page
from web.papers import changes_of
from web.refusals import refusals_in
from web.requests import StaffRequest

SHOWN = 200


@staff_page
def documents(request: StaffRequest) -> HttpResponse:
    """Show what clients wait to read, the earliest due first."""
    rows = [_owed(request, one) for one in owed_documents(request.actor)[:SHOWN]]
    late = sum(row["is_late"] for row in rows)
    return render_page(request, "desk/documents.html", {"rows": rows, "late": late})


@staff_page
def document(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Write one document: keep it as a draft, or give it to the client."""
    ticket = own_ticket(request, key)
    row = next((one for one in documents_of(ticket) if one.kind == kind), None)
    label = row.label if row else document_kinds_of(ticket).get(kind)
    if label is None:
        raise NotHere
    form = DocumentForm(typed(request), initial={"body": row.draft if row else ""})
    if request.method == "POST" and form.is_valid():
        is_final = request.POST.get("act") == "publish"
        act = publish_document if is_final else draft_document
        with refusals_in(form):
            act(actor=request.actor, at=request.at, ticket=ticket, kind=kind, body=form.cleaned_data["body"])
            said = f"{ticket.client.name} can read it now." if is_final else "The draft is kept."
            return back_to(request, ticket, said, place="documents")
    context = {
        "ticket": ticket,
        "row": row,
        "label": label,
        "form": form,
        "editions": list(row.editions.all()) if row else [],
        "may_work": may_work(request.actor, ticket),
        "is_late": row is not None and _is_late(request, row),
    }
    return render_page(request, "desk/document.html", context, status=422 if form.errors else 200)


@staff_page
def plan(request: StaffRequest, key: str) -> HttpResponse:
    """Give the ticket the steps of a template."""
    ticket = own_ticket(request, key)
    used = set(change_steps_of(ticket).values_list("template", flat=True))
    templates = [one for one in change_templates().values() if one.key not in used]
    words = Words(
        title="Plan it as a change",
        verb="Add the steps",
        said="The steps are on the ticket.",
        text="The client sees the steps, and who ticked them off when.",
        place="change",
    )
    return act_page(
        request,
        ticket,
        ChangeForm(typed(request), templates=templates),
        words=words,
        act=lambda form: plan_change(
            actor=request.actor, at=request.at, ticket=ticket, template=form.cleaned_data["template"]
        ),
    )


@staff_page
def add_step(request: StaffRequest, key: str, template: str) -> HttpResponse:
    """Add a step that the template does not have."""
    ticket = own_ticket(request, key)
    if not change_steps_of(ticket).filter(template=template).exists():
        raise NotHere
    words = Words(title="Add a step", verb="Add the step", said="The step is added.", place="change")
    return act_page(
        request,
        ticket,
        StepForm(typed(request)),
        words=words,
        act=lambda form: add_change_step(
            actor=request.actor, at=request.at, ticket=ticket, template=template, **form.cleaned_data
        ),
    )


@staff_page
def tick(request: StaffRequest, key: str, change_step_id: int) -> HttpResponse:
    """Tick a step off, or take the tick back."""
    data = posted(request)
    ticket = own_ticket(request, key)
    step = change_step_for(request.actor, change_step_id)
    if step.ticket_id != ticket.pk:
        raise NotHere
    if data.get("act") == "untick":
        untick_change_step(actor=request.actor, at=request.at, step=step)
        return back_to(request, ticket, "The tick is taken back.", place="change")
    remark = data.get("remark", "")
    tick_change_step(actor=request.actor, at=request.at, step=step, remark=remark)
    return back_to(request, ticket, "Ticked off.", place="change")


def papers_panel(request: StaffRequest, ticket: Ticket, plan: Plan, near: Around) -> dict[str, Any]:
    """What is owed on paper here, what could be begun already, and the steps of planned changes."""
    kinds = {one.kind for one in near.documents}
    owed = document_kinds_of(ticket, plan)
    begun = {kind: label for kind, label in owed.items() if kind not in kinds}
    return {
        "papers": [{"row": one, "is_late": _is_late(request, one)} for one in near.documents],
        "papers_ahead": begun,
        "changes": changes_of(near.steps),
    }


def _is_late(request: StaffRequest, row: Document) -> bool:
    return row.published_at is None and row.due_at is not None and row.due_at < request.at


def _owed(request: StaffRequest, row: Document) -> dict[str, Any]:
    return {"row": row, "is_late": _is_late(request, row)}
