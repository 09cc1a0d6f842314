"""The reader's own settings: who they are, where they are, how they hear of things, and which keys work."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from accounts.services import set_absence
from web.desk.acting import posted
from web.desk.forms.profile import AwayForm
from web.desk.frame import KEYS_COOKIE
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.personal.feeds import changed_feed, feed_context
from web.personal.profile import profile_forms, save_profile
from web.requests import StaffRequest

_YEAR_SECONDS = 365 * 86400


@staff_page
def profile(request: StaffRequest) -> HttpResponse:
    """Show the settings, and save name, phone and zone, or the choice of mails."""
    about, mails = profile_forms(request)
    if request.method == "POST" and save_profile(request, about, mails):
        return _back(request, "Saved.")
    return _show(request)


@staff_page
def away(request: StaffRequest) -> HttpResponse:
    """Say until when one is away."""
    form = _away_form(request, posted(request))
    if not form.is_valid():
        return _show(request, form)
    until = form.cleaned_data["until"]
    set_absence(actor=request.actor, at=request.at, person=request.user, until=until)
    return _back(request, "You are marked as away." if until else "You are here.")


@staff_page
def keys(request: StaffRequest) -> HttpResponse:
    """Turn single-key shortcuts off or on, for this browser."""
    is_off = posted(request).get("keys") == "off"
    said = "Single-key shortcuts are off." if is_off else "Single-key shortcuts are on."
    answer = _back(request, said)
    answer.set_cookie(
        KEYS_COOKIE,
        "off" if is_off else "on",
        max_age=_YEAR_SECONDS,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return answer


@staff_page
def calendar_feed(request: StaffRequest) -> HttpResponse:
    """Make or revoke one's calendar address."""
    return changed_feed(request, None, back=reverse("desk:profile"))


def _away_form(request: StaffRequest, data: QueryDict | None = None) -> AwayForm:
    form = AwayForm(data, initial={"until": _still_away(request)})
    form.fields["until"].zone = request.zone  # type: ignore[attr-defined]
    return form


def _still_away(request: StaffRequest) -> datetime | None:
    until = request.user.away_until
    return until if until is not None and until > request.at else None


def _show(request: StaffRequest, away_form: AwayForm | None = None) -> HttpResponse:
    about, mails = profile_forms(request)
    forms = {"about": about, "mails": mails, "away_form": away_form or _away_form(request)}
    has_errors = any(form.errors for form in forms.values())
    context = {
        **forms,
        "keys_are_off": request.COOKIES.get(KEYS_COOKIE) == "off",
        "has_errors": has_errors,
        **feed_context(request, None),
    }
    return render_page(request, "desk/profile.html", context, status=422 if has_errors else 200)


def _back(request: StaffRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return go_to(request, reverse("desk:profile"))
