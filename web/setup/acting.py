"""One act of setting up: a form on a page of its own, or a button; afterwards back to where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict

from events.domain.errors import NotHere
from web.fragments import go_to, render_page
from web.refusals import refusals_in
from web.requests import StaffRequest

AnyForm = TypeVar("AnyForm", bound=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an act is called, its verb, what is said when it is done, and where one goes back to.

    `where` names the thing it belongs to (the crumb above the title); `text` says what the act does.
    """

    title: str
    verb: str
    said: str
    back: str
    where: str
    text: str = ""
    is_danger: bool = False


def posted(request: StaffRequest) -> QueryDict:
    """What was sent; an address that only acts has nothing to show on a plain visit."""
    if request.method != "POST":
        raise NotHere
    return request.POST


def typed(request: StaffRequest) -> QueryDict | None:
    """What was sent, or None on a plain visit."""
    return request.POST if request.method == "POST" else None


def done(request: StaffRequest, said: str, back: str) -> HttpResponse:
    """Say what was done, on the page where it belongs."""
    messages.success(request, said)
    return go_to(request, back)


def act_page(
    request: StaffRequest,
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
            return done(request, words.said, words.back)
    context = {"form": form, "words": words, **(extra or {})}
    return render_page(request, "setup/act.html", context, status=422 if form.errors else 200)
