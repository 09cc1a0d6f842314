"""What a contact does on a ticket: replying, confirming, escalating, deciding; each a plain form post."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from accounts.queries import contacts_of
from escalation.queries import escalation_for
from escalation.services import mark_not_satisfied, raise_escalation
from events.domain.errors import DomainError, Invalid, NotHere
from tickets.domain.lifecycle import Status
from tickets.domain.texts import BODY_LIMIT
from tickets.models import Ticket
from tickets.queries import approval_for, open_proposal
from tickets.services import (
    add_participant,
    answer_urgency_proposal,
    change_status,
    decide_approval,
    discard_draft,
    post_message,
    rate_ticket,
    reclassify,
    remove_participant,
    save_draft,
    seek_cover,
)
from web.files import stored
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.portal.forms.ticket import EscalationForm, RatingForm, ReplyForm, TextForm, UrgencyForm
from web.portal.ticket import own_ticket, show
from web.refusals import refusals_in
from web.requests import PortalRequest

REASON_LENGTH = 500


@portal_page
def reply(request: PortalRequest, key: str) -> HttpResponse:
    """Send a reply; when something is wrong with it, the page comes back with what was typed."""
    ticket = own_ticket(request, key)
    typed = _post(request)
    if "preview" in typed:
        return _preview(request, ticket, typed)
    form = ReplyForm(typed, request.FILES)
    if form.is_valid():
        with refusals_in(form):
            message = post_message(
                actor=request.actor,
                at=request.at,
                ticket=ticket,
                body=form.cleaned_data["body"],
                attachments=stored(request, request.client, form.cleaned_data["files"]),
                submission_id=form.cleaned_data["submission_id"],
            )
            discard_draft(actor=request.actor, client=request.client, ticket=ticket)
            if message.ticket_id != ticket.pk:
                return _back(request, message.ticket, f"{message.ticket.key} follows {ticket.key}.")
            return _back(request, ticket, "Your reply is sent.")
    return show(request, ticket, form=form)


def _preview(request: PortalRequest, ticket: Ticket, typed: QueryDict) -> HttpResponse:
    """Show how the reply will read; nothing is sent or kept, and what was typed stays."""
    body = typed.get("body", "")[:BODY_LIMIT]
    if request.htmx:
        return render_page(request, "components/preview.html", {"body": body})
    seen = ReplyForm(initial=typed.dict())
    return show(request, ticket, form=seen, previewed=body)


@portal_page
def keep_reply(request: PortalRequest, key: str) -> HttpResponse:
    """Keep what is typed while it is not sent."""
    ticket = own_ticket(request, key)
    body = _post(request).get("body", "")
    save_draft(actor=request.actor, at=request.at, client=request.client, ticket=ticket, body=body)
    return render_page(request, "portal/draft_kept.html")


@portal_page
def confirm(request: PortalRequest, key: str) -> HttpResponse:
    """Say that it is solved: a solved ticket closes, an open one is withdrawn for what was typed."""
    typed = _post(request).get("body", "").strip()[:REASON_LENGTH]
    ticket = own_ticket(request, key)
    is_solved = ticket.status == Status.RESOLVED
    to = Status.CLOSED if is_solved else Status.CANCELLED
    reason = "" if is_solved else typed or "The client says that it is solved."
    change_status(actor=request.actor, at=request.at, ticket=ticket, to=to, reason=reason)
    return _back(request, ticket, f"{ticket.key} is closed. Thank you.")


@portal_page
def reopen(request: PortalRequest, key: str) -> HttpResponse:
    """Say that it is not solved, in words that the engineer reads; work goes on."""
    ticket = own_ticket(request, key)
    return _with(
        request,
        ticket,
        TextForm(_post(request)),
        lambda form: post_message(
            actor=request.actor, at=request.at, ticket=ticket, body=form.cleaned_data["text"]
        ),
        said="We took it up again.",
    )


@portal_page
def escalate(request: PortalRequest, key: str) -> HttpResponse:
    """Call for the first tier of the contract's path (E2)."""
    ticket = own_ticket(request, key)
    form = EscalationForm(_post(request))
    if form.is_valid() and form.is_for_the_account_executive:
        page = show(request, ticket, calls=form)
        page.status_code = 422
        return page
    return _with(
        request,
        ticket,
        form,
        lambda form: raise_escalation(
            actor=request.actor,
            at=request.at,
            ticket=ticket,
            ground=form.cleaned_data["ground"],
            reason=form.cleaned_data["reason"],
        ),
        said=f"{ticket.key} is escalated.",
    )


@portal_page
def not_satisfied(request: PortalRequest, key: str, escalation_id: int) -> HttpResponse:
    """Say that the answer to an escalation does not do; the next tier is asked (E3)."""
    ticket = own_ticket(request, key)
    escalation = escalation_for(request.actor, escalation_id=escalation_id)
    if escalation.ticket_id != ticket.pk:
        raise NotHere
    return _with(
        request,
        ticket,
        TextForm(_post(request)),
        lambda form: mark_not_satisfied(
            actor=request.actor, at=request.at, escalation=escalation, reason=form.cleaned_data["text"]
        ),
        said="The next tier is asked.",
    )


