"""Events at the success desk: planned, announced, moved, called off, and who came (P6)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from proactive.models import Mailing, MailingKind, MailingState, Webinar, WebinarState
from proactive.permissions import may_mail
from proactive.queries.mailings import registrations_visible_to, webinar_figures, webinar_for, webinars
from proactive.services import (
    announce_webinar,
    call_webinar_off,
    change_webinar,
    note_attendance,
    plan_webinar,
    send_test,
)
from web.fragments import go_to, render_page
from web.gates import success_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.success.forms.mailings import CallOffForm, MomentForm, WebinarForm
from web.success.mailing_shown import mailing_context

SHOWN = 50
_TO_SEND = (MailingState.DRAFT, MailingState.HELD)


@success_page
def events(request: StaffRequest) -> HttpResponse:
    """List the events, the latest first."""
    context = {"rows": list(webinars(request.actor)[:SHOWN]), "writes": may_mail(request.actor)}
    return render_page(request, "success/events.html", context)


@success_page
def event(request: StaffRequest, webinar_id: int) -> HttpResponse:
    """Show one event: what is said of it, whom it reaches, who comes, and what went out around it."""
    found = webinar_for(request.actor, webinar_id=webinar_id)
    invitation = _invitation(found)
    is_ahead = found.starts_at > request.at and found.state != WebinarState.CALLED_OFF
    context = {
        "one": found,
        "invitation": invitation,
        "around": list(found.mailings.exclude(kind=MailingKind.INVITATION).order_by("send_at", "id")),
        "coming": list(registrations_visible_to(request.actor, found)),
        "figures": webinar_figures(found),
        "is_over": found.starts_at <= request.at,
        "writes": may_mail(request.actor) and (is_ahead or found.state == WebinarState.DRAFT),
        "announces": may_mail(request.actor) and is_ahead and invitation.state in _TO_SEND,
        "notes": may_mail(request.actor) and found.starts_at <= request.at,
        "progress_address": reverse("success:event", kwargs={"webinar_id": found.pk}),
        **mailing_context(request, invitation),
    }
    return render_page(request, "success/event.html", context, part="progress")


@success_page
def new_event(request: StaffRequest) -> HttpResponse:
    """Draft an event."""
    made: list[Webinar] = []
    words = Words(
        title="Plan an event",
        verb="Keep it as a draft",
        said="A draft; nobody was told yet.",
        back=reverse("success:events"),
        where="Events",
        text="It goes to the contacts of every contract whose plan carries events, or to those you choose.",
    )
    answer = act_page(
        request,
        WebinarForm(typed(request), zone=request.zone),
        words=words,
        act=lambda form: made.append(
            plan_webinar(actor=request.actor, at=request.at, words=form.words(), audience=form.audience())
        ),
    )
    return go_to(request, _address(made[0])) if made else answer


@success_page
def edit_event(request: StaffRequest, webinar_id: int) -> HttpResponse:
    """Change an event; who registered hears of a new hour or place."""
    found, invitation = _own(request, webinar_id)
    names = ("title", "description", "host", "minutes", "address", "seats")
    stands = {name: getattr(found, name) for name in names}
    stands |= {name: getattr(invitation, name) for name in ("plans", "products", "roles")}
    stands["starts_at"] = found.starts_at.astimezone(request.zone).replace(tzinfo=None)
    return act_page(
        request,
        WebinarForm(typed(request), initial=stands, zone=request.zone),
        words=_words(found, title="Change the event", verb="Keep it", said="Kept."),
        act=lambda form: change_webinar(
            actor=request.actor,
            at=request.at,
            webinar=found,
            words=form.words(),
            audience=form.audience(),
        ),
    )


@success_page
def announce_event(request: StaffRequest, webinar_id: int) -> HttpResponse:
    """Invite everybody now, or at a moment."""
    found, _ = _own(request, webinar_id)
    if request.method == "POST" and "now" in request.POST:
        announce_webinar(actor=request.actor, at=request.at, webinar=found)
        return done(request, "The invitations go out now; you may leave this page.", _address(found))
    return act_page(
        request,
        MomentForm(typed(request), zone=request.zone),
        words=_words(found, title="When the invitations go out", verb="Schedule them", said="Scheduled."),
        act=lambda form: announce_webinar(
            actor=request.actor, at=request.at, webinar=found, send_at=form.cleaned_data["send_at"]
        ),
    )


@success_page
def test_event(request: StaffRequest, webinar_id: int) -> HttpResponse:
    """Send the invitation to oneself."""
    posted(request)
    found, invitation = _own(request, webinar_id)
    send_test(actor=request.actor, at=request.at, mailing=invitation)
    return done(request, f"On its way to {request.user.email}, and to nobody else.", _address(found))


@success_page
def call_event_off(request: StaffRequest, webinar_id: int) -> HttpResponse:
    """Let it not take place."""
    found, _ = _own(request, webinar_id)
    words = Words(
        title="Call the event off",
        verb="Call it off",
        said="Called off; who registered is told.",
        back=_address(found),
        where=found.title,
        is_danger=True,
    )
    return act_page(
        request,
        CallOffForm(typed(request)),
        words=words,
        act=lambda form: call_webinar_off(
            actor=request.actor, at=request.at, webinar=found, reason=form.cleaned_data["reason"]
        ),
    )


@success_page
def attendance(request: StaffRequest, webinar_id: int) -> HttpResponse:
    """Note who came."""
    found, _ = _own(request, webinar_id)
    came = [int(one) for one in posted(request).getlist("came") if one.isdecimal() and len(one) < 19]
    many = note_attendance(actor=request.actor, at=request.at, webinar=found, came=came)
    return done(request, f"Noted: {many} came.", _address(found))


def _own(request: StaffRequest, webinar_id: int) -> tuple[Webinar, Mailing]:
    """An event with its invitation, for somebody who holds events."""
    found = webinar_for(request.actor, webinar_id=webinar_id)
    if not may_mail(request.actor):
        raise NotHere
    return found, _invitation(found)


def _invitation(found: Webinar) -> Mailing:
    return found.mailings.get(kind=MailingKind.INVITATION)


def _address(found: Webinar) -> str:
    return reverse("success:event", kwargs={"webinar_id": found.pk})


def _words(found: Webinar, *, title: str, verb: str, said: str) -> Words:
    return Words(title=title, verb=verb, said=said, back=_address(found), where=found.title)
