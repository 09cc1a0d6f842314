"""One act on one ticket: a small form on a page of its own, which HTMX opens on the ticket's page instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from events.domain.errors import NotHere
from tickets.models import Ticket
from tickets.queries import ticket_for
from web.fragments import go_to, render_page
from web.kept import typed_before
from web.refusals import refusals_in
from web.requests import StaffRequest

AnyForm = TypeVar("AnyForm", bound=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an act is called: its question, its verb, what it does, and what is said when it is done."""

    title: str
    verb: str
    said: str
    text: str = ""
    is_danger: bool = False
    place: str = ""


def own_ticket(request: StaffRequest, key: str) -> Ticket:
    """The ticket of that number, if the reader sees its client; else `NotHere`."""
    return ticket_for(request.actor, key=key)


def typed(request: StaffRequest) -> QueryDict | None:
    """What was sent, or None on a plain visit."""
    return request.POST if request.method == "POST" else None


def posted(request: StaffRequest) -> QueryDict:
    """What was sent; a page that only acts has nothing to show on a plain visit."""
    if request.method != "POST":
        raise NotHere
    return request.POST


def act_page(
    request: StaffRequest,
    ticket: Ticket,
    form: AnyForm,
    *,
    words: Words,
    act: Callable[[AnyForm], object],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form of an act, and act when it is sent; a refusal comes back with what was typed."""
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            act(form)
            return back_to(request, ticket, words.said, place=words.place)
    if not form.is_bound:
        form.initial = {**form.initial, **typed_before(request, request.path)}
    _begin_in(form)
    context = {"ticket": ticket, "form": form, "words": words, **(extra or {})}
    return render_page(request, "desk/act.html", context, part="act", status=422 if form.errors else 200)


def _begin_in(form: Form) -> None:
    """Put the cursor into the first field, also where the form was fetched into a page."""
    if not form.errors and (fields := form.visible_fields()):
        fields[0].field.widget.attrs["autofocus"] = True


def back_to(request: StaffRequest, ticket: Ticket, said: str, *, place: str = "") -> HttpResponse:
    """Go to the ticket's page, with what was done said there."""
    messages.success(request, said)
    return go_to(request, address_of(ticket, place))


def address_of(ticket: Ticket, place: str = "") -> str:
    """Where a ticket is on the desk, or a place on its page."""
    address = reverse("desk:ticket", kwargs={"key": ticket.key})
    return f"{address}#{place}" if place else address