@portal_page
def set_urgency(request: PortalRequest, key: str) -> HttpResponse:
    """Change the urgency; the client owns it."""
    ticket = own_ticket(request, key)
    chosen = UrgencyForm(_post(request))
    chosen.fields["urgency"].choices = [(_post(request).get("urgency", ""), "")]  # type: ignore[attr-defined]
    return _with(
        request,
        ticket,
        chosen,
        lambda form: reclassify(actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data),
        said="The urgency is changed.",
    )


@portal_page
def answer_proposal(request: PortalRequest, key: str, proposal_id: int) -> HttpResponse:
    """Accept or decline the urgency that staff propose."""
    ticket = own_ticket(request, key)
    proposal = open_proposal(ticket)
    if proposal is None or proposal.pk != proposal_id:
        raise NotHere
    posted = _post(request)
    accept, words = posted.get("decision") == "approved", posted.get("words", "")[:5000]
    try:
        answer_urgency_proposal(
            actor=request.actor, at=request.at, proposal=proposal, accept=accept, answer=words
        )
    except Invalid as refusal:
        page = show(request, ticket, problem=refusal.detail)
        page.status_code = 422
        return page
    return _back(request, ticket, "The urgency is changed." if accept else "The urgency stays as it is.")


@portal_page
def decide(request: PortalRequest, key: str, approval_id: int) -> HttpResponse:
    """Give or refuse an approval."""
    ticket = own_ticket(request, key)
    approval = approval_for(request.actor, approval_id)
    if approval.ticket_id != ticket.pk:
        raise NotHere
    posted = _post(request)
    approve = posted.get("decision") == "approved"
    decide_approval(
        actor=request.actor,
        at=request.at,
        approval=approval,
        approve=approve,
        comment=posted.get("words", ""),
    )
    return _back(request, ticket, "Approved." if approve else "Declined.")


@portal_page
def seek(request: PortalRequest, key: str) -> HttpResponse:
    """Ask for work that the plan leaves out: as an exception, or under an order of its own."""
    ticket = own_ticket(request, key)
    posted = _post(request)
    try:
        seek_cover(
            actor=request.actor,
            at=request.at,
            ticket=ticket,
            way=posted.get("way", ""),
            words=posted.get("words", ""),
        )
    except Invalid as refusal:
        return show(request, ticket, problem=" ".join(refusal.fields.values()) or str(refusal))
    return _back(request, ticket, "We have your request and answer it here.")


@portal_page
def add_person(request: PortalRequest, key: str) -> HttpResponse:
    """Let a colleague read and reply."""
    ticket = own_ticket(request, key)
    asked = _post(request).get("person", "")
    person = next((one.person for one in contacts_of(request.client) if str(one.person_id) == asked), None)
    if person is None:
        raise Invalid("Choose one of your colleagues.")
    add_participant(actor=request.actor, at=request.at, ticket=ticket, person=person)
    return _back(request, ticket, f"{person.name} reads this ticket now.")


@portal_page
def remove_person(request: PortalRequest, key: str, person_id: int) -> HttpResponse:
    """Take a colleague off a ticket."""
    _post(request)
    ticket = own_ticket(request, key)
    person = next((one.person for one in contacts_of(request.client) if one.person_id == person_id), None)
    if person is None:
        raise NotHere
    remove_participant(actor=request.actor, at=request.at, ticket=ticket, person=person)
    return _back(request, ticket, f"{person.name} no longer takes part.")


@portal_page
def rate(request: PortalRequest, key: str) -> HttpResponse:
    """Say how it went."""
    ticket = own_ticket(request, key)
    return _with(
        request,
        ticket,
        RatingForm(_post(request)),
        lambda form: rate_ticket(actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data),
        said="Thank you for telling us.",
    )


def _post(request: PortalRequest) -> QueryDict:
    """What was posted; a page that only acts has nothing to show on a plain visit."""
    if request.method != "POST":
        raise NotHere
    return request.POST


def _with(
    request: PortalRequest, ticket: Ticket, form: Form, act: Callable[[Form], object], *, said: str
) -> HttpResponse:
    """Clean a small form and act on it; what is wrong is said on the ticket's page."""
    problem = next((str(words[0]) for words in form.errors.values()), "")
    if not problem:
        try:
            act(form)
        except DomainError as refusal:
            if isinstance(refusal, NotHere):
                raise
            problem = next(iter(refusal.fields.values()), refusal.detail)
        else:
            return _back(request, ticket, said)
    calls = form if isinstance(form, EscalationForm) else None
    page = show(request, ticket, problem=problem, calls=calls)
    page.status_code = 422
    return page


def _back(request: PortalRequest, ticket: Ticket, said: str) -> HttpResponse:
    messages.success(request, said)
    where = {"client": request.client.slug, "key": ticket.key}
    return go_to(request, reverse("portal:ticket", kwargs=where))
