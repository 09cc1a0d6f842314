"""Canned replies: the reader's own, those that their teams share, and all of them filled in for a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from tickets.domain.canned import VARIABLES, filled, first_name
from tickets.models import CannedReply, Ticket
from tickets.queries import canned_replies_of, canned_reply_for, teams_of
from tickets.services import remove_canned_reply, save_canned_reply
from web.desk.acting import own_ticket
from web.desk.forms.fields import offer
from web.desk.views import team_choices
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.wording.times import moment


class TextForm(forms.Form):
    """A canned reply."""

    title = forms.CharField(max_length=80, help_text="By this you find it when you write.")
    body = forms.CharField(
        label="The text",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Variables: " + ", ".join(f"{{{{{name}}}}} {words}" for name, words in VARIABLES.items()),
    )
    team = forms.ChoiceField(label="Share with", required=False)

    def __init__(self, *args: Any, request: StaffRequest, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the reader's teams."""
        super().__init__(*args, **kwargs)
        offer(self, "team", team_choices(request))


@staff_page
def texts(request: StaffRequest) -> HttpResponse:
    """Show the texts that the reader can send, their own first."""
    found = list(canned_replies_of(request.actor))
    own = [one for one in found if one.owner_id == request.actor.person_id]
    shared = [one for one in found if one.owner_id != request.actor.person_id]
    return render_page(request, "desk/texts.html", {"own": own, "shared": shared})


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    """Write a text to be sent again."""
    words = Words(
        title="New text", verb="Keep it", said="The text is kept.", back=_back(), where="Canned replies"
    )
    return _edit(request, TextForm(typed(request), request=request), words)


@staff_page
def change(request: StaffRequest, text_id: int) -> HttpResponse:
    """Change a text of one's own."""
    text = canned_reply_for(request.actor, text_id)
    words = Words(
        title=f"Change “{text.title}”", verb="Save", said="Saved.", back=_back(), where="Canned replies"
    )
    initial = {"title": text.title, "body": text.body, "team": str(text.team_id or "")}
    return _edit(request, TextForm(typed(request), request=request, initial=initial), words, text)


@staff_page
def remove(request: StaffRequest, text_id: int) -> HttpResponse:
    """Forget a text of one's own."""
    posted(request)
    text = canned_reply_for(request.actor, text_id)
    remove_canned_reply(actor=request.actor, reply=text)
    return done(request, f"“{text.title}” is gone.", _back())


@staff_page
def on_ticket(request: StaffRequest, key: str) -> HttpResponse:
    """Show every text as it reads on this ticket: to be put into the reply, or copied from a page."""
    ticket = own_ticket(request, key)
    values = values_on(request, ticket)
    found = [
        {"title": one.title, "body": filled(one.body, values), "team": one.team.name if one.team else ""}
        for one in canned_replies_of(request.actor)
    ]
    context = {"ticket": ticket, "texts": found}
    return render_page(request, "desk/texts_on_ticket.html", context, part="texts")


def _edit(
    request: StaffRequest, form: TextForm, words: Words, text: CannedReply | None = None
) -> HttpResponse:
    def act(sent: TextForm) -> object:
        chosen = sent.cleaned_data["team"]
        team = next((one for one in teams_of(request.actor) if str(one.pk) == chosen), None)
        return save_canned_reply(
            actor=request.actor,
            at=request.at,
            title=sent.cleaned_data["title"],
            body=sent.cleaned_data["body"],
            team=team,
            reply=text,
        )

    return act_page(request, form, words=words, act=act)


def values_on(request: StaffRequest, ticket: Ticket) -> Mapping[str, str]:
    """What the variables of a text become on this ticket; the client's clock tells the moment."""
    requester = ticket.requester.name if ticket.requester else ""
    zone = ZoneInfo(ticket.client.zone)
    due = ticket.next_due_at
    return {
        "ticket": ticket.key,
        "subject": ticket.subject,
        "client": ticket.client.name,
        "requester": first_name(requester),
        "requester_full": requester,
        "me": first_name(request.actor.name),
        "me_full": request.actor.name,
        "next_due": moment(due, zone=zone, now=request.at) if due is not None and due > request.at else "",
    }


def _back() -> str:
    return reverse("desk:texts")
