"""Insights at the success desk: written, seen beforehand, sent, and what became of them (P5)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import Conflict, NotHere
from proactive.models import Mailing, MailingItem, MailingState
from proactive.permissions import may_mail
from proactive.queries.mailings import mailing_for, mailings
from proactive.services import (
    add_item,
    call_mailing_back,
    change_insight,
    change_item,
    remove_item,
    schedule_mailing,
    send_mailing_now,
    send_test,
    write_insight,
)
from web.fragments import go_to, render_page
from web.gates import success_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.success.forms.mailings import InsightForm, ItemForm, MomentForm
from web.success.mailing_shown import mailing_context

SHOWN = 50
_OPEN = (MailingState.DRAFT, MailingState.HELD)


@success_page
def insights(request: StaffRequest) -> HttpResponse:
    """List the insights, drafts among them."""
    context = {"rows": list(mailings()[:SHOWN]), "writes": may_mail(request.actor)}
    return render_page(request, "success/insights.html", context)


@success_page
def insight(request: StaffRequest, mailing_id: int) -> HttpResponse:
    """Show one insight: its items as they read, whom it reaches, and how far it is."""
    found = mailing_for(request.actor, mailing_id=mailing_id)
    context = {
        "one": found,
        "items": list(found.items.all()),
        "writes": may_mail(request.actor) and found.state in _OPEN,
        "recalls": may_mail(request.actor) and found.state == MailingState.SCHEDULED,
        "progress_address": reverse("success:insight", kwargs={"mailing_id": found.pk}),
        **mailing_context(request, found),
    }
    return render_page(request, "success/insight.html", context, part="progress")


@success_page
def new_insight(request: StaffRequest) -> HttpResponse:
    """Begin an insight."""
    made: list[Mailing] = []
    words = Words(
        title="Write an insight",
        verb="Go on to its items",
        said="Begun. Add what is new.",
        back=reverse("success:insights"),
        where="Insights",
        text="It goes to the contacts of every contract whose plan carries insights, or to those you choose.",
    )
    answer = act_page(
        request,
        InsightForm(typed(request)),
        words=words,
        act=lambda form: made.append(
            write_insight(
                actor=request.actor,
                at=request.at,
                title=form.cleaned_data["title"],
                intro=form.cleaned_data["intro"],
                audience=form.audience(),
            )
        ),
    )
    return go_to(request, _address(made[0])) if made else answer


@success_page
def edit_insight(request: StaffRequest, mailing_id: int) -> HttpResponse:
    """Change title, opening words and readers."""
    found = _open(request, mailing_id)
    stands = {name: getattr(found, name) for name in ("title", "intro", "plans", "products", "roles")}
    return act_page(
        request,
        InsightForm(typed(request), initial=stands),
        words=_words(found, title="Title and readers", verb="Keep it"),
        act=lambda form: change_insight(
            actor=request.actor,
            at=request.at,
            mailing=found,
            title=form.cleaned_data["title"],
            intro=form.cleaned_data["intro"],
            audience=form.audience(),
        ),
    )


@success_page
def new_item(request: StaffRequest, mailing_id: int) -> HttpResponse:
    """Add a piece."""
    found = _open(request, mailing_id)
    return act_page(
        request,
        ItemForm(typed(request)),
        words=_words(found, title="Add an item", verb="Add it"),
        act=lambda form: add_item(actor=request.actor, at=request.at, mailing=found, words=form.words()),
    )


@success_page
def edit_item(request: StaffRequest, mailing_id: int, item_id: int) -> HttpResponse:
    """Change a piece."""
    found = _open(request, mailing_id)
    item = _item(found, item_id)
    stands = {name: getattr(item, name) for name in ("topic", "product", "title", "body", "link")}
    return act_page(
        request,
        ItemForm(typed(request), initial=stands),
        words=_words(found, title="Change the item", verb="Keep it"),
        act=lambda form: change_item(actor=request.actor, at=request.at, item=item, words=form.words()),
    )


@success_page
def drop_item(request: StaffRequest, mailing_id: int, item_id: int) -> HttpResponse:
    """Take a piece out."""
    posted(request)
    found = _open(request, mailing_id)
    remove_item(actor=request.actor, at=request.at, item=_item(found, item_id))
    return done(request, "Taken out.", _address(found))


@success_page
def test_insight(request: StaffRequest, mailing_id: int) -> HttpResponse:
    """Send it to oneself."""
    said = f"On its way to {request.user.email}, and to nobody else."
    return _act(request, mailing_id, act=send_test, said=said)


@success_page
def send_insight(request: StaffRequest, mailing_id: int) -> HttpResponse:
    """Send it now."""
    return _act(request, mailing_id, act=send_mailing_now, said="It goes out now; you may leave this page.")


@success_page
def recall_insight(request: StaffRequest, mailing_id: int) -> HttpResponse:
    """Make it a draft again."""
    return _act(request, mailing_id, act=call_mailing_back, said="Called back: a draft again.")


@success_page
def schedule_insight(request: StaffRequest, mailing_id: int) -> HttpResponse:
    """Let it go out at a moment."""
    found = _open(request, mailing_id)
    return act_page(
        request,
        MomentForm(typed(request), zone=request.zone),
        words=_words(found, title="When it goes out", verb="Schedule it"),
        act=lambda form: schedule_mailing(
            actor=request.actor, at=request.at, mailing=found, send_at=form.cleaned_data["send_at"]
        ),
    )


def _act(request: StaffRequest, mailing_id: int, *, act: Callable[..., object], said: str) -> HttpResponse:
    posted(request)
    found = mailing_for(request.actor, mailing_id=mailing_id)
    act(actor=request.actor, at=request.at, mailing=found)
    return done(request, said, _address(found))


def _open(request: StaffRequest, mailing_id: int) -> Mailing:
    """An insight whose words may still change, for somebody who writes."""
    found = mailing_for(request.actor, mailing_id=mailing_id)
    if not may_mail(request.actor):
        raise NotHere
    if found.state not in _OPEN:
        raise Conflict(f"This is {found.get_state_display().lower()}, and its words are settled.")
    return found


def _item(found: Mailing, item_id: int) -> MailingItem:
    item = found.items.filter(pk=item_id).first()
    if item is None:
        raise NotHere
    return item


def _address(found: Mailing) -> str:
    return reverse("success:insight", kwargs={"mailing_id": found.pk})


def _words(found: Mailing, *, title: str, verb: str) -> Words:
    return Words(title=title, verb=verb, said="Kept.", back=_address(found), where=found.title)
